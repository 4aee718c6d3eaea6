import type { Answer } from '#web/api.ts'

/** A building as its page receives it. */
export type Card = Answer['buildings']['one']
export type Line = Card['open'][number]
