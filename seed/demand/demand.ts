import type { Channel } from '#server/contract/vocabulary.ts'
import { HOUR, SECOND, startOf } from '../calendar.ts'
import type { Place } from '../place/place.ts'
import { createRandom, mix, type Random } from '../random.ts'
import { holderAt, type Tenures } from '../registry/tenures.ts'
import { TROUBLES, type Trouble } from './categories.ts'
import { createExposures } from './exposure.ts'
import { channelFor, hourFor } from './hours.ts'
import { dayFactor, seasonal, temperature } from './weather.ts'

/** A request on its way in. Everything that becomes of it follows from this, the companies and the seed. */
export interface Arrival {
  number: string
  at: number
  day: number
  /** Position among the arrivals of its day. */
  nth: number
  /** Positions in the lists of houses and companies. */
  house: number
  company: number
  trouble: Trouble
  channel: Channel
  entrance: number
  /** The request that told of the same thing before. */
  duplicateOf: string | null
}

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
}

const DUPLICATES = 0.02
const WINDOW = 7
const REMEMBERED = 10
const MONTH = 30

export function createDemand(options: DemandOptions): Demand {
  const { seed, place, tenures, companies, firstDay, days, requests, firstNumber } = options
  const exposures = createExposures(place, seed)
  const rawRates = (day: number) => {
    const degrees = temperature(seed, day)
    const factor = dayFactor(seed, day)
    return TROUBLES.map(({ weight, season, priority }) => {
      const uneven = priority === 'emergency' ? 0.5 + factor / 2 : factor
      return weight * seasonal(season, day, degrees) * uneven
    })
  }
  let total = 0
  for (let day = firstDay; day < firstDay + days; day++)
    for (const rate of rawRates(day)) total += rate
  const scale = requests / total / (1 + DUPLICATES)

  const counts = new Map<number, number[]>()
  const countsOf = (day: number) => {
    const known = counts.get(day)
    if (known) return known
    const random = createRandom(mix(seed, 'count', day))
    const drawn = rawRates(day).map((rate) => random.poisson(rate * scale))
    // The last place is for duplicates, so that a day's numbers are known before its requests are.
    drawn.push(random.poisson(drawn.reduce((sum, count) => sum + count, 0) * DUPLICATES))
    counts.set(day, drawn)
    return drawn
  }
  const numbers: number[] = [firstNumber]
  const numberOf = (day: number): number => {
    for (let known = numbers.length; known <= day - firstDay; known++)
      numbers.push(
        (numbers[known - 1] as number) +
          countsOf(firstDay + known - 1).reduce((sum, count) => sum + count, 0),
      )
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

  function draw(day: number): Arrival[] {
    const random = createRandom(mix(seed, 'arrivals', day))
    const midnight = startOf(day)
    const dayCounts = countsOf(day)
    const found: Omit<Arrival, 'number' | 'nth' | 'company'>[] = []
    TROUBLES.forEach((trouble, kind) => {
      for (let i = 0; i < (dayCounts[kind] ?? 0); i++) {
        const hour = hourFor(trouble, random)
        const at = midnight + hour * HOUR + random.whole(0, 3599) * SECOND
        const house = (exposures[kind] as (typeof exposures)[number])(random)
        const channel = channelFor(trouble, day, hour, random)
        const entrance = random.whole(1, place.houses[house]?.entrances ?? 1)
        found.push({ at, day, house, trouble, channel, entrance, duplicateOf: null })
      }
    })
    const order = found.sort((a, b) => a.at - b.at || a.house - b.house)
    const copies: { of: number; at: number; channel: Channel }[] = []
    for (let i = 0; i < (dayCounts[TROUBLES.length] ?? 0) && order.length > 0; i++) {
      const of = random.whole(0, Math.max(0, Math.floor(order.length * 0.8) - 1))
      const first = order[of] as (typeof order)[number]
      const latest = midnight + 24 * HOUR - SECOND - first.at
      const after = Math.min(latest, Math.round(random.logNormal(95, 1)) * 60 * SECOND)
      copies.push({ of, at: first.at + after, channel: channelFor(first.trouble, day, 12, random) })
    }
    const all = [
      ...order.map((arrival, i) => ({ arrival, of: -1, self: i })),
      ...copies.map(({ of, at, channel }) => ({
        arrival: { ...(order[of] as (typeof order)[number]), at, channel },
        of,
        self: -1,
      })),
    ].sort(
      (a, b) => a.arrival.at - b.arrival.at || a.arrival.house - b.arrival.house || a.self - b.self,
    )
    const first = numberOf(day)
    const numberAt: string[] = []
    all.forEach(({ self }, i) => {
      if (self >= 0) numberAt[self] = `1-${first + i}`
    })
    return all.map(({ arrival, of }, nth) => ({
      ...arrival,
      nth,
      number: `1-${first + nth}`,
      company: holderAt(tenures[arrival.house] ?? [], arrival.at),
      duplicateOf: of >= 0 ? (numberAt[of] ?? null) : null,
    }))
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
  const usual = new Map<number, Float64Array>()
  const usualOn = (day: number) => {
    const month = Math.floor((day - firstDay) / MONTH)
    const known = usual.get(month)
    if (known) return known
    const random = createRandom(mix(seed, 'usual'))
    const sums = usualOf(
      exposures,
      tenures,
      companies,
      startOf(firstDay + month * MONTH),
      requests / days,
      random,
    )
    usual.set(month, sums)
    return sums
  }

  return {
    arrivals,
    load(company, day) {
      let recent = 0
      for (let back = 1; back <= WINDOW; back++)
        recent += companyCounts(Math.max(firstDay, day - back))[company] as number
      byCompany.delete(day - WINDOW - 2)
      const expected = WINDOW * (usualOn(day)[company] as number)
      return Math.max(0.6, Math.min(2.5, (recent + 12) / (expected + 12)))
    },
  }
}

/** Requests a day that each company may expect with the houses it has at an instant, from a sample of ten thousand. */
function usualOf(
  exposures: readonly ((random: Random) => number)[],
  tenures: Tenures,
  companies: number,
  instant: number,
  daily: number,
  random: Random,
): Float64Array {
  const sums = new Float64Array(companies)
  const weight = TROUBLES.reduce((sum, trouble) => sum + trouble.weight, 0)
  TROUBLES.forEach((trouble, kind) => {
    const samples = Math.ceil((10_000 * trouble.weight) / weight)
    for (let i = 0; i < samples; i++) {
      const house = (exposures[kind] as (typeof exposures)[number])(random)
      const company = holderAt(tenures[house] ?? [], instant)
      sums[company] = (sums[company] as number) + daily / 10_000
    }
  })
  return sums
}
