import { id } from '#server/contract/event-fields.ts'
import type { SqliteLog } from '#server/log/sqlite.ts'
import type { Item } from './lines.ts'

interface Refused {
  status: number
  body: object
}
interface Keeping {
  log: Pick<SqliteLog, 'intake'>
  report: (where: string, cause: unknown) => void
}

/** The batch itself is at fault; others may be sent again as they are. */
const AT_FAULT: ReadonlySet<number> = new Set([400, 409, 413, 415])
/** Of one batch: a batch that invents sources is refused all the same. */
const MOST_SOURCES = 20

/** A refused batch stands in the completeness of the sources that it speaks for; nothing of its values is kept. */
export function noteRefused(items: readonly Item[], refused: Refused, { log, report }: Keeping) {
  const { status, body } = refused
  if (!AT_FAULT.has(status)) return
  const reason = 'error' in body ? String(body.error) : ''
  const counts = new Map<string, number>(items.length === 0 ? [['', 0]] : [])
  for (const { value } of items) {
    const told = typeof value === 'object' && value !== null && 'source' in value && value.source
    const source = id.safeParse(told).data ?? ''
    const name = counts.has(source) || counts.size < MOST_SOURCES ? source : ''
    counts.set(name, (counts.get(name) ?? 0) + 1)
  }
  try {
    for (const [source, events] of counts) log.intake.refuse({ source, status, events, reason })
  } catch (cause) {
    report('ingest.refused', cause)
  }
}
