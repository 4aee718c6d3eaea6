import type { Character } from '../registry/companies.ts'

/** A probability whose odds are multiplied. */
export const withOdds = (probability: number, odds: number) =>
  (probability * odds) / (1 - probability + probability * odds)

/** What a busy week does to the time of an ordinary work: half as much again for twice the requests. */
export const timesUnder = ({ times }: Character, load: number) => times * (0.45 + 0.55 * load)
