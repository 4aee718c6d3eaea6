import { startOf } from '../calendar.ts'
import { holderAt, type Tenures } from '../registry/tenures.ts'
import type { Spread } from './exposure.ts'

const MONTH = 30

/**
 * Requests a day that each company may expect with the houses it has, by month. Counted out and not drawn: a company whose usual
 * was drawn too low would be overloaded, and slow, for as long as the city stands, and nobody would have planted it.
 */
export function createUsual({
  spreads,
  perDay,
  tenures,
  companies,
  firstDay,
}: {
  spreads: readonly Spread[]
  /** Requests of every trouble on a mean day. */
  perDay: readonly number[]
  tenures: Tenures
  companies: number
  firstDay: number
}): (company: number, day: number) => number {
  const byHouse = new Float64Array(tenures.length)
  for (const [kind, { shares }] of spreads.entries())
    for (const [house, share] of shares.entries())
      byHouse[house] = (byHouse[house] as number) + share * (perDay[kind] as number)
  const known = new Map<number, Float64Array>()
  const inMonth = (month: number) => {
    const before = known.get(month)
    if (before) return before
    const at = startOf(firstDay + month * MONTH)
    const sums = new Float64Array(companies)
    for (const [house, own] of tenures.entries()) {
      const company = holderAt(own, at)
      sums[company] = (sums[company] as number) + (byHouse[house] as number)
    }
    known.set(month, sums)
    return sums
  }
  return (company, day) => inMonth(Math.floor((day - firstDay) / MONTH))[company] as number
}
