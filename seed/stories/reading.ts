import type { DomainEvent, EventType, RequestEvent } from '#server/contract/events.ts'
import { isRequestEvent } from '#server/contract/events.ts'
import pack from '#server/domain/norm/packs/domograd.json' with { type: 'json' }
import type { Domograd } from '../city.ts'

type Of<T extends EventType> = Extract<DomainEvent, { type: T }>
/** An event as a reader of the log finds it: what it says, and when it was learned. */
export type Found<E extends DomainEvent = DomainEvent> = E & { recordedAt: number }
export interface Life {
  registered: Found<Of<'request.registered'>>
  /** All events of the request, in the order of their happening. */
  events: Found<RequestEvent>[]
}

export interface Reading {
  all: Found[]
  of<T extends EventType>(type: T): Found<Of<T>>[]
  requests: ReadonlyMap<string, Life>
}

/** Reads a city as the log would hold it: each id once, by when it was learned. Knows nothing of how it was made. */
export function readEvents(city: Domograd): Reading {
  const all: Found[] = city.registry.map((event) => ({ ...event, recordedAt: city.start }))
  const seen = new Set<string>()
  for (const day of city.history())
    for (const { at, event } of day) {
      if (seen.has(event.id)) continue
      seen.add(event.id)
      all.push({ ...event, recordedAt: at })
    }
  const streams = new Map<string, Found<RequestEvent>[]>()
  for (const event of all) {
    if (!isRequestEvent(event)) continue
    const stream = streams.get(event.request)
    if (stream) stream.push(event)
    else streams.set(event.request, [event])
  }
  const requests = new Map<string, Life>()
  for (const [number, events] of streams) {
    events.sort((a, b) => a.occurredAt - b.occurredAt)
    const registered = events.find((event) => event.type === 'request.registered')
    if (registered) requests.set(number, { registered, events })
  }
  const byType = new Map<EventType, Found[]>()
  for (const event of all) {
    const same = byType.get(event.type)
    if (same) same.push(event)
    else byType.set(event.type, [event])
  }
  return {
    all,
    of: <T extends EventType>(type: T) => (byType.get(type) ?? []) as Found<Of<T>>[],
    requests,
  }
}

/** The first event of that kind in a request's life. */
export const firstOf = <T extends RequestEvent['type']>(
  { events }: Life,
  type: T,
): Found<Of<T>> | undefined =>
  events.find((event) => event.type === type) as Found<Of<T>> | undefined

const HOURS = new Map(
  pack.norms
    .filter(({ end }) => end === 'closed')
    .flatMap(({ categories = [], duration }) =>
      categories.map((category): [string, number] => [category, duration.amount]),
    ),
)
/** Until when a request of a category registered then is to be closed, by the norms that the city ships with. */
export function dueOf(category: string | null, registeredAt: number): number | null {
  const hours = category === null ? undefined : HOURS.get(category)
  return hours === undefined ? null : registeredAt + hours * 3_600_000
}
