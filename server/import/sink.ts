import type { DomainEvent, Recorded } from '#server/contract/events.ts'
import { streamOf } from '#server/contract/events.ts'
import { bodyOf } from '#server/log/canonical.ts'
import { ConflictError, type Log } from '#server/log/log.ts'
import { ENDINGS } from './steps.ts'

/** What a row says, as events. */
export interface Told {
  line: number
  events: readonly DomainEvent[]
  /** Set where the row says that this request is not closed, in a file that would know it at this instant. */
  openAt?: number
}
/** A field that the log has otherwise. `stands` is what the log has, or an earlier row of the file. */
export interface Difference {
  field: string
  says: unknown
  stands: unknown
}
/** `differs` wins over `stored`: something of the row could not be stored, though the rest was. */
export type Fate =
  | { is: 'stored' | 'known' }
  | { is: 'differs'; differences: readonly Difference[] }

const BATCH = 2_000
const ENDING_TYPES: ReadonlySet<string> = new Set(ENDINGS.map((step) => `request.${step}`))

/**
 * Stores rows in batches; a batch is durable when `settle` hears the fates of its rows. An event that is in the log
 * already, with the same body, changes nothing; with another body the log's stands and the row differs. Of an event whose
 * time is unknown, the earliest time by which it was known stands.
 */
export function createSink(log: Log, settle: (told: Told, fate: Fate) => void) {
  let rows: Told[] = []
  let count = 0
  let stored = 0

  /** Whether a batch is full, and wants a flush. */
  function add(told: Told): boolean {
    rows.push(told)
    count += told.events.length
    return count >= BATCH || rows.length >= BATCH
  }

  async function flush() {
    const batch = rows
    rows = []
    count = 0
    const differences = new Map<Told, Difference[]>()
    const fresh = new Map<string, DomainEvent>()
    const owner = new Map<string, Told>()
    const differ = (told: Told, found: readonly Difference[]) =>
      differences.set(told, [...(differences.get(told) ?? []), ...found])

    for (const told of batch)
      for (const event of told.events) {
        const before = fresh.get(event.id)
        if (!before) {
          fresh.set(event.id, event)
          owner.set(event.id, told)
        } else if (!same(event, before)) differ(told, differencesOf(event, before))
      }
    const appended = await append(fresh, (event, found) => {
      const told = owner.get(event.id)
      if (told) differ(told, found)
    })
    stored += appended.size
    for (const told of batch) {
      if (told.openAt !== undefined) differ(told, closedAnyway(told.openAt, told, appended))
      const found = differences.get(told)
      const mine = (event: DomainEvent) => appended.has(event.id) && owner.get(event.id) === told
      if (found && found.length > 0) settle(told, { is: 'differs', differences: found })
      else settle(told, { is: told.events.some(mine) ? 'stored' : 'known' })
    }
  }

  /** Ids of what was newly stored. */
  async function append(
    events: Map<string, DomainEvent>,
    differs: (event: DomainEvent, found: readonly Difference[]) => void,
  ): Promise<Set<string>> {
    for (;;) {
      if (events.size === 0) return new Set()
      try {
        const appended = await log.append([...events.values()])
        return new Set(appended.stored.map(({ id }) => id))
      } catch (cause) {
        if (!(cause instanceof ConflictError)) throw cause
        takeOut(cause.id, events, differs)
      }
    }
  }

  /** All conflicts of the batch at once, so that a file with many costs two appends for a batch and not one for each. */
  function takeOut(
    id: string,
    events: Map<string, DomainEvent>,
    differs: (event: DomainEvent, found: readonly Difference[]) => void,
  ) {
    for (const event of [...events.values()]) {
      const stands = storedEvent(event)
      if (stands && same(event, stands)) continue
      if (!stands && event.id !== id) continue
      events.delete(event.id)
      if (stands?.timeUnknown && event.timeUnknown && bodyOf(told(stands)) === bodyOf(event))
        continue
      differs(event, stands ? differencesOf(event, told(stands)) : [unexplained(event)])
    }
  }

  function storedEvent(event: DomainEvent): Recorded | undefined {
    const key = log.key(streamOf(event))
    return key === undefined ? undefined : log.stream(key).find(({ id }) => id === event.id)
  }

  /** The log has the request closed before the file was made, and the file does not say when it was reopened. */
  function closedAnyway(at: number, { events }: Told, appended: ReadonlySet<string>): Difference[] {
    const [registered] = events
    if (!registered || appended.has(registered.id)) return []
    const key = log.key(streamOf(registered))
    const stream = key === undefined ? [] : log.stream(key)
    const last = stream
      .filter(({ type }) => ENDING_TYPES.has(type) || type === 'request.reopened')
      .sort((a, b) => a.occurredAt - b.occurredAt)
      .at(-1)
    if (!last || last.type === 'request.reopened' || last.occurredAt > at) return []
    return [{ field: 'status', says: 'open', stands: last.type }]
  }

  return { add, flush, stored: () => stored }
}

const told = ({ seq: _seq, recordedAt: _recordedAt, ...event }: Recorded): DomainEvent =>
  // The log adds these two to what it was given.
  event as DomainEvent

const same = (a: DomainEvent, b: DomainEvent | Recorded): boolean =>
  a.type === b.type &&
  a.occurredAt === b.occurredAt &&
  a.source === b.source &&
  bodyOf(a) === bodyOf('seq' in b ? told(b) : b)

function differencesOf(says: DomainEvent, stands: DomainEvent): Difference[] {
  const a = says as unknown as Record<string, unknown>
  const b = stands as unknown as Record<string, unknown>
  return [...new Set([...Object.keys(a), ...Object.keys(b)])]
    .filter((field) => field !== 'id' && JSON.stringify(a[field]) !== JSON.stringify(b[field]))
    .map((field) => ({ field: `${says.type}/${field}`, says: a[field], stands: b[field] }))
}

const unexplained = (event: DomainEvent): Difference => ({
  field: `${event.type}/id`,
  says: event.id,
  stands: undefined,
})
