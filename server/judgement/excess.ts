/** What happened against what the city's average would have had. */
export interface Excess {
  n: number
  observed: number
  expected: number
  variance: number
}
export const nothing = (): Excess => ({ n: 0, observed: 0, expected: 0, variance: 0 })

export function add(sum: Excess, n: number, events: number, rate: number): void {
  sum.n += n
  sum.observed += events
  sum.expected += n * rate
  sum.variance += n * rate * (1 - rate)
}

export const excess = ({ observed, expected }: Excess) => observed - expected
