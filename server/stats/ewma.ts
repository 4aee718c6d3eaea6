export interface EwmaPoint {
  value: number
  /** Standard deviation of the value while only chance is at work. */
  sd: number
}

/** Weight of the newest week. */
export const EWMA_LAMBDA = 0.2
/** The limits of the chart are 3 standard deviations. */
export const EWMA_LIMIT = 3

/**
 * Exponentially weighted moving average of weekly z (Roberts 1959; Lucas and Saccucci 1990): e = (1 − λ) e + λ z from 0, with
 * sd² = λ / (2 − λ) (1 − (1 − λ)^(2t)). A week without a z (null) leaves the value and lets its sd grow as if it were 0.
 */
export function ewma(z: readonly (number | null)[], lambda = EWMA_LAMBDA): EwmaPoint[] {
  let value = 0
  return z.map((week, t) => {
    if (week !== null) value = (1 - lambda) * value + lambda * week
    const sd = Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * (t + 1))))
    return { value, sd }
  })
}
