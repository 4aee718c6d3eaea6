import { dayOf, dayOfYear, HOUR, MINUTE, startOf } from '../calendar.ts'
import type { Call } from '../demand/arrival.ts'
import { createRandom, mix } from '../random.ts'
import { callsAbout, categoryOf, type Network, stretch, supplierOf, troubleOf } from './outage.ts'
import type { Story, Town } from './story.ts'

/** Of the apartments without heat, water or light, as many call. */
const SHARE = 0.04
const UNDER_WAY = 100 * MINUTE

interface Outage {
  id: string
  resource: Network
  houses: readonly number[]
  from: number
  until: number
  calls: readonly Call[]
}

/**
 * Outages of 8 to 30 buildings that nobody announces: one every few weeks, before the end of the history and after it, and one
 * that has begun shortly before the end.
 */
export function undeclaredOutages({ seed, place, firstDay, lastDay, end }: Town): Story {
  const small = place.houses.length < 200
  const every = small ? 22 : 40
  const numbers = new Map<string, string[]>()
  const known = new Map<number | 'now', Outage>()

  function outage(turn: number | 'now'): Outage {
    const before = known.get(turn)
    if (before) return before
    const random = createRandom(mix(seed, 'undeclared outage', turn))
    const day = turn === 'now' ? lastDay : firstDay + turn * every + random.whole(4, every - 4)
    const from =
      turn === 'now'
        ? end - UNDER_WAY
        : startOf(day) + random.whole(7, 19) * HOUR + random.whole(0, 59) * MINUTE
    const date = dayOfYear(day)
    const heating = date < 105 || date > 290
    const resource = random.pick<Network>(
      heating
        ? ['heating', 'heating', 'hot_water', 'electricity']
        : ['hot_water', 'cold_water', 'electricity'],
    )
    const houses = stretch(
      place,
      resource,
      small ? random.whole(8, 11) : random.whole(8, 30),
      random,
    )
    const until = from + random.whole(5, 13) * HOUR
    const id = `undeclared-${turn}`
    const mass = { id, from, until, supplier: supplierOf(resource) }
    const trouble = troubleOf(categoryOf(resource))
    const calls = callsAbout(
      { place, houses, trouble, mass },
      SHARE,
      { since: from, until },
      random,
    )
    const made = { id, resource, houses, from, until, calls }
    known.set(turn, made)
    return made
  }
  const around = (day: number): Outage[] => {
    const turn = Math.floor((day - firstDay) / every)
    const near = [turn - 1, turn].filter((one) => one >= 0).map(outage)
    return Math.abs(day - lastDay) <= 1 ? [...near, outage('now')] : near
  }
  return {
    name: 'undeclaredOutages',
    calls: (day) => around(day).flatMap(({ calls }) => calls.filter(({ at }) => dayOf(at) === day)),
    retell(deliveries, { mass, number, at }) {
      if (mass && at <= end) numbers.set(mass.id, [...(numbers.get(mass.id) ?? []), number])
      return deliveries
    },
    truth: () =>
      [...known.values()]
        .filter(({ from }) => from <= end)
        .map(({ id, resource, houses, from, until }) => ({
          id,
          resource,
          category: categoryOf(resource),
          buildings: houses.map((house) => place.houses[house]?.id),
          from,
          until,
          underWayAtEnd: until > end,
          requests: numbers.get(id) ?? [],
        })),
  }
}
