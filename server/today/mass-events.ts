import { quantile, sum } from './usual.ts'

/** So many deviations above the middle a count is no longer ordinary. */
const FENCE = 3
/** Of a normal distribution: deviation over median absolute deviation. */
const MAD = 1.4826

/**
 * What ordinary days do not exceed: median and three deviations, these by the median absolute deviation (Hampel 1974), but no less
 * than chance alone gives a count. A few mass events among the values do not move it.
 */
export function upperFence(values: readonly number[]): number {
  const middle = quantile(values, 0.5)
  const spread =
    MAD *
    quantile(
      values.map((value) => Math.abs(value - middle)),
      0.5,
    )
  return middle + FENCE * Math.max(spread, Math.sqrt(Math.max(middle, 1)))
}

/** A day of a mass event (an outage, a storm) counts with as much as is not extraordinary, spread over its hours as they were. */
export function ordinary(days: readonly (readonly number[])[]) {
  const fence = upperFence(days.map(sum))
  return (day: readonly number[]): readonly number[] => {
    const total = sum(day)
    return total > fence ? day.map((requests) => (requests * fence) / total) : day
  }
}
