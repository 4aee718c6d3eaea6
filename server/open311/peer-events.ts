import type { DomainEvent, Recorded, RequestEvent } from '#server/contract/events.ts'
import type { Registry } from '#server/domain/registry.ts'
import { withoutPerson } from '#server/subjects/place-text.ts'
import type { PeerRequest } from './peer-read.ts'
import { buildingAt } from './place.ts'
import type { Peer } from './sources.ts'

/** Numbers of cities overlap, so those of a peer bear its name. */
export const numberOf = ({ name }: Pick<Peer, 'name'>, row: PeerRequest) =>
  `${name}-${row.service_request_id}`

interface Comparison {
  peer: Peer
  row: PeerRequest
  /** What the log holds of this request. */
  known: readonly Recorded[]
  registry: Registry
  now: number
}

/**
 * What happened at the peer since it was last looked at, found by comparing its row with the log: the same row gives nothing, so
 * asking twice, or again after a crash, stores nothing twice. Only what the peer itself told is compared; what people here did
 * with the request is theirs.
 */
export function changesOf({ peer, row, known, registry, now }: Comparison): DomainEvent[] {
  const request = numberOf(peer, row)
  const told = known.filter(({ source }) => source === peer.name)
  const category = row.service_code && (peer.categories[row.service_code] ?? row.service_code)
  const base = { source: peer.name, request }
  const events: DomainEvent[] = []
  const id = (what: string) => `${peer.name}:${request}:${what}`

  if (told.length === 0)
    events.push({
      ...base,
      id: id('registered'),
      type: 'request.registered',
      occurredAt: row.requested_datetime,
      ...(category && { category }),
      channel: 'unknown',
      priority: 'ordinary',
      kind: 'work_request',
      ...placeOf(row, registry),
      ...(row.expected_datetime !== undefined && { dueAt: row.expected_datetime }),
    })

  const newest = Math.max(row.requested_datetime, ...told.map(({ occurredAt }) => occurredAt))
  // A change that is told with a time before what is known already happened some time until now.
  const when =
    row.updated_datetime !== undefined && row.updated_datetime >= newest
      ? { occurredAt: row.updated_datetime }
      : ({ occurredAt: Math.max(now, newest), timeUnknown: true } as const)
  const times = (type: DomainEvent['type']) => told.filter((event) => event.type === type).length
  const [closed, reopened] = [times('request.closed'), times('request.reopened')]
  const wasClosed = closed > reopened
  if (row.status === 'closed' && !wasClosed)
    events.push({ ...base, ...when, id: id(`closed:${closed + 1}`), type: 'request.closed' })
  if (row.status === 'open' && wasClosed)
    events.push({ ...base, ...when, id: id(`reopened:${reopened + 1}`), type: 'request.reopened' })

  const before = told.length > 0 ? categoryOf(told) : category
  if (category && category !== before)
    events.push({
      ...base,
      ...when,
      id: id(`category:${times('request.category_changed') + 1}`),
      type: 'request.category_changed',
      category,
    })
  return events
}

const categoryOf = (told: readonly Recorded[]) =>
  told
    .filter((event): event is Recorded<RequestEvent> => 'category' in event)
    .flatMap((event) => ('category' in event && event.category ? [event.category] : []))
    .at(-1)

function placeOf({ lat, long, address }: PeerRequest, registry: Registry) {
  const point = lat !== undefined && long !== undefined ? { lat, lon: long } : undefined
  const building = point && buildingAt(registry, point.lon, point.lat)
  const finds = (text: string) => registry.addressed(text).found !== null
  const { place } = withoutPerson(address ?? '', finds)
  return {
    ...point,
    ...(building && { building: building.id }),
    ...(place && { place: place.slice(0, 300) }),
  }
}
