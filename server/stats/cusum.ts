/** Mature outcomes of a unit in order; a batch of the same expectation (a day of one stratum) counts as its sum. */
export interface Outcome {
  /** Expected share of events of such a request, between 0 and 1. */
  share: number
  events: number
  /** Requests of the batch; absent: one. */
  n?: number
}

export interface Cusum {
  /** The chart after each outcome, before the head start after a signal. */
  path: number[]
  /** Places of outcomes at which it signalled. */
  signals: number[]
  /** Where it stands now, after the head start if it signalled at the last. */
  last: number
}

/**
 * Risk-adjusted CUSUM (Steiner, Cook, Farewell and Treasure 2000): W = y ln R − ln(1 − p + R p), S = max(0, S + W); a signal at
 * S ≥ limit, then S = limit / 2 (fast initial response). `oddsRatio` R > 1 looks for more events, below 1 for fewer. Shares
 * of 0 or 1 tell nothing and move nothing.
 */
export function cusum(outcomes: Iterable<Outcome>, limit: number, oddsRatio = 2): Cusum {
  return chartOf(
    Array.from(outcomes, (outcome) => weightOf(outcome, oddsRatio)),
    limit,
  )
}

function weightOf({ share, events, n = 1 }: Outcome, oddsRatio: number): number {
  if (share <= 0 || share >= 1) return 0
  return events * Math.log(oddsRatio) - n * Math.log1p(share * (oddsRatio - 1))
}

/** The chart of what each outcome, or batch of them, moves. */
export function chartOf(weights: ArrayLike<number>, limit: number): Cusum {
  const path: number[] = []
  const signals: number[] = []
  let sum = 0
  for (let i = 0; i < weights.length; i++) {
    sum = Math.max(0, sum + (weights[i] ?? 0))
    path.push(sum)
    if (sum < limit) continue
    signals.push(i)
    sum = limit / 2
  }
  return { path, signals, last: sum }
}

/** By requests a year, ascending. */
export type Limits = readonly (readonly [number, number])[]

/** Limits by requests a year for one false signal in a hundred company-years, as the method states them (section 7). */
export const LIMITS = [
  [300, 5.4],
  [1000, 6.49],
  [3000, 7.35],
  [10_000, 8.14],
] as const
/** Below, no signal would need more than a few events. */
const LEAST = 3

/**
 * Limit of `cusum` for a volume of requests a year, between the stated ones by the logarithm of the volume, beyond them on
 * the same line, and at least 3. The stated limits hold for rare events; where the `share` expected of the unit's requests is
 * given, the limit is raised to what keeps one false signal in a hundred company-years at that share (own simulation of
 * 8,000 years at shares of .05 to .2 and 300 to 3,000 requests: without it 0.8 to 6.3 in a hundred; false signals fall as e^−h).
 */
export function cusumLimit(perYear: number, share?: number, limits: Limits = LIMITS): number {
  const volume = Math.max(1, perYear)
  let [low = LIMITS[0], high = LIMITS[1]] = limits
  for (const [i, next] of limits.entries()) {
    const before = limits[i - 1]
    if (before && (i === 1 || volume > before[0])) [low, high] = [before, next]
  }
  const along = Math.log(volume / low[0]) / Math.log(high[0] / low[0])
  const stated = low[1] + along * (high[1] - low[1])
  const raise =
    share === undefined
      ? 0
      : Math.log(2.67) +
        0.76 * Math.log(Math.max(share, 0.001) / 0.1) +
        0.28 * Math.log(volume / 1000)
  return Math.max(LEAST, stated + Math.max(0, raise))
}
