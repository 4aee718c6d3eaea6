import type { CityEvent, Recorded } from '#server/contract/events.ts'
import type { Resource } from '#server/contract/vocabulary.ts'
import { maskedText } from '#server/domain/personal.ts'

type Told = Recorded<CityEvent>
export type Declared = Extract<Told, { type: 'outage.declared' }>
type Revised = Extract<Told, { type: 'outage.revised' }>
type Ended = Extract<Told, { type: 'outage.ended' }>

/** An announced outage as all its events tell it. */
export interface DeclaredOutage {
  id: string
  resource: Resource
  planned: boolean
  /** Ids as the source wrote them. */
  buildings: readonly string[]
  organization: string | null
  source: string
  startsAt: number
  /** What was promised, in the order of the telling; null = no end was promised at first. */
  promises: readonly { at: number; endsAt: number | null }[]
  endedAt: number | null
  cause: string | null
  suspicion: string | null
  declaredAt: number
  /** When the log heard of it, and of its end. */
  declaredHeardAt: number
  endedHeardAt: number | null
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Calls shortly before an announced beginning and shortly after the end are of that outage. */
const BEFORE = HOUR / 2
const AFTER = HOUR / 4
/** A promise that nobody kept or revised explains no calls for longer than this. */
const OVERDUE = DAY
const UNPROMISED = 7 * DAY

/** Announced outages by id. Few events, in whatever order they come. */
export function openDeclared() {
  const outages = new Map<string, { declared?: Declared; revised: Revised[]; ended?: Ended }>()
  const byBuilding = new Map<string, Set<string>>()
  const seen = new Set<string>()

  function apply(event: Told): boolean {
    if (!('outage' in event) || seen.has(event.id)) return false
    seen.add(event.id)
    const known = outages.get(event.outage) ?? { revised: [] }
    outages.set(event.outage, known)
    if (event.type === 'outage.declared') {
      known.declared ??= withShownCause(event)
      for (const building of event.buildings)
        byBuilding.set(building, (byBuilding.get(building) ?? new Set()).add(event.outage))
    } else if (event.type === 'outage.revised') {
      known.revised.push(event)
      known.revised.sort((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq)
    } else known.ended ??= event
    return true
  }

  /** Until when an outage explains calls, as far as was known at an instant. */
  function explainsUntil(id: string, knownAt: number): number {
    const { declared, revised = [], ended } = outages.get(id) ?? {}
    if (!declared || declared.recordedAt > knownAt) return Number.NEGATIVE_INFINITY
    if (ended && ended.recordedAt <= knownAt) return ended.occurredAt + AFTER
    const promise = revised.findLast(({ recordedAt }) => recordedAt <= knownAt) ?? declared
    return promise.endsAt === undefined ? declared.startsAt + UNPROMISED : promise.endsAt + OVERDUE
  }

  return {
    apply,
    /** The announced outage that explains a call from a building at an instant, as far as was known at another. */
    explaining(
      building: string,
      resource: Resource,
      at: number,
      knownAt: number,
    ): string | undefined {
      for (const id of byBuilding.get(building) ?? []) {
        const declared = outages.get(id)?.declared
        if (declared?.resource !== resource || at < declared.startsAt - BEFORE) continue
        if (at < explainsUntil(id, knownAt)) return id
      }
      return undefined
    },
    all(): DeclaredOutage[] {
      return [...outages].flatMap(([id, { declared, revised, ended }]) =>
        declared ? [told(id, declared, revised, ended)] : [],
      )
    },
  }
}

/** The cause as everybody may read it; the log keeps it as it came. */
const withShownCause = (event: Declared): Declared =>
  event.cause === undefined ? event : { ...event, cause: maskedText(event.cause) }

const told = (
  id: string,
  declared: Declared,
  revised: readonly Revised[],
  ended: Ended | undefined,
): DeclaredOutage => ({
  id,
  resource: declared.resource,
  planned: declared.planned,
  buildings: declared.buildings,
  organization: declared.organization ?? null,
  source: declared.source,
  startsAt: declared.startsAt,
  promises: [
    { at: declared.occurredAt, endsAt: declared.endsAt ?? null },
    ...revised.map(({ occurredAt, endsAt }) => ({ at: occurredAt, endsAt })),
  ],
  endedAt: ended?.occurredAt ?? null,
  cause: declared.cause ?? null,
  suspicion: declared.suspicion ?? null,
  declaredAt: declared.occurredAt,
  declaredHeardAt: declared.recordedAt,
  endedHeardAt: ended?.recordedAt ?? null,
})
