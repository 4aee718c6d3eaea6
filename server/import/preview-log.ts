import { type DomainEvent, type Recorded, streamOf } from '#server/contract/events.ts'
import { bodyOf } from '#server/log/canonical.ts'
import type { Imports, QuarantinedRow } from '#server/log/imports.ts'
import { ConflictError, type Log } from '#server/log/log.ts'

/** Answers as the log would, and stores nothing: what would be stored is kept in memory. */
export function previewLog(log: Log, now: () => number) {
  const overlay = new Map<string, Recorded[]>()
  const names = new Map<number, string>()
  const stored: DomainEvent[] = []
  let added = 0

  const key = (stream: string): number | undefined => {
    const known = log.key(stream)
    if (known !== undefined) names.set(known, stream)
    else if (overlay.has(stream)) {
      const own = -[...overlay.keys()].indexOf(stream) - 1
      names.set(own, stream)
      return own
    }
    return known
  }
  const stream = (of: number): Recorded[] => [
    ...(of < 0 ? [] : log.stream(of)),
    ...(overlay.get(names.get(of) ?? '') ?? []),
  ]
  function standsFor(event: DomainEvent): Recorded | undefined {
    const name = streamOf(event)
    const held = overlay.get(name)?.find(({ id }) => id === event.id)
    if (held) return held
    const known = log.key(name)
    return known === undefined ? undefined : log.stream(known).find(({ id }) => id === event.id)
  }

  const shadow: Log = {
    ...log,
    key,
    stream,
    lastSeq: () => log.lastSeq() + added,
    async append(events) {
      const fresh: DomainEvent[] = []
      const known: string[] = []
      for (const event of events) {
        const stands = standsFor(event)
        if (!stands) fresh.push(event)
        else if (stands.occurredAt === event.occurredAt && bodyOf(told(stands)) === bodyOf(event))
          known.push(event.id)
        else throw new ConflictError(event.id)
      }
      const recorded = fresh.map((event) => ({ ...event, seq: ++added, recordedAt: now() }))
      for (const event of recorded) {
        const name = streamOf(event)
        overlay.set(name, [...(overlay.get(name) ?? []), event])
      }
      stored.push(...fresh)
      return { stored: recorded, known, lastSeq: log.lastSeq() + added }
    },
    follow: () => () => {},
    async close() {},
  }
  return { log: shadow, stored }
}

const told = ({ seq: _seq, recordedAt: _at, ...event }: Recorded): DomainEvent =>
  // The log adds these two to what it was given.
  event as DomainEvent

/** Rows that could not be stored, told to nobody but the preview. */
export function previewImports(most: number) {
  const rows: QuarantinedRow[] = []
  const imports: Imports = {
    begin: () => 0,
    quarantine(_id, found) {
      rows.push(...found.slice(0, Math.max(0, most - rows.length)))
    },
    finish() {},
    list: () => [],
    rows: () => rows,
    quarantined: () => rows.length,
  }
  return { imports, rows }
}
