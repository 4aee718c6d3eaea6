import { z } from 'zod'
import { Instant, id, lat, lon, name, reason, ring, words } from './event-fields.ts'
import {
  CATEGORY_ABOUT,
  INSPECTION_FINDINGS,
  ORGANIZATION_KINDS,
  PHONE_PURPOSES,
  REPRESENTATIVE_ROLES,
  RESOURCES,
} from './vocabulary.ts'

/** What the city consists of. `occurredAt` is when it became so (valid from); the log's `recordedAt` is when we learned it. */
export const registryBodies = {
  'district.registered': { district: id, name: words, outline: z.array(ring).max(64).optional() },
  /** Told again with another name or kind, it is renamed or reorganised from `occurredAt`; the past keeps its name. */
  'organization.registered': {
    organization: id,
    name,
    kind: z.enum(ORGANIZATION_KINDS).default('unknown'),
    phone: z.string().max(40).optional(),
  },
  /** From `occurredAt` on its successor answers; both histories stay. */
  'organization.merged': { organization: id, into: id },
  /** Self-regulatory body or association it belongs to from `occurredAt`; null = it left. */
  'organization.membership_changed': { organization: id, body: name.nullable() },
  /** The number was called and answered at `occurredAt`. */
  'organization.phone_verified': {
    organization: id,
    phone: z.string().min(2).max(40),
    purpose: z.enum(PHONE_PURPOSES),
  },
  /** The earlier event of this organization with that id was wrong from the start; what is true is told by another. */
  'organization.corrected': { organization: id, event: id, reason },
  'category.registered': {
    category: id,
    name: words,
    group: words.optional(),
    /** Complaints about whoever manages the house go past it to the authority; untold, the words of the category decide. */
    about: z.enum(CATEGORY_ABOUT).optional(),
  },
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
    /** Share of its area that the city owns. */
    cityShare: z.number().min(0).max(1).optional(),
  },
  /** The building is no longer in its register; its history stays. */
  'building.removed': { building: id },
  /** Who speaks for the house; the person is behind `subjectId`. Without consent nobody may write to them. */
  'building.representative_named': {
    building: id,
    subjectId: id,
    role: z.enum(REPRESENTATIVE_ROLES),
    consent: z.boolean(),
  },
  'building.representative_left': { building: id, subjectId: id },
  /** From `occurredAt` on the organization answers for the building; null means nobody is known to. */
  'tenure.changed': {
    building: id,
    organization: id.nullable(),
    contract: z.string().max(120).optional(),
  },
  /** The earlier event of this building (passport, tenure, representative) with that id was wrong from the start. */
  'building.corrected': { building: id, event: id, reason },
} as const

/** What happens in the city beside requests: its sources, its outages, its inspections. */
export const cityBodies = {
  /** From `occurredAt` on the source is in test mode, or no longer: what it registers then is left out of measures. */
  'source.test_mode_changed': { of: id, test: z.boolean(), reason: reason.optional() },
  'outage.declared': {
    outage: id,
    resource: z.enum(RESOURCES),
    planned: z.boolean(),
    buildings: z.array(id).min(1).max(5000),
    /** Who answers for it. */
    organization: id.optional(),
    startsAt: Instant,
    /** Promised at that time; later promises are `outage.revised`. */
    endsAt: Instant.optional(),
    cause: z.string().max(200).optional(),
    /** The suspicion that it confirms. */
    suspicion: id.optional(),
  },
  /** A person looked: what many calls seemed to say is no outage. */
  'outage.dismissed': { suspicion: id, reason },
  'outage.revised': { outage: id, endsAt: Instant },
  'outage.ended': { outage: id },
  'inspection.ordered': {
    inspection: id,
    organization: id,
    building: id.optional(),
    ground: reason.optional(),
  },
  'inspection.done': {
    inspection: id,
    finding: z.enum(INSPECTION_FINDINGS),
    /** By when the prescription is to be fulfilled. */
    dueAt: Instant.optional(),
  },
  'inspection.released': { inspection: id, remedied: z.boolean() },
} as const
