import { gammaUpper } from './gamma.ts'

export interface Heaping {
  n: number
  chisq: number
  df: number
  /** Chance of so uneven counts where `shares` are ordinary. */
  p: number
  /** Cramér's V of the counts against the shares: 0 = as expected, 1 = all in one cell of many. */
  v: number
}

/**
 * Whether counts of minutes heap where others do not: Pearson's chi-square against given shares (R chisq.test with p) and
 * Cramér's V = √(χ² / (n df)). `shares` are positive, of as many cells, and are scaled to sum to 1. Of nothing: p = 1, V = 0.
 */
export function heaping(counts: readonly number[], shares: readonly number[]): Heaping {
  const n = counts.reduce((sum, count) => sum + count, 0)
  const all = shares.reduce((sum, share) => sum + share, 0)
  const df = counts.length - 1
  if (n === 0) return { n, chisq: 0, df, p: 1, v: 0 }
  const chisq = counts.reduce((sum, count, i) => {
    const expected = (n * (shares[i] ?? 0)) / all
    return sum + (count - expected) ** 2 / expected
  }, 0)
  return { n, chisq, df, p: gammaUpper(df / 2, chisq / 2), v: Math.sqrt(chisq / (n * df)) }
}
