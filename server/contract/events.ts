import { z } from 'zod'
import { Instant, id } from './event-fields.ts'
import { flagBodies } from './flag-events.ts'
import { presetBodies } from './preset-events.ts'
import { cityBodies, registryBodies } from './registry-events.ts'
import { requestBodies } from './request-events.ts'

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

const schemas = {
  ...registryBodies,
  ...cityBodies,
  ...flagBodies,
  ...presetBodies,
  ...requestBodies,
}
export type EventType = keyof typeof schemas
export const EVENT_TYPES: ReadonlySet<string> = new Set(Object.keys(schemas))
export type RequestEventType = keyof typeof requestBodies
export type RegistryEventType = keyof typeof registryBodies
/** Sources, outages, inspections, flags, definitions in force. */
export type CityEventType =
  | keyof typeof cityBodies
  | keyof typeof flagBodies
  | keyof typeof presetBodies
export type FlagEventType = keyof typeof flagBodies

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
export type CityEvent = Extract<DomainEvent, { type: CityEventType }>
export type FlagEvent = Extract<DomainEvent, { type: FlagEventType }>

/** An event as the log holds it. `seq` is dense and monotone; `recordedAt` is ours. */
export type Recorded<E extends DomainEvent = DomainEvent> = E & { seq: number; recordedAt: number }

export const isRequestEvent = <E extends DomainEvent>(
  event: E,
): event is E & { type: RequestEventType } => event.type in requestBodies

export const isRegistryEvent = <E extends DomainEvent>(
  event: E,
): event is E & { type: RegistryEventType } => event.type in registryBodies

export const isPresetEvent = <E extends DomainEvent>(
  event: E,
): event is E & { type: keyof typeof presetBodies } => event.type in presetBodies

export const isFlagEvent = <E extends DomainEvent>(
  event: E,
): event is E & { type: FlagEventType } => event.type in flagBodies

/** The thing an event belongs to, e.g. `request:1-284117`, `building:b-12`. Events of one stream fold together. */
export function streamOf(event: DomainEvent): string {
  if (isRequestEvent(event)) return `request:${event.request}`
  if (event.type === 'flag.evaluated') return `evaluation:${event.month}`
  if (isFlagEvent(event)) return `flag:${event.flag}`
  if ('building' in event && isRegistryEvent(event)) return `building:${event.building}`
  if ('organization' in event && isRegistryEvent(event)) return `organization:${event.organization}`
  if ('preset' in event) return `preset:${event.preset}`
  switch (event.type) {
    case 'district.registered':
      return `district:${event.district}`
    case 'category.registered':
      return `category:${event.category}`
    case 'source.test_mode_changed':
      return `source:${event.of}`
    case 'outage.dismissed':
      return `suspicion:${event.suspicion}`
    default:
      return 'outage' in event ? `outage:${event.outage}` : `inspection:${event.inspection}`
  }
}
