import {
  type DomainEvent,
  isRequestEvent,
  type Recorded,
  streamOf,
} from '#server/contract/events.ts'
import { bodyOf } from '#server/log/canonical.ts'
import type { ImportEntry, Imports, QuarantinedRow } from '#server/log/imports.ts'
import { ConflictError, type Log } from '#server/log/log.ts'

/** A log without a disk, for tests that open thousands of them. Follows log.ts to the word. */
export function memoryLog(now: number): Log & { events: readonly Recorded[] } {
  const events: Recorded[] = []
  const byId = new Map<string, Recorded>()
  const keys = new Map<string, number>()
  const streams: Recorded[][] = []
  const sameAs = (a: DomainEvent, { seq: _seq, recordedAt: _at, ...b }: Recorded) =>
    a.type === b.type &&
    a.occurredAt === b.occurredAt &&
    a.source === b.source &&
    // The log adds these two to what it was given.
    bodyOf(a) === bodyOf(b as DomainEvent)

  return {
    events,
    async append(batch) {
      const fresh = new Map<string, Recorded>()
      const known: string[] = []
      for (const event of batch) {
        const before = byId.get(event.id) ?? fresh.get(event.id)
        if (!before)
          fresh.set(event.id, { ...event, seq: events.length + fresh.size + 1, recordedAt: now })
        else if (sameAs(event, before)) known.push(event.id)
        else throw new ConflictError(event.id)
      }
      for (const event of fresh.values()) {
        const name = streamOf(event)
        const key = keys.get(name) ?? keys.size + 1
        keys.set(name, key)
        streams[key] = [...(streams[key] ?? []), event]
        byId.set(event.id, event)
        events.push(event)
      }
      return { stored: [...fresh.values()], known, lastSeq: events.length }
    },
    read: (after, limit) => events.slice(after, after + limit),
    stream: (key) => streams[key] ?? [],
    registry: () => events.filter((event) => !isRequestEvent(event)),
    async *requestStreams() {
      for (const [key, group] of streams.entries())
        if (group?.[0] && isRequestEvent(group[0])) yield [{ key, events: group }]
    },
    key: (stream) => keys.get(stream),
    lastSeq: () => events.length,
    follow: () => () => {},
    close: async () => {},
  }
}

export function memoryImports(): Imports {
  const entries: ImportEntry[] = []
  const rows = new Map<number, QuarantinedRow[]>()
  return {
    begin(entry) {
      const known = entries.find((it) => it.sha256 === entry.sha256 && it.source === entry.source)
      const id = known?.id ?? entries.length + 1
      rows.set(id, [])
      if (!known) entries.push({ ...entry, id, read: 0, stored: 0, known: 0, quarantined: 0 })
      return id
    },
    quarantine: (id, found) => void rows.get(id)?.push(...found),
    finish(id, totals) {
      const entry = entries[id - 1]
      if (entry) Object.assign(entry, totals)
    },
    list: () => entries,
    rows: (id) => rows.get(id) ?? [],
    quarantined: () =>
      [...rows.values()].reduce((sum, found) => sum + new Set(found.map(({ row }) => row)).size, 0),
  }
}
