/** Fewer days than this say nothing about what is usual. */
export const MIN_HISTORY = 8

export type Band = [low: number, high: number]

/** Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, the default of R). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const below = sorted[Math.floor(at)] ?? 0
  return below + ((sorted[Math.ceil(at)] ?? below) - below) * (at - Math.floor(at))
}

/** Eight in ten of the values; null where there are too few to say. */
export const usualBand = (values: readonly number[]): Band | null =>
  values.length < MIN_HISTORY ? null : [quantile(values, 0.1), quantile(values, 0.9)]

export const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1)
export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

export interface Rest {
  /** How many times as much as usual is expected for the rest of the day. */
  factor: number
  rest: number
  /** Standard deviation of the rest. */
  deviation: number
}

/**
 * The rest of a day from its beginning. Days differ by a factor of their own with mean 1 and the variance that past days show
 * beyond Poisson; given what has come, its gamma posterior is as sure as the history allows, and the rest is negative binomial
 * with the usual rest as its mean.
 */
export function forecastRest(
  so: { far: number; usual: number },
  usualRest: number,
  totals: readonly number[],
): Rest {
  const average = mean(totals)
  const variance =
    mean(totals.map((total) => (total - average) ** 2)) * (totals.length / (totals.length - 1 || 1))
  const between = average > 0 ? Math.max(1e-4, (variance - average) / average ** 2) : 1e-4
  const sureness = 1 / between
  const factor = (sureness + so.far) / (sureness + so.usual)
  const rest = factor * usualRest
  return { factor, rest, deviation: Math.sqrt(rest + rest ** 2 / (sureness + so.far)) }
}
