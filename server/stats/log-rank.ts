import { gammaUpper } from './gamma.ts'

/** Requests observed at a time by one of the groups compared; rows of the same place add up. `n` counts all, `events` those that ended. */
export interface GroupTally {
  /** 0 or 1. */
  group: 0 | 1
  stratum?: number | string
  time: number
  events: number
  n: number
}

export interface LogRank {
  observed: [first: number, second: number]
  expected: [first: number, second: number]
  variance: number
  /** One degree of freedom; 0 where nothing tells the groups apart. */
  chiSquare: number
  p: number
}

/**
 * Log-rank test of two groups, stratified where strata are given (Mantel 1966; R survdiff, rho = 0). At one time events
 * precede censorings. A group of nobody, or no events: p = 1.
 */
export function logRank(tallies: Iterable<GroupTally>): LogRank {
  const strata = new Map<number | string, GroupTally[]>()
  for (const tally of tallies) {
    const key = tally.stratum ?? ''
    const rows = strata.get(key)
    if (rows) rows.push(tally)
    else strata.set(key, [tally])
  }
  const observed: [number, number] = [0, 0]
  const expected: [number, number] = [0, 0]
  let variance = 0
  for (const rows of strata.values()) {
    rows.sort((a, b) => a.time - b.time)
    const atRisk: [number, number] = [0, 0]
    for (const { group, n } of rows) atRisk[group] += n
    for (let i = 0; i < rows.length; ) {
      const time = rows[i]?.time
      if (time === undefined || Number.isNaN(time))
        throw new RangeError('an observed time is not a number')
      const ended: [number, number] = [0, 0]
      const left: [number, number] = [0, 0]
      for (let row = rows[i]; row?.time === time; row = rows[++i]) {
        ended[row.group] += row.events
        left[row.group] += row.n
      }
      const n = atRisk[0] + atRisk[1]
      const d = ended[0] + ended[1]
      for (const group of [0, 1] as const) {
        observed[group] += ended[group]
        if (d > 0) expected[group] += (d * atRisk[group]) / n
      }
      if (n > 1) variance += (d * atRisk[0] * atRisk[1] * (n - d)) / (n * n * (n - 1))
      atRisk[0] -= left[0]
      atRisk[1] -= left[1]
    }
  }
  const chiSquare = variance > 0 ? (observed[0] - expected[0]) ** 2 / variance : 0
  return { observed, expected, variance, chiSquare, p: gammaUpper(0.5, chiSquare / 2) }
}
