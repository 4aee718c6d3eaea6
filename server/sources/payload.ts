import type { DomainEvent } from '#server/contract/events.ts'
import { fieldReaders, type Row } from '#server/import/fields.ts'
import type { RequestsMapping } from '#server/import/mapping.ts'
import { eventsOfRequest, requestReader } from '#server/import/requests.ts'
import { BatchFault, type LineFault } from '#server/ingest/lines.ts'

/** A JSON body as one row: `ticket.id` is the column of `{ "ticket": { "id": … } }`. Lists are not read. */
function cellsOf(value: unknown, path = ''): [column: string, cell: string][] {
  if (value === null || value === undefined || Array.isArray(value)) return []
  if (typeof value !== 'object') return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) =>
    cellsOf(inner, path ? `${path}.${key}` : key),
  )
}

/** Columns that the mapping names, wherever in it. A message may lack some of them: they are empty then. */
function columnsOf(mapping: unknown): string[] {
  if (typeof mapping !== 'object' || mapping === null) return []
  return Object.entries(mapping).flatMap(([key, value]) =>
    key === 'column' && typeof value === 'string' ? [value] : columnsOf(value),
  )
}

/** What a message says of a request. Throws BatchFault with the column and the reason, never with a value. */
export function eventsOfPayload(
  value: unknown,
  mapping: RequestsMapping,
  source: string,
  now: number,
): DomainEvent[] {
  const cells = new Map(cellsOf(value))
  const columns = [...new Set(columnsOf(mapping))]
  const row: Row = {
    line: 1,
    cells: columns.map((column) => cells.get(column) ?? ''),
    faults: [],
    notes: [],
  }
  const draft = requestReader(mapping, fieldReaders(mapping, columns, mapping.zone))(row)
  if (draft && row.faults.length === 0) return eventsOfRequest(draft, source, now)
  const faults: LineFault[] = row.faults.map(({ column, reason }) => ({
    line: 1,
    path: column,
    message: reason,
  }))
  const [first] = faults
  throw new BatchFault(
    `the message is not a request: ${first?.path ?? ''} ${first?.message ?? ''}; nothing was stored`,
    faults,
  )
}
