/** Room above the plot, in px. */
export const TOP = 22
/** Foot of the caption and the value of a bar under it. */
export const CAPTION = 37
/** Px of a letter, at least. */
export const LETTER = 6.8

/** A hairline stands on half a px. */
export const crisp = (value: number) => Math.round(value) + 0.5
