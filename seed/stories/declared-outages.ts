import type { DomainEvent } from '#server/contract/events.ts'
import { DAY, dayOf, HOUR, MINUTE, startOf } from '../calendar.ts'
import type { Call } from '../demand/arrival.ts'
import type { Delivery } from '../life/steps.ts'
import { createRandom, mix, type Random } from '../random.ts'
import { callsAbout, categoryOf, type Network, stretch, supplierOf, troubleOf } from './outage.ts'
import type { Story, Town } from './story.ts'

const EVERY = 30
const source = 'suppliers'
/** Callers who did not read the announcement; callers who did, when it was wrong. */
const UNREAD = 0.006
const WRONG = 0.04

interface Outage {
  id: string
  resource: Network
  houses: readonly number[]
  from: number
  declaredEnd: number
  until: number
  planned: boolean
  calls: readonly Call[]
  notices: readonly Delivery[]
}

/** An announced outage every month, planned or an accident; of one the supplier says that it is over half a day too soon. */
export function declaredOutages({ seed, place, firstDay, lastDay, end }: Town): Story {
  const small = place.houses.length < 200
  const wrong = Math.max(1, Math.floor((0.6 * (lastDay - firstDay)) / EVERY))
  const known = new Map<number, Outage>()

  function outage(turn: number): Outage {
    const before = known.get(turn)
    if (before) return before
    const random = createRandom(mix(seed, 'declared outage', turn))
    const planned = turn === wrong || random.chance(0.65)
    const resource = random.pick<Network>(
      planned ? ['hot_water', 'cold_water'] : ['heating', 'cold_water', 'hot_water'],
    )
    const from = startOf(firstDay + turn * EVERY + random.whole(6, EVERY - 9)) + 9 * HOUR
    const declaredEnd = from + random.whole(5, 8) * HOUR
    const until =
      turn === wrong ? declaredEnd + 14 * HOUR : declaredEnd - random.whole(5, 50) * MINUTE
    const houses = stretch(place, resource, small ? 10 : random.whole(10, 36), random)
    const id = `declared-${turn}`
    const about = {
      place,
      houses,
      trouble: troubleOf(categoryOf(resource)),
      mass: { id, from, until, supplier: supplierOf(resource) },
    }
    const calls = [
      ...callsAbout(about, UNREAD, { since: from, until: declaredEnd }, random),
      ...(turn === wrong ? callsAbout(about, WRONG, { since: declaredEnd, until }, random) : []),
    ]
    const bare = { id, resource, houses, from, declaredEnd, until, planned, calls }
    const made = { ...bare, notices: told(bare, turn === wrong ? declaredEnd : until, random) }
    known.set(turn, made)
    return made
  }

  function told(one: Omit<Outage, 'notices'>, endedAt: number, random: Random): Delivery[] {
    const { id, resource, houses, from, declaredEnd, planned } = one
    const at = planned ? from - 3 * DAY + 5 * HOUR : from + random.whole(20, 50) * MINUTE
    const envelope = (step: string, occurredAt: number) => ({
      id: `${source}:${id}:${step}`,
      occurredAt,
      source,
      outage: id,
    })
    const hope = planned ? declaredEnd : declaredEnd - 2 * HOUR
    const events: DomainEvent[] = [
      {
        type: 'outage.declared',
        ...envelope('declared', at),
        resource,
        planned,
        buildings: houses.map((house) => place.houses[house]?.id ?? ''),
        organization: supplierOf(resource),
        startsAt: from,
        endsAt: hope,
        cause: planned ? 'Плановый ремонт сетей' : 'Желідегі апат',
      },
      ...(planned
        ? []
        : [
            {
              type: 'outage.revised' as const,
              ...envelope('revised', hope - 40 * MINUTE),
              endsAt: declaredEnd,
            },
          ]),
      { type: 'outage.ended', ...envelope('ended', endedAt) },
    ]
    return events.map((event) => ({ at: event.occurredAt, event }))
  }

  const around = (day: number) => {
    const turn = Math.floor((day - firstDay) / EVERY)
    return [turn - 1, turn, turn + 1].filter((one) => one >= 0).map(outage)
  }
  return {
    name: 'declaredOutages',
    calls: (day) => around(day).flatMap(({ calls }) => calls.filter(({ at }) => dayOf(at) === day)),
    notices: (day) =>
      around(day).flatMap(({ notices }) => notices.filter(({ at }) => dayOf(at) === day)),
    truth: () =>
      [...known.values()]
        .filter(({ until }) => until <= end)
        .map(({ id, resource, houses, from, declaredEnd, until, planned }) => ({
          outage: id,
          resource,
          category: categoryOf(resource),
          planned,
          buildings: houses.map((house) => place.houses[house]?.id),
          from,
          declaredEnd,
          until,
          wrongEnd: until > declaredEnd,
        })),
  }
}
