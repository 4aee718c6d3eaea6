import { insert } from './back-test.ts'
import { quantile } from './overdispersion.ts'
import type { Chance } from './random.ts'

const WEEK = 7
const PATHS = 400
/** Days that are looked ahead, and days of them that are drawn. */
const HORIZON = 182
export const DRAWN_DAYS = 56
/** Less than this share of the paths, or more than the rest, is not worth a word. */
const FEW = 0.1

export type Range = { value: number; lower: number; upper: number }

export interface QueueInput {
  open: number
  /** So many open requests are no queue: as many as come in a day. */
  enough: number
  /** Expected until midnight: what comes and what is closed. */
  tonight: { inflow: number; closings: number }
  /** Expected of each day from tomorrow on, whole weeks; the last week repeats itself. */
  inflow: readonly number[]
  /** What came over what was told, of the past: how far the level of the forecast may be from the truth. */
  ratios: readonly number[]
  /** Effective closings of past weeks, seven days each, beginning with the weekday of tomorrow. */
  weeks: readonly (readonly number[])[]
  chance: Chance
}

export interface Clearing {
  /** `none`: no more is open than enough; `clears`: in at least nine of ten cases within half a year, `maybe`: in some, `never`: in fewer than one of ten. */
  outcome: 'none' | 'clears' | 'maybe' | 'never'
  /** Days from today in which it clears: in one of ten cases sooner, in one of ten later; null = not within half a year. */
  sooner: number | null
  later: number | null
  /** Of the cases, how many clear within half a year. */
  share: number
  /** A day, over the weeks ahead; eight in ten. */
  inflow: Range
  closings: Range
  net: Range
  /** Open at the end of each day from today on; eight in ten. */
  path: Range[]
}

/**
 * When a queue clears, by 400 courses of it. Each takes the forecast inflow at a level drawn from its past errors and closings as the
 * mean of eight weeks drawn with replacement from those known (block bootstrap by weeks, Künsch 1989), and is followed for half a
 * year. Throws a RangeError without a week of closings or of inflow.
 */
export function clearing(input: QueueInput): Clearing {
  const { open, enough, tonight, inflow, ratios, weeks, chance } = input
  if (weeks.length === 0 || inflow.length < WEEK)
    throw new RangeError('a queue needs a week of closings and a week of inflow')
  const pick = <T>(values: readonly T[]) => values[Math.floor(chance() * values.length)]
  const ends: number[][] = Array.from({ length: DRAWN_DAYS }, () => [])
  const rates = { inflow: [] as number[], closings: [] as number[], net: [] as number[] }
  const cleared: number[] = []
  for (let path = 0; path < PATHS; path++) {
    const level = (ratios.length > 0 ? pick(ratios) : 1) ?? 1
    const week = meanWeek(weeks.map(() => pick(weeks) ?? []))
    let standing = Math.max(0, open + tonight.inflow * level - tonight.closings)
    let day = 0
    let clearedOn = standing <= enough ? 0 : null
    ends[0]?.push(standing)
    while (++day < HORIZON && (clearedOn === null || day < DRAWN_DAYS)) {
      standing += dayOf(inflow, day - 1) * level - (week[(day - 1) % WEEK] ?? 0)
      standing = Math.max(0, standing)
      ends[day]?.push(standing)
      if (clearedOn === null && standing <= enough) clearedOn = day
    }
    if (clearedOn !== null) insert(cleared, clearedOn)
    const comes = meanOf(inflow) * level
    rates.inflow.push(comes)
    rates.closings.push(meanOf(week))
    rates.net.push(meanOf(week) - comes)
  }
  const share = cleared.length / PATHS
  /** Of all courses, those that never clear last. */
  const after = (part: number) => cleared[Math.ceil(part * PATHS) - 1] ?? null
  const expected = { inflow: meanOf(inflow), closings: meanOf(meanWeek(weeks)) }
  return {
    outcome:
      open <= enough ? 'none' : share >= 1 - FEW ? 'clears' : share < FEW ? 'never' : 'maybe',
    ...{ sooner: after(FEW), later: after(1 - FEW), share },
    inflow: { ...rangeOf(rates.inflow), value: expected.inflow },
    closings: { ...rangeOf(rates.closings), value: expected.closings },
    net: { ...rangeOf(rates.net), value: expected.closings - expected.inflow },
    path: ends.map(rangeOf),
  }
}

/** Beyond what was told the last week repeats itself. */
function dayOf(inflow: readonly number[], day: number): number {
  const known = inflow[day]
  if (known !== undefined) return known
  const lastWeek = inflow.length - WEEK
  return inflow[lastWeek + ((day - lastWeek) % WEEK)] ?? 0
}

const meanWeek = (weeks: readonly (readonly number[])[]) =>
  Array.from({ length: WEEK }, (_, day) => meanOf(weeks.map((week) => week[day] ?? 0)))
const meanOf = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
const rangeOf = (values: readonly number[]): Range => ({
  value: quantile(values, 0.5),
  lower: quantile(values, 0.1),
  upper: quantile(values, 0.9),
})
