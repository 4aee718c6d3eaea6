import { hash } from 'node:crypto'

/** Longest name that an id of an event (128) holds beside the source, the month and the step. */
const LONGEST = 90

/** A flag within the id of an event: itself, or, where it is too long, its SHA-256, for two may begin alike. */
export const withinId = (flag: string): string =>
  flag.length <= LONGEST ? flag : hash('sha256', flag, 'hex')
