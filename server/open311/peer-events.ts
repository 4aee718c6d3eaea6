import type { DomainEvent, Recorded, RequestEvent } from '#server/contract/events.ts'
import { inLanguage, type Language, type Words } from '#server/contract/vocabulary.ts'
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
  /** Of the city: a reason is read by its people. */
  language: Language
}

const OTHERWISE: Words = {
  kk: 'дереккөз мерзімді немесе мекенжайды түзетті',
  ru: 'источник исправил срок или адрес',
  en: 'the source corrected the deadline or the address',
}

/** Of a service that nobody here knows or maps, the name that the peer gives it. */
export function serviceName(peer: Peer, { service_code, service_name }: PeerRequest) {
  if (!service_code || !service_name || peer.categories[service_code]) return undefined
  return { category: service_code, name: service_name }
}

/**
 * What happened at the peer since it was last looked at, found by comparing its row with the log: the same row gives nothing, so
 * asking twice, or again after a crash, stores nothing twice. Only what the peer itself told is compared; what people here did
 * with the request is theirs.
 */
export function changesOf({
  peer,
  row,
  known,
  registry,
  now,
  language,
}: Comparison): DomainEvent[] {
  const request = numberOf(peer, row)
  const told = known.filter(({ source }) => source === peer.name)
  const category = row.service_code && (peer.categories[row.service_code] ?? row.service_code)
  const base = { source: peer.name, request }
  const events: DomainEvent[] = []
  const id = (what: string) => `${peer.name}:${request}:${what}`

  const answers = organizationOf(row, registry)
  if (told.length === 0)
    events.push({
      ...base,
      id: id('registered'),
      type: 'request.registered',
      occurredAt: row.requested_datetime,
      ...(category && { category }),
      ...(answers && { organization: answers }),
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

  const stands = registrationOf(told)
  const corrected = stands && correctedBy(row, stands, registry)
  if (corrected) {
    const reason = inLanguage(OTHERWISE, language)
    const count = times('request.registered')
    events.push(
      {
        ...{ ...base, ...when, id: id(`corrected:${count}`), reason },
        ...{ type: 'request.corrected', event: stands.id },
      },
      { ...corrected, id: id(`registered:${count + 1}`) },
    )
  }

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

type Registration = Extract<RequestEvent, { type: 'request.registered' }>

/** What the peer registered and did not correct. */
function registrationOf(told: readonly Recorded[]): Registration | undefined {
  const voided = new Set(told.map((event) => event.type === 'request.corrected' && event.event))
  const found = told.find(({ id, type }) => type === 'request.registered' && !voided.has(id))
  if (found?.type !== 'request.registered') return undefined
  const { seq: _, recordedAt: __, ...registration } = found
  return registration
}

/** The registration as the peer tells it now; undefined where it is the same. What it no longer tells stays. */
function correctedBy(row: PeerRequest, stands: Registration, registry: Registry) {
  const { building, place, lat, lon, ...rest } = stands
  const now = placeOf(row, registry)
  const moved =
    (now.place !== undefined && now.place !== place) ||
    (now.lat !== undefined && (now.lat !== lat || now.lon !== lon))
  const due = row.expected_datetime
  if (!moved && (due === undefined || due === stands.dueAt)) return undefined
  return { ...(moved ? { ...rest, ...now } : stands), ...(due !== undefined && { dueAt: due }) }
}

/** The organization of this city that is called as the peer calls whoever answers; names of others say nothing here. */
function organizationOf({ agency_responsible: name }: PeerRequest, registry: Registry) {
  if (!name) return undefined
  const called = name.toLocaleLowerCase()
  for (const organization of registry.organizations())
    if (organization.name.toLocaleLowerCase() === called) return organization.id
  return undefined
}

const categoryOf = (told: readonly Recorded[]) =>
  told
    .filter((event): event is Recorded<RequestEvent> => 'category' in event)
    .flatMap((event) => ('category' in event && event.category ? [event.category] : []))
    .at(-1)

function placeOf(
  { lat, long, address }: PeerRequest,
  registry: Registry,
): Pick<Registration, 'lat' | 'lon' | 'building' | 'place'> {
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
