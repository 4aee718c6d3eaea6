import type { Channel } from '#server/contract/vocabulary.ts'
import { HOUR, SECOND, startOf } from '../calendar.ts'
import { subjectOf } from '../people.ts'
import type { Place } from '../place/place.ts'
import { createRandom, mix, type Random } from '../random.ts'
import type { Arrival, Call } from './arrival.ts'
import { TROUBLES } from './categories.ts'
import type { Spread } from './exposure.ts'
import { channelFor, hourFor } from './hours.ts'

/** How many requests a day has, before anything is known of them. */
export interface DayPlan {
  /** By trouble. */
  ordinary: readonly number[]
  duplicates: number
  repeats: number
  calls: readonly Call[]
}

/** An arrival before its company is known. Of a repeat only the time stands: it tells of a fault of `back` days before; else 0. */
export type Sketched = Omit<Arrival, 'nth' | 'company' | 'repeats'> & { back: number }

const SHORTEST_REPEAT = 3
/** Who tells of it in another way does so while it lasts: after so much of the time that it usually takes. */
const OPEN_SHARE = 0.25
/** Days between a request and the one that repeats it. */
export const LONGEST_REPEAT = 11

interface Town {
  seed: number
  place: Place
  exposures: readonly Spread[]
  /** Number of the day's first request. */
  firstNumber: number
}
type Drawn = Omit<Sketched, 'number' | 'duplicateOf'> & { of: Drawn | null }

/** The requests of a local day in the order of arrival, numbered. */
export function drawDay(day: number, plan: DayPlan, town: Town): Sketched[] {
  const { seed, place, exposures, firstNumber } = town
  const random = createRandom(mix(seed, 'arrivals', day))
  const midnight = startOf(day)
  const dwelling = (house: number, flat: number) => dwellingOf({ seed, place }, house, flat)
  const drawOf = (kind: number): Drawn => {
    const trouble = TROUBLES[kind] as (typeof TROUBLES)[number]
    const hour = hourFor(trouble, random)
    const at = midnight + hour * HOUR + random.whole(0, 3599) * SECOND
    const house = (exposures[kind] as Spread).pick(random)
    const channel = channelFor(trouble, day, hour, random)
    const flat = random.whole(0, (place.houses[house]?.apartments ?? 1) - 1)
    const base = { at, day, house, trouble, channel, mass: null, back: 0, of: null }
    return { ...base, ...dwelling(house, flat) }
  }
  const found: Drawn[] = []
  plan.ordinary.forEach((count, kind) => {
    for (let i = 0; i < count; i++) found.push(drawOf(kind))
  })
  found.sort((a, b) => a.at - b.at || a.house - b.house)
  const copies: Drawn[] = []
  for (let i = 0; i < plan.duplicates && found.length > 0; i++) {
    const of = found[random.whole(0, Math.max(0, Math.floor(found.length * 0.8) - 1))] as Drawn
    const latest = midnight + 24 * HOUR - SECOND - of.at
    const later = random.logNormal(Math.min(95, OPEN_SHARE * 60 * of.trouble.medianHours), 1)
    const after = Math.min(latest, Math.round(later) * 60 * SECOND)
    copies.push({ ...of, of, at: of.at + after, channel: otherChannel(of, day, random) })
  }
  const repeats: Drawn[] = []
  for (let i = 0; i < plan.repeats; i++) {
    const back = random.whole(SHORTEST_REPEAT, LONGEST_REPEAT)
    repeats.push({ ...drawOf(REPEATED[random.whole(0, REPEATED.length - 1)] as number), back })
  }
  const calls = plan.calls.map(
    (call): Drawn => ({ ...call, day, back: 0, of: null, ...dwelling(call.house, call.flat) }),
  )
  const all = [...found, ...copies, ...repeats, ...calls]
  const order = all.map((_, i) => i)
  order.sort((a, b) => {
    const [one, other] = [all[a] as Drawn, all[b] as Drawn]
    return one.at - other.at || one.house - other.house || a - b
  })
  const numbers = new Map<Drawn, string>()
  order.forEach((position, i) => {
    numbers.set(all[position] as Drawn, `1-${firstNumber + i}`)
  })
  return order.map((position): Sketched => {
    const { of, ...drawn } = all[position] as Drawn
    const number = numbers.get(all[position] as Drawn) ?? ''
    return { ...drawn, number, duplicateOf: of ? (numbers.get(of) ?? null) : null }
  })
}

/** Positions of troubles that come back when they were mended badly. */
const REPEATED = TROUBLES.flatMap(({ kind, normHours }, i) =>
  kind === 'work_request' && normHours <= 72 ? [i] : [],
)

/** Who tells the same thing again takes another way. */
function otherChannel({ trouble, channel }: Drawn, day: number, random: Random): Channel {
  for (let tries = 0; tries < 6; tries++) {
    const other = channelFor(trouble, day, 12, random)
    if (other !== channel) return other
  }
  return channel === 'phone' ? 'app' : 'phone'
}

/** Where in the house somebody lives, and who. */
export const dwellingOf = (
  { seed, place }: { seed: number; place: Place },
  house: number,
  flat: number,
) => ({ flat, ...staircase(place, house, flat), subject: subjectOf(seed, house, flat) })

/** Flats are counted entrance by entrance; those above each other share a riser. */
function staircase(place: Place, house: number, flat: number) {
  const { entrances = 1, apartments = 1, floors = 1 } = place.houses[house] ?? {}
  const perEntrance = Math.max(1, Math.ceil(apartments / Math.max(1, entrances)))
  const perFloor = Math.max(1, Math.min(8, Math.round(perEntrance / Math.max(1, floors))))
  return {
    entrance: Math.min(Math.max(1, entrances), 1 + Math.floor(flat / perEntrance)),
    riser: 1 + ((flat % perEntrance) % perFloor),
  }
}
