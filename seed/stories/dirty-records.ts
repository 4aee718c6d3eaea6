import type { DomainEvent } from '#server/contract/events.ts'
import { DAY, HOUR } from '../calendar.ts'
import type { Delivery } from '../life/steps.ts'
import type { Story } from './story.ts'

const SHARE = 0.003
const YEAR = 365 * DAY
const FAULTS = [
  'closedBeforeRegistered',
  'unknownBuilding',
  'futureTime',
  'unknownCategory',
  'late',
  'outOfOrder',
  'sentTwice',
] as const
type Fault = (typeof FAULTS)[number]

/**
 * Three requests in a thousand are told wrongly: impossible times, unknown names, late, shuffled or repeated events. The
 * truth lists those registered by `end`; of the youngest the wrong event may be still to come.
 */
export function dirtyRecords(end: number): Story {
  const planted = Object.fromEntries(FAULTS.map((fault) => [fault, new Set<string>()])) as Record<
    Fault,
    Set<string>
  >
  return {
    name: 'dirtyRecords',
    retell(deliveries, arrival, random) {
      if (!random.chance(SHARE)) return deliveries
      const fault = FAULTS[Math.floor(random.next() * FAULTS.length)] as Fault
      const spoilt = spoil[fault](deliveries, 1 + Math.floor(random.next() * 46))
      if (spoilt && arrival.at <= end) planted[fault].add(arrival.number)
      return spoilt ?? deliveries
    },
    truth: () => Object.fromEntries(FAULTS.map((fault) => [fault, [...planted[fault]]])),
  }
}

const changed = ({ at, event }: Delivery, change: object): Delivery => ({
  at,
  event: { ...event, ...change } as DomainEvent,
})
const closingAt = (deliveries: readonly Delivery[]) =>
  deliveries.findIndex(
    ({ event }) => event.type === 'request.closed' || event.type === 'request.refused',
  )

/** Each takes the deliveries of one request and a number from 1 to 46; undefined where the fault does not fit. */
const spoil: Record<Fault, (deliveries: Delivery[], much: number) => Delivery[] | undefined> = {
  closedBeforeRegistered(deliveries, much) {
    const closing = closingAt(deliveries)
    const start = deliveries[0]?.event.occurredAt
    if (closing === -1 || start === undefined) return undefined
    return deliveries
      .slice(0, closing + 1)
      .map((one, i) => (i === closing ? changed(one, { occurredAt: start - much * HOUR }) : one))
  },
  futureTime(deliveries, much) {
    const closing = closingAt(deliveries)
    if (closing === -1) return undefined
    return deliveries
      .slice(0, closing + 1)
      .map((one, i) =>
        i === closing ? changed(one, { occurredAt: one.at + (2 + (much % 7)) * YEAR }) : one,
      )
  },
  unknownBuilding: (deliveries, much) =>
    deliveries.map((one, i) =>
      i === 0
        ? changed(one, { building: `b-${90_000 + much}`, place: `Неизвестная, ${much}` })
        : one,
    ),
  unknownCategory: (deliveries, much) =>
    deliveries.map((one, i) => (i === 0 ? changed(one, { category: `legacy-${much}` }) : one)),
  late: (deliveries, much) =>
    deliveries.map(({ at, event }) => ({ at: at + much * 2 * HOUR, event })),
  outOfOrder(deliveries) {
    const [first, second, third, ...rest] = deliveries
    if (!first || !second || !third) return undefined
    return [
      { at: first.at, event: first.event },
      { at: third.at, event: second.event },
      { at: second.at, event: third.event },
      ...rest,
    ]
  },
  sentTwice(deliveries, much) {
    const [first] = deliveries
    return first ? [...deliveries, { at: first.at + much * HOUR, event: first.event }] : undefined
  },
}
