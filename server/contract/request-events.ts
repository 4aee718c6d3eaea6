import { z } from 'zod'
import { Instant, id, lat, lon, reason } from './event-fields.ts'
import { CHANNELS, CLOSING_REASONS, KINDS, PRIORITIES } from './vocabulary.ts'

const requestOnly = { request: id }
/** What happens to one request. */
export const requestBodies = {
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
    /** Number of the riser in its entrance: flats above each other share their pipes. */
    riser: z.number().int().min(1).max(100).optional(),
    lon: lon.optional(),
    lat: lat.optional(),
    /** An address that no building matched. Never a flat, never a name. */
    place: z.string().max(300).optional(),
    /** Who asks; the person is in the erasable table. Never a name, a phone or a flat itself. */
    subjectId: id.optional(),
    /** Where a post of a social network stands. */
    url: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
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
    /** Whether the resident agreed. */
    consent: z.boolean().optional(),
  },
  /** A dispatcher or the city changes how urgent it is, or what it is about; its clock is that of the new one from the start. */
  'request.priority_changed': { ...requestOnly, priority: z.enum(PRIORITIES) },
  'request.category_changed': { ...requestOnly, category: id },
  /** A person found the house that the address means. */
  'request.address_resolved': { ...requestOnly, building: id },
  /** An operator confirmed who asks: a message of a social network becomes an appeal from `occurredAt`. */
  'request.identity_verified': { ...requestOnly, kind: z.enum(KINDS).optional() },
  /** It is not for whom it was sent to; `addressee` is the proper one, where known. */
  'request.misdirected': { ...requestOnly, addressee: id.optional() },
  /** An operator looked: whom it was sent to is the right one, whatever its category or anybody said before. */
  'request.addressee_confirmed': requestOnly,
  'request.awaiting_resident': requestOnly,
  'request.awaiting_supplier': requestOnly,
  'request.work_done': { ...requestOnly, scan: z.string().max(128).optional() },
  'request.returned_for_rework': requestOnly,
  'request.verified': requestOnly,
  'request.awaiting_confirmation': requestOnly,
  'request.confirmed': requestOnly,
  'request.closed_no_response': requestOnly,
  /** Closed by the source, which does not say whether the resident agreed. */
  'request.closed': {
    ...requestOnly,
    note: z.string().max(200).optional(),
    /** Why, where the product itself closes; shown in the reader's language. */
    because: z.enum(CLOSING_REASONS).optional(),
  },
  'request.rejected_by_resident': requestOnly,
  'request.reopened': requestOnly,
  'request.refused': { ...requestOnly, ground: z.string().max(200).optional() },
  'request.cancelled': requestOnly,
  'request.marked_duplicate': { ...requestOnly, of: id.optional() },
  'request.forwarded': { ...requestOnly, body: z.string().max(200).optional() },
  'request.transferred': { ...requestOnly, organization: id },
  'request.repeat_linked': { ...requestOnly, of: id },
  /** A person says that it belongs to the incident of another request, or that it is one of its own. */
  'request.joined': { ...requestOnly, to: id },
  'request.split': requestOnly,
  /** The earlier event of this request with that id was wrong: it is kept, shown struck through, and counts for nothing. */
  'request.corrected': { ...requestOnly, event: id, reason },
} as const
