/** The file, or what was said about it, cannot be imported: says what is wrong, where, and what to do. Nothing was stored. */
export class ImportRefusal extends Error {}
