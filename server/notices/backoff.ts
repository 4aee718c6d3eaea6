import type { Chance } from '#server/stats/random.ts'

/** Attempts in all; after the last a message is a dead letter. */
export const ATTEMPTS = 6
const FIRST_MS = 15_000
const FACTOR = 4
const LONGEST_MS = 3_600_000

/**
 * How long to wait after the given number of failed attempts: 15 s, 1 min, 4 min, 16 min, 64 min → 1 h, each between a half and three
 * halves of it by chance, so that those who failed together do not come back together. A receiver that said when to come again is
 * believed, up to an hour.
 */
export function waitAfter(failed: number, chance: Chance, askedMs: number | null): number {
  const usual = Math.min(LONGEST_MS, FIRST_MS * FACTOR ** (failed - 1)) * (0.5 + chance())
  return Math.min(LONGEST_MS * 1.5, Math.max(usual, Math.min(askedMs ?? 0, LONGEST_MS)))
}
