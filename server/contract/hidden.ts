/** Characters that are not seen and change how others are: controls, breaks of lines, marks of direction. */
export const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u
const EACH = new RegExp(`${HIDDEN.source}+`, 'gu')

/** In one line, and read as it is written. */
export const inOneLine = (text: string): string => text.replaceAll(EACH, ' ').trim()
