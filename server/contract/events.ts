import { z } from 'zod'
import { CHANNELS, KINDS, ORGANIZATION_KINDS, PRIORITIES } from './vocabulary.ts'

const name = z.string().trim().min(1).max(200)
/** An id given by a source: printable, no white space at the ends, no control characters. */
const id = z
  .string()
  .min(1)
  .max(128)
  .regex(
    /^[^\p{Cc}\s](?:[^\p{Cc}]*[^\p{Cc}\s])?$/u,
    'an id has no control characters and no white space at its ends',
  )
const words = z.strictObject({ kk: name.optional(), ru: name.optional(), en: name.optional() })
const lon = z.number().min(-180).max(180)
const lat = z.number().min(-90).max(90)
const ring = z
  .array(z.tuple([lon, lat]))
  .min(4)
  .max(5000)
const milliseconds = z.number().int().min(-62_135_596_800_000).max(253_402_300_799_999)
/** UTC epoch milliseconds. On the wire an ISO 8601 instant with an offset is read too. */
export const Instant = z.union(
  [
    milliseconds,
    z.iso
      .datetime({ offset: true })
      .transform((text) => Date.parse(text))
      .pipe(milliseconds),
  ],
  'expected an instant: UTC epoch milliseconds, or ISO 8601 with an offset such as 2026-02-10T12:00:00+05:00',
)

const PARTIES = [
  'resident',
  'operator',
  'organization',
  'contractor',
  'system',
  'inspector',
] as const
export type Party = (typeof PARTIES)[number]

const envelope = {
  /** Idempotency key, unique in the whole log: `source:…` by convention. */
  id,
  /** When it happened, by the source. When we learned it (`recordedAt`) is set by the log. */
  occurredAt: Instant,
  source: id,
  actor: z.strictObject({ party: z.enum(PARTIES), id: id.optional() }).optional(),
  /** The source does not say when: `occurredAt` is only the time by which it was known, such as the date of a snapshot. */
  timeUnknown: z.literal(true).optional(),
}

const registry = {
  'district.registered': { district: id, name: words, outline: z.array(ring).max(64).optional() },
  'organization.registered': {
    organization: id,
    name,
    kind: z.enum(ORGANIZATION_KINDS).default('unknown'),
    phone: z.string().max(40).optional(),
  },
  'category.registered': { category: id, name: words, group: words.optional() },
  'building.registered': {
    building: id,
    address: words,
    district: id.optional(),
    lon: lon.optional(),
    lat: lat.optional(),
    outline: z.array(ring).max(64).optional(),
    year: z.number().int().min(1500).max(2200).optional(),
    series: z.string().max(80).optional(),
    floors: z.number().int().min(0).max(300).optional(),
    entrances: z.number().int().min(0).max(500).optional(),
    apartments: z.number().int().min(0).max(20_000).optional(),
    area: z.number().min(0).optional(),
    lifts: z.number().int().min(0).max(500).optional(),
    heatingPoint: z.string().max(80).optional(),
  },
  /** The building is no longer in its register; its history stays. */
  'building.removed': { building: id },
  /** From `occurredAt` on the organization answers for the building; null means nobody is known to. */
  'tenure.changed': {
    building: id,
    organization: id.nullable(),
    contract: z.string().max(120).optional(),
  },
} as const

const requestOnly = { request: id }
const requests = {
  'request.registered': {
    ...requestOnly,
    building: id.optional(),
    /** Only where the source itself says who answers; otherwise the holder of the tenure at registration does. */
    organization: id.optional(),
    category: id.optional(),
    channel: z.enum(CHANNELS).default('unknown'),
    priority: z.enum(PRIORITIES).default('ordinary'),
    kind: z.enum(KINDS).default('work_request'),
    dueAt: Instant.optional(),
    entrance: z.number().int().min(1).max(500).optional(),
    lon: lon.optional(),
    lat: lat.optional(),
    /** An address that no building matched. Never a flat, never a name. */
    place: z.string().max(300).optional(),
    subjectId: id.optional(),
    identityVerified: z.boolean().optional(),
    test: z.boolean().optional(),
  },
  'request.routed': { ...requestOnly, organization: id.optional() },
  'request.acknowledged': requestOnly,
  'request.assigned': { ...requestOnly, contractor: id.optional() },
  'request.work_order_issued': requestOnly,
  'request.arrived': requestOnly,
  'request.localised': requestOnly,
  'request.started': requestOnly,
  'request.deferred': {
    ...requestOnly,
    reason: z.string().max(200).optional(),
    until: Instant.optional(),
  },
  'request.awaiting_resident': requestOnly,
  'request.awaiting_supplier': requestOnly,
  'request.work_done': { ...requestOnly, scan: z.string().max(128).optional() },
  'request.returned_for_rework': requestOnly,
  'request.verified': requestOnly,
  'request.awaiting_confirmation': requestOnly,
  'request.confirmed': requestOnly,
  'request.closed_no_response': requestOnly,
  /** Closed by the source, which does not say whether the resident agreed. */
  'request.closed': { ...requestOnly, note: z.string().max(200).optional() },
  'request.rejected_by_resident': requestOnly,
  'request.reopened': requestOnly,
  'request.refused': { ...requestOnly, ground: z.string().max(200).optional() },
  'request.cancelled': requestOnly,
  'request.marked_duplicate': { ...requestOnly, of: id.optional() },
  'request.forwarded': { ...requestOnly, body: z.string().max(200).optional() },
  'request.transferred': { ...requestOnly, organization: id },
  'request.repeat_linked': { ...requestOnly, of: id },
} as const

const schemas = { ...registry, ...requests }
export type EventType = keyof typeof schemas
export const EVENT_TYPES: ReadonlySet<string> = new Set(Object.keys(schemas))
export type RequestEventType = keyof typeof requests
export type RegistryEventType = keyof typeof registry

const members = Object.entries(schemas).map(([type, body]) =>
  z.strictObject({ type: z.literal(type), ...envelope, ...body }),
)

/** Any event, as a source sends it. Unknown fields are refused by name: a mistyped field must not vanish. */
// The tuple type is lost by Object.entries; DomainEvent below restores it from the same schemas.
export const Event = z.discriminatedUnion(
  'type',
  members as never,
) as unknown as z.ZodType<DomainEvent>

type Envelope = {
  id: string
  occurredAt: number
  source: string
  actor?: { party: Party; id?: string }
  timeUnknown?: true
}
type Body<T extends EventType> = z.output<z.ZodObject<(typeof schemas)[T]>>
export type DomainEvent = { [T in EventType]: Envelope & { type: T } & Body<T> }[EventType]
export type RequestEvent = Extract<DomainEvent, { type: RequestEventType }>
export type RegistryEvent = Extract<DomainEvent, { type: RegistryEventType }>

/** An event as the log holds it. `seq` is dense and monotone; `recordedAt` is ours. */
export type Recorded<E extends DomainEvent = DomainEvent> = E & { seq: number; recordedAt: number }

export const isRequestEvent = <E extends DomainEvent>(
  event: E,
): event is E & { type: RequestEventType } => event.type in requests

/** The thing an event belongs to, e.g. `request:1-284117`, `building:b-12`. Events of one stream fold together. */
export function streamOf(event: DomainEvent): string {
  if (isRequestEvent(event)) return `request:${event.request}`
  switch (event.type) {
    case 'district.registered':
      return `district:${event.district}`
    case 'organization.registered':
      return `organization:${event.organization}`
    case 'category.registered':
      return `category:${event.category}`
    default:
      return `building:${event.building}`
  }
}
