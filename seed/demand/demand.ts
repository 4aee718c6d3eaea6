import type { Place } from '../place/place.ts'
import { createRandom, mix, type Random } from '../random.ts'
import { holderAt, type Tenures } from '../registry/tenures.ts'
import type { Arrival, Call } from './arrival.ts'
import { TROUBLES } from './categories.ts'
import { type DayPlan, drawDay, LONGEST_REPEAT, type Sketched } from './day.ts'
import { createExposures } from './exposure.ts'
import { MENDED_DAYS, mended, spotsOf } from './mended.ts'
import { createUsual } from './usual.ts'
import { dayFactor, seasonal, temperature } from './weather.ts'

export interface Demand {
  /** All requests that arrive on a local day, in the order of arrival. Days may be asked for in any order. */
  arrivals(day: number): readonly Arrival[]
  /** How busy a company is: requests of the last seven days over what is usual for it. */
  load(company: number, day: number): number
}

export interface DemandOptions {
  seed: number
  place: Place
  tenures: Tenures
  companies: number
  firstDay: number
  /** Days over which `requests` come. */
  days: number
  requests: number
  /** Number of the first request. */
  firstNumber: number
  /** Calls of a day that a story plants, beside those of every day. The same for the same day, always. */
  calls: (day: number) => readonly Call[]
  /** Position of the company whose residents call anew rather than have a request opened again; -1 = none. */
  hider: number
  /** Of a company at an instant, the factor of the odds that its work is rejected. */
  returns: (company: number, at: number) => number
}

const DUPLICATES = 0.02
/** Share of requests that tell of a fault for the second time, days after it was called mended. */
const REPEATS = 0.008
const WINDOW = 7
const REMEMBERED = 10

export function createDemand(options: DemandOptions): Demand {
  const { seed, place, tenures, companies, firstDay, days, requests, firstNumber, calls } = options
  const exposures = createExposures(place, seed)
  const rawRates = (day: number) => {
    const degrees = temperature(seed, day)
    const factor = dayFactor(seed, day)
    return TROUBLES.map(({ weight, season, priority }) => {
      const uneven = priority === 'emergency' ? 0.5 + factor / 2 : factor
      return weight * seasonal(season, day, degrees) * uneven
    })
  }
  const rates = TROUBLES.map(() => 0)
  for (let day = firstDay; day < firstDay + days; day++)
    for (const [kind, rate] of rawRates(day).entries()) rates[kind] = (rates[kind] as number) + rate
  const total = rates.reduce((sum, rate) => sum + rate, 0)
  const scale = requests / total / (1 + DUPLICATES + REPEATS)
  const usual = createUsual({
    perDay: rates.map((rate) => (rate * requests) / total / days),
    ...{ spreads: exposures, tenures, companies, firstDay },
  })

  const plans = new Map<number, DayPlan>()
  const planOf = (day: number): DayPlan => {
    const known = plans.get(day)
    if (known) return known
    const random = createRandom(mix(seed, 'count', day))
    const ordinary = rawRates(day).map((rate) => random.poisson(rate * scale))
    const sum = ordinary.reduce((sum, count) => sum + count, 0)
    // All counts first, so that a day's numbers are known before its requests are.
    const plan = {
      ordinary,
      duplicates: random.poisson(sum * DUPLICATES),
      repeats: day - firstDay > LONGEST_REPEAT ? random.poisson(sum * REPEATS) : 0,
      calls: calls(day),
    }
    plans.set(day, plan)
    return plan
  }
  const sizeOf = ({ ordinary, duplicates, repeats, calls }: DayPlan) =>
    ordinary.reduce((sum, count) => sum + count, duplicates + repeats + calls.length)
  const numbers: number[] = [firstNumber]
  const numberOf = (day: number): number => {
    for (let known = numbers.length; known <= day - firstDay; known++)
      numbers.push((numbers[known - 1] as number) + sizeOf(planOf(firstDay + known - 1)))
    return numbers[day - firstDay] as number
  }

  const remembered = new Map<number, Arrival[]>()
  function arrivals(day: number): Arrival[] {
    if (day < firstDay) return []
    const known = remembered.get(day)
    if (known) return known
    const drawn = draw(day)
    if (remembered.size >= REMEMBERED) {
      const [oldest] = remembered.keys()
      if (oldest !== undefined) remembered.delete(oldest)
    }
    remembered.set(day, drawn)
    return drawn
  }

  const raw = new Map<number, { drawn: Sketched[]; spots: ReadonlySet<string> }>()
  const rawOf = (day: number) => {
    const known = raw.get(day)
    if (known) return known
    const drawn = drawDay(day, planOf(day), { seed, place, exposures, firstNumber: numberOf(day) })
    const found = { drawn, spots: spotsOf(drawn) }
    raw.delete(day - LONGEST_REPEAT - REMEMBERED - 2 * MENDED_DAYS)
    raw.set(day, found)
    return found
  }
  const before = <T>(day: number, of: (earlier: number) => T): T[] =>
    Array.from({ length: Math.min(MENDED_DAYS, day - firstDay) }, (_, back) => of(day - 1 - back))
  const told = new Map<number, ReadonlySet<string>>()
  /** Spots of a day as it was drawn, and those to which it moved along: whoever looks back must avoid both. */
  const toldOn = (day: number): ReadonlySet<string> => {
    const known = told.get(day)
    if (known) return known
    const { drawn, spots } = rawOf(day)
    const moved = mended(
      drawn,
      before(day, (earlier) => rawOf(earlier).spots),
      { seed, place },
    )
    const found = new Set([...spots, ...spotsOf(moved)])
    told.delete(day - LONGEST_REPEAT - REMEMBERED - MENDED_DAYS)
    told.set(day, found)
    return found
  }
  const sketches = new Map<number, Sketched[]>()
  const sketch = (day: number) => {
    const known = sketches.get(day)
    if (known) return known
    const drawn = mended(rawOf(day).drawn, before(day, toldOn), { seed, place })
    sketches.delete(day - LONGEST_REPEAT - REMEMBERED)
    sketches.set(day, drawn)
    return drawn
  }
  function draw(day: number): Arrival[] {
    const holder = (house: number, at: number) => holderAt(tenures[house] ?? [], at)
    return sketch(day).map((one, nth) => {
      const { back, ...drawn } = one
      const arrival = { ...drawn, nth, company: holder(drawn.house, drawn.at), repeats: null }
      if (back === 0) return arrival
      const random = createRandom(mix(seed, 'repeat', day, nth))
      const earlier = repeatable(
        sketch(day - back),
        random,
        (one) => holder(one.house, one.at) === options.hider,
        ({ house, at }) => options.returns(holder(house, at), at),
      )
      if (!earlier) return arrival
      const { house, trouble, flat, entrance, riser, subject, number: repeats } = earlier
      const company = holder(house, arrival.at)
      return { ...arrival, house, trouble, flat, entrance, riser, subject, repeats, company }
    })
  }

  const byCompany = new Map<number, Float64Array>()
  const companyCounts = (day: number) => {
    const known = byCompany.get(day)
    if (known) return known
    const sums = new Float64Array(companies)
    for (const { company } of arrivals(day)) sums[company] = (sums[company] as number) + 1
    byCompany.set(day, sums)
    return sums
  }
  return {
    arrivals,
    load(company, day) {
      let recent = 0
      for (let back = 1; back <= WINDOW; back++)
        recent += companyCounts(Math.max(firstDay, day - back))[company] as number
      byCompany.delete(day - WINDOW - 2)
      const expected = WINDOW * usual(company, day)
      return Math.max(0.6, Math.min(2.5, (recent + 12) / (expected + 12)))
    },
  }
}

/** One of an earlier day that may have been mended badly; of the hider's, if any is found soon. */
function repeatable(
  before: readonly Sketched[],
  random: Random,
  ofHider: (one: Sketched) => boolean,
  returns: (one: Sketched) => number,
): Sketched | undefined {
  const fit = before.filter(
    ({ trouble, back, duplicateOf, mass }) =>
      back === 0 &&
      !duplicateOf &&
      !mass &&
      trouble.kind === 'work_request' &&
      trouble.normHours <= 72,
  )
  const hidden = fit.filter(ofHider)
  if (hidden.length > 0 && random.chance(0.5)) return random.pick(hidden)
  if (fit.length === 0) return undefined
  // Whose work is rejected more often is also called to again more often.
  for (let tries = 0; tries < TRIES; tries++) {
    const one = random.pick(fit)
    if (random.chance(returns(one) / MOST_RETURNS)) return one
  }
  return random.pick(fit)
}
const TRIES = 12
const MOST_RETURNS = 2
