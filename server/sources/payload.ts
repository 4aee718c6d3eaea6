import type { DomainEvent, Recorded } from '#server/contract/events.ts'
import type { Registry } from '#server/domain/registry.ts'
import { createCatalogue } from '#server/import/catalogue.ts'
import { cut, fieldReaders, type Row } from '#server/import/fields.ts'
import { columnsOf, type RequestsMapping } from '#server/import/mapping.ts'
import { eventsOfRequest, type RequestDraft, requestReader } from '#server/import/requests.ts'
import { BatchFault, type LineFault } from '#server/ingest/lines.ts'
import type { Log } from '#server/log/log.ts'
import { numberedSteps } from './turns.ts'

/** A JSON body as one row: `ticket.id` is the column of `{ "ticket": { "id": … } }`. Lists are not read. */
function cellsOf(value: unknown, path = ''): [column: string, cell: string][] {
  if (value === null || value === undefined || Array.isArray(value)) return []
  if (typeof value !== 'object') return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) =>
    cellsOf(inner, path ? `${path}.${key}` : key),
  )
}

export interface Reading {
  mapping: RequestsMapping
  source: string
  /** UTC epoch milliseconds. */
  now: number
  registry: Registry
  log: Pick<Log, 'key' | 'stream'>
}

/** What the messages of one body say of requests. Throws BatchFault with the column and the reason, never with a value. */
export function eventsOfPayloads(values: readonly unknown[], reading: Reading): DomainEvent[] {
  const { mapping, source, now, log } = reading
  const streams = new Map<string, (DomainEvent | Recorded)[]>()
  return values.flatMap((value) => {
    const draft = draftOf(value, mapping)
    const key = log.key(`request:${draft.number}`)
    const known = streams.get(draft.number) ?? (key === undefined ? [] : log.stream(key))
    const [registered, ...steps] = eventsOfRequest(draft, source, now)
    if (!registered) return []
    const told = [placed(registered, draft, known, reading), ...numberedSteps(steps, known, source)]
    streams.set(draft.number, [...known, ...told])
    return [...namesOf(draft, reading), ...told]
  })
}

/** With the address of a house that nobody knows by its id, so that a person can find it; once told it stays. */
function placed(
  registered: DomainEvent,
  { building }: RequestDraft,
  known: readonly (DomainEvent | Recorded)[],
  { registry }: Reading,
): DomainEvent {
  if (registered.type !== 'request.registered' || registered.place || !building) return registered
  const stands = known.find(({ id }) => id === registered.id)
  const unknown = registry.buildingById(building.id) ? undefined : building.address
  const place = stands?.type === registered.type ? stands.place : unknown && cut(unknown, 300)
  return place ? { ...registered, place } : registered
}

/** What is called by a name that nobody knows yet, as of a file; later names are the register's to tell. */
function namesOf(
  draft: RequestDraft,
  { mapping, source, now, registry, log }: Reading,
): DomainEvent[] {
  const { organization, category, district } = draft
  const fresh = <T extends { id: string; name: string | undefined }>(
    noun: string,
    told: T | undefined,
    find: (id: string) => unknown,
  ) =>
    told?.name && !find(told.id) && log.key(`${noun}:${told.id}`) === undefined ? told : undefined
  const catalogue = createCatalogue()
  catalogue.add({
    organization: fresh('organization', organization, registry.organizationById),
    category: fresh('category', category, registry.categoryById),
    district: fresh('district', district, registry.districtById),
    building: undefined,
    registeredAt: draft.registeredAt,
  })
  const at = Math.min(draft.registeredAt, now)
  const asOf = { at, date: new Date(at).toISOString().slice(0, 10) }
  return catalogue.events(new Map(), { source, language: mapping.language, asOf })
}

function draftOf(value: unknown, mapping: RequestsMapping): RequestDraft {
  const cells = new Map(cellsOf(value))
  const columns = columnsOf(mapping)
  const row: Row = {
    line: 1,
    cells: columns.map((column) => cells.get(column) ?? ''),
    faults: [],
    notes: [],
  }
  const draft = requestReader(mapping, fieldReaders(mapping, columns, mapping.zone))(row)
  if (draft && row.faults.length === 0) return draft
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
