import { INTEGRITY_RULES, type IntegrityRules } from '#server/contract/integrity.ts'
import { type ExcessMass, excessInterval, excessMass } from '#server/stats/excess-mass.ts'
import { heaping } from '#server/stats/heaping.ts'
import { type Burst, burstsIn } from '#server/stats/mass-closing.ts'
import { normalCdf } from '#server/stats/normal.ts'
import { chanceFrom } from '#server/stats/random.ts'
import { type Account, BINS, type crowdsOf, type termsOf } from './integrity-questions.ts'

import { enough, few, sum, type Tested } from './integrity-tests.ts'

export interface Terms {
  /** Closings by twentieths of the term. */
  own: number[]
  /** Those of the others in the same strata, as many. */
  others: number[]
  mass: ExcessMass | null
  /** Excess of the others; null where theirs is unknown. */
  ordinary: number | null
  lower: number | null
}

/** Excess before the due time, beyond what the others show in the same strata: working days make one everywhere. */
export function testTerms(
  rows: Awaited<ReturnType<typeof termsOf>>,
  rules: IntegrityRules = INTEGRITY_RULES,
): {
  tested: Tested[]
  terms: Map<number, Terms>
} {
  const strata = new Map<number, number[]>()
  const units = new Map<number, Map<number, number[]>>()
  for (const { unit, stratum, bin, n } of rows) {
    const city = strata.get(stratum) ?? Array<number>(BINS).fill(0)
    city[bin] = (city[bin] ?? 0) + n
    strata.set(stratum, city)
    const own = units.get(unit) ?? new Map<number, number[]>()
    const bins = own.get(stratum) ?? Array<number>(BINS).fill(0)
    bins[bin] = (bins[bin] ?? 0) + n
    units.set(unit, own.set(stratum, bins))
  }
  units.delete(0)
  const terms = new Map<number, Terms>()
  const tested = Array.from(units, ([unit, byStratum]): Tested => {
    const own = Array<number>(BINS).fill(0)
    const others = Array<number>(BINS).fill(0)
    for (const [stratum, bins] of byStratum) {
      const city = strata.get(stratum) ?? []
      const rest = city.map((count, bin) => count - (bins[bin] ?? 0))
      const [mine, theirs] = [sum(bins), sum(rest)]
      for (const bin of own.keys()) {
        own[bin] = (own[bin] ?? 0) + (bins[bin] ?? 0)
        if (theirs > 0) others[bin] = (others[bin] ?? 0) + (mine * (rest[bin] ?? 0)) / theirs
      }
    }
    const mass = excessMass(own)
    const ordinary = excessMass(others)?.b ?? null
    const beyond = Math.max(0, ordinary ?? 0)
    // The bootstrap costs; where there is nothing unusual its bounds decide nothing.
    const bounds =
      mass && mass.b > Math.max(rules.mass, beyond)
        ? excessInterval(own, mass, chanceFrom(unit))
        : null
    const lower = bounds?.lower ?? null
    terms.set(unit, { own, others, mass, ordinary, lower })
    const before = BINS / 2
    const observed = (own[before - 1] ?? 0) + (own[before - 2] ?? 0)
    const expected = mass ? (mass.curve[before - 1] ?? 0) + (mass.curve[before - 2] ?? 0) : null
    const compared = mass && ordinary !== null && enough(observed, expected ?? 0, rules)
    return {
      ...{ indicator: 'excessMass', unit, n: sum(own), observed, expected },
      ...{ effect: mass?.b ?? null, lower },
      p: compared ? (bounds ? normalCdf(-(mass.b - beyond) / bounds.error) : 1) : null,
      thin: few(sum(own), observed, rules) || mass === null || ordinary === null,
      large:
        observed >= rules.leastEvents &&
        (mass?.b ?? 0) > rules.mass &&
        lower !== null &&
        lower > beyond,
    }
  })
  return { tested, terms }
}

export interface Heap {
  /** Closings by minute of the hour. */
  own: number[]
  /** Shares of the others. */
  others: number[]
  /** Minutes of the hour in which they heap. */
  minutes: number[]
}

/** Last digits of the minute, and full hours, against those of the others. */
export function testMinutes(
  units: ReadonlyMap<number, readonly number[]>,
  rules: IntegrityRules = INTEGRITY_RULES,
): {
  tested: Tested[]
  heaps: Map<number, Heap>
} {
  const city = Array<number>(60).fill(0)
  for (const minutes of units.values())
    for (const [minute, n] of minutes.entries()) city[minute] = (city[minute] ?? 0) + n
  const heaps = new Map<number, Heap>()
  const tested = Array.from(units)
    .filter(([unit]) => unit !== 0)
    .map(([unit, own]): Tested => {
      // Half a closing in every minute: what nobody else did is not impossible.
      const rest = city.map((n, minute) => n - (own[minute] ?? 0) + 0.5)
      const all = sum(rest)
      const others = rest.map((n) => n / all)
      const n = sum(own)
      const ways = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) =>
        minutesWhere((minute) => minute % 10 === digit),
      )
      const digits = { minutes: ways, ...heapOf(own, others, ways) }
      const hour = [[0], minutesWhere((minute) => minute > 0)]
      const hours = { minutes: hour, ...heapOf(own, others, hour) }
      const large = ({ p, v }: { p: number; v: number }) => p < rules.heap.p && v > rules.heap.v
      const told = large(hours) && hours.p <= digits.p ? hours : digits
      const fullest = told.minutes.reduce((a, b) =>
        excessIn(b, own, others) > excessIn(a, own, others) ? b : a,
      )
      heaps.set(unit, { own: [...own], others, minutes: fullest })
      const observed = sum(fullest.map((minute) => own[minute] ?? 0))
      return {
        ...{ indicator: 'heaping', unit, n },
        observed,
        expected: n * sum(fullest.map((minute) => others[minute] ?? 0)),
        ...{ effect: told.v, lower: null },
        // Two looks at the same closings.
        p: n >= rules.leastEvents ? Math.min(1, 2 * Math.min(digits.p, hours.p)) : null,
        thin: few(n, observed, rules),
        large: observed >= rules.leastEvents && large(told),
      }
    })
  return { tested, heaps }
}

const minutesWhere = (test: (minute: number) => boolean) =>
  Array.from({ length: 60 }, (_, minute) => minute).filter(test)
const heapOf = (own: readonly number[], others: readonly number[], ways: readonly number[][]) =>
  heaping(
    ways.map((minutes) => sum(minutes.map((minute) => own[minute] ?? 0))),
    ways.map((minutes) => sum(minutes.map((minute) => others[minute] ?? 0))),
  )
const excessIn = (minutes: readonly number[], own: readonly number[], others: readonly number[]) =>
  sum(minutes.map((minute) => (own[minute] ?? 0) - sum(own) * (others[minute] ?? 0)))

const MINUTES_OF_HOUR = 60

/**
 * Minutes, and tens of minutes, in which one account closed more than its own days explain, were they as full at that hour
 * as the others' are: mornings are busy everywhere.
 */
export function testBursts(
  accounts: readonly Account[],
  crowds: Awaited<ReturnType<typeof crowdsOf>>,
  hours: ReadonlyMap<number, readonly number[]>,
  rules: IntegrityRules = INTEGRITY_RULES,
): { tested: Tested[]; bursts: Map<number, Burst[]> } {
  const pace = new Map<string, number>()
  const units = new Map<number, number>()
  for (const { unit, account, closings, days } of accounts) {
    pace.set(`${unit} ${account}`, closings / Math.max(1, days))
    if (unit !== 0) units.set(unit, (units.get(unit) ?? 0) + closings)
  }
  const city = Array<number>(24).fill(0)
  for (const own of hours.values())
    for (const [hour, n] of own.entries()) city[hour] = (city[hour] ?? 0) + n
  const bursts = new Map<number, Burst[]>()
  const tested = Array.from(units, ([unit, n]): Tested => {
    const own = crowds.filter((crowd) => crowd.unit === unit)
    const rest = city.map((n, hour) => n - (hours.get(unit)?.[hour] ?? 0) + 1)
    const all = sum(rest)
    const perMinute = ({ account, hour }: { account: number; hour: number }) =>
      ((pace.get(`${unit} ${account}`) ?? 0) * (rest[hour] ?? 0)) / all / MINUTES_OF_HOUR
    const found = apart(burstsIn(own, perMinute, rules.burst))
    if (found.length > 0) bursts.set(unit, found)
    const observed = sum(found.map(({ closings }) => closings))
    const rarest = found.reduce((least, { p }) => Math.min(least, p), 1)
    return {
      ...{ indicator: 'massClosing', unit, n, observed, expected: null },
      ...{ effect: found[0]?.closings ?? null, lower: null },
      // As many looks as there are crowds.
      p: n >= rules.leastEvents ? Math.min(1, rarest * Math.max(1, own.length)) : null,
      thin: few(n, observed, rules),
      large: observed >= rules.leastEvents && observed >= rules.burst.leastShare * n,
    }
  })
  return { tested, bursts }
}

/** The largest first; a minute within ten that are a burst of the same account is told as those ten, unless it is all of them. */
function apart<B extends Burst>(bursts: readonly B[]): B[] {
  const taken = new Set<string>()
  const times = ({ account, start, minutes }: Burst) =>
    Array.from({ length: minutes }, (_, i) => `${account} ${start + i}`)
  return bursts
    .toSorted((a, b) => b.closings - a.closings || a.minutes - b.minutes || a.start - b.start)
    .filter((burst) => {
      const own = times(burst)
      if (own.some((time) => taken.has(time))) return false
      for (const time of own) taken.add(time)
      return true
    })
}
