const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Between what a source says and when we heard it, further apart it is not told as it happens. */
const LIVE_MS = 26 * HOUR
const FEWEST = 20
/** Clocks of different machines differ so much without harm. */
const AGREE_MS = MINUTE

/** One live event: recorded - occurred, milliseconds; below zero it comes from the future. */
export type Delay = number

export interface ClockJudgement {
  /** `early`: its events come from the future. `behind`: all of them are late by the same time. */
  is: 'right' | 'ahead' | 'behind' | 'unknown'
  /** Live events it rests on. */
  n: number
  /** Middle of recorded - occurred, milliseconds; null where there are none. */
  median: number | null
  /** Of the live events those from the future. */
  future: number
}

/**
 * Whether the clock of a source is wrong, from its live events. Ahead: at least half of them come from the future. Behind: not
 * even the quickest twentieth arrives within ten minutes, and the middle half is within ten minutes of each other; a source that is
 * merely slow, or delivers in parcels, is spread.
 */
export function judgeClock(delays: readonly Delay[]): ClockJudgement {
  const live = delays.filter((delay) => Math.abs(delay) <= LIVE_MS).sort((a, b) => a - b)
  const n = live.length
  const at = (share: number) => live[Math.min(n - 1, Math.floor(n * share))] ?? 0
  const future = n === 0 ? 0 : live.filter((delay) => delay < -AGREE_MS).length / n
  const median = n === 0 ? null : at(0.5)
  const is =
    n < FEWEST || median === null
      ? 'unknown'
      : future >= 0.5
        ? 'ahead'
        : at(0.05) >= 10 * MINUTE && at(0.75) - at(0.25) <= 10 * MINUTE
          ? 'behind'
          : 'right'
  return { is, n, median, future }
}
