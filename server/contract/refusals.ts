/** What a text may seem to hold that belongs to a person. */
export const PERSONAL = [
  'email',
  'handle',
  'phone',
  'iin',
  'inn',
  'snils',
  'card',
  'document',
  'doorCode',
] as const
export type Personal = (typeof PERSONAL)[number]

/** What a refusal is about, for a screen to say in the reader's language. */
export type Refused =
  | { why: 'personal'; looksLike: Personal; end: string }
  | { why: 'wait'; seconds: number }

/** In place of what is not shown, before its last two signs. */
export const MASK = '•••'
