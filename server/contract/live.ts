import * as z from 'zod/mini'
import { PRIORITIES } from './vocabulary.ts'

const count = z.int().check(z.minimum(0))
const instant = z.int()
const words = z.object({
  kk: z.optional(z.string()),
  ru: z.optional(z.string()),
  en: z.optional(z.string()),
})

/** What happened to a request, with the names a screen needs. Nothing of the resident: no subject, flat, place or text. */
export const LiveEvent = z.object({
  seq: z.int(),
  type: z.string(),
  request: z.string(),
  /** Key of the building's feature on the map; 0 where no building is known. */
  key: z.int(),
  building: z.nullable(z.string()),
  address: z.nullable(words),
  district: z.nullable(z.string()),
  organization: z.nullable(z.string()),
  organizationName: z.nullable(z.string()),
  category: z.nullable(z.string()),
  categoryName: z.nullable(words),
  priority: z.enum(PRIORITIES),
  occurredAt: instant,
  recordedAt: instant,
  /** Seconds from registration, for endings. */
  tookS: z.nullable(z.int()),
})
export type LiveEvent = z.output<typeof LiveEvent>

/** `refusing`: the log takes no events, what is stored is still shown. */
export const LIVE_STATES = ['serving', 'reopening', 'rebuilding', 'refusing'] as const

/** What a reader listens to: the city, or one part of it by its source's id, e.g. `district:garden`. */
export type Topic = 'city' | `${(typeof TOPIC_KINDS)[number]}:${string}`
export const TOPIC_KINDS = ['district', 'organization', 'building'] as const

/** A stream carries at most so many topics; the tabs of one browser share it. */
export const MOST_TOPICS = 16

/** Map key, open, overdue, emergency. */
type BuildingCounts = [key: number, open: number, overdue: number, emergency: number]
/** Read by hand: a frame may name a thousand buildings, and every page that is open reads it. */
const areCounts = (value: unknown): value is BuildingCounts[] =>
  Array.isArray(value) &&
  value.every(
    (row: unknown) =>
      Array.isArray(row) &&
      row.length === 4 &&
      row.every((part, place) => Number.isSafeInteger(part) && (place === 0 || part >= 0)),
  )

/**
 * One message of `/live`, at most one each half second and topic. `reset`: the reader's past is unknown here, so everything on
 * its screen has to be asked anew; `changes`: this is all that happened to its topic since its last message. The id of a
 * message is the epoch of the server and a number that grows; all numbers and counts are the topic's.
 */
export const LiveFrame = z.object({
  kind: z.enum(['reset', 'changes']),
  topic: z.string(),
  /** Number of the message that these changes follow: who has heard less has missed something. 0 in a reset. */
  since: count,
  state: z.enum(LIVE_STATES),
  /** Grows with every change of the answers. */
  revision: z.int(),
  /** The server's clock, UTC epoch milliseconds. */
  at: instant,
  open: count,
  overdue: count,
  emergency: count,
  emergencyOverdue: count,
  registeredToday: count,
  /** Buildings whose counts changed. Empty in a reset. */
  buildings: z.custom<BuildingCounts[]>(areCounts),
  /** Newest first; of a flood only the newest. */
  events: z.array(LiveEvent),
  /** When each source last reported: the newest time it told of, and when that reached us. */
  sources: z.array(z.object({ name: z.string(), occurredAt: instant, recordedAt: instant })),
})
export type LiveFrame = z.output<typeof LiveFrame>

/**
 * The event `ping` of `/live`, each 15 seconds: the server lives, though nothing happens. Everything up to the number of its id
 * has been sent; `revision` grows with what happens outside of the topic as well.
 */
export const LivePing = z.object({ at: instant, state: z.enum(LIVE_STATES), revision: z.int() })
export type LivePing = z.output<typeof LivePing>

/** The event `leaving` of `/live`: the server stops; this reader is asked to come back after so long. */
export const LiveLeaving = z.object({ afterMs: count })
export type LiveLeaving = z.output<typeof LiveLeaving>
