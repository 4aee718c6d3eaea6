import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type DomainEvent, isRegistryEvent } from '#server/contract/events.ts'
import type { ImportPreview, Listed, TransferPair } from '#server/contract/import-preview.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { ALL_KNOWN, type RegistryTold, type Statement, standing } from '#server/domain/knowledge.ts'
import { FACTS, heldBy } from '#server/domain/tenure.ts'
import { canonicalJson } from '#server/log/canonical.ts'
import type { Log } from '#server/log/log.ts'
import { type ImportOptions, importFile } from './import.ts'
import { previewImports, previewLog } from './preview-log.ts'

/** Of each list; the report of the import itself has them all. */
const MOST = 300

export type PreviewOptions = Omit<ImportOptions, 'imports'>

/** What an import of the file would change in the registry now. Reads the file as the import does and stores nothing. Throws ImportRefusal. */
export async function previewImport(options: PreviewOptions): Promise<ImportPreview> {
  const { log, dataDir, now } = options
  const shadow = previewLog(log, now)
  const { imports, rows } = previewImports(MOST)
  const scratch = mkdtempSync(join(dataDir, 'preview-'))
  try {
    const report = await importFile({ ...options, log: shadow.log, imports, dataDir: scratch })
    return {
      file: basename(report.file),
      sha256: report.sha256,
      diff: hashOf(shadow.stored),
      asOf: report.asOf,
      rows: {
        read: report.rowsRead,
        new: report.stored,
        known: report.known,
        quarantined: report.quarantined,
      },
      events: shadow.stored.length,
      ...changesOf(shadow.stored, log),
      quarantined: {
        count: report.quarantined,
        first: rows.map(({ row, field, reason, value }) => ({ row, column: field, reason, value })),
      },
      warnings: report.warnings,
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

function hashOf(events: readonly DomainEvent[]): string {
  const hash = createHash('sha256')
  for (const event of events) hash.update(`${canonicalJson(event)}\n`)
  return hash.digest('hex')
}

type Changes = Pick<
  ImportPreview,
  | 'newBuildings'
  | 'changedBuildings'
  | 'gone'
  | 'newOrganizations'
  | 'renamed'
  | 'transfers'
  | 'taken'
  | 'lost'
>

/** New events against what stands in the log. */
function changesOf(fresh: readonly DomainEvent[], log: Log): Changes {
  const before = statementsOf(fresh, log)
  const registered = (stream: string) =>
    before.get(stream)?.findLast(({ type }) => type.endsWith('.registered'))
  const nameOf = namesBy(fresh, before)
  const addressOf = (id: string) => {
    const known = registered(`building:${id}`)
    return known?.type === 'building.registered' ? inLanguage(known.address, 'ru') : id
  }
  const found = {
    newBuildings: listed<{ id: string; address: string }>(),
    changedBuildings: listed<{ id: string; address: string; fields: string[] }>(),
    gone: listed<{ id: string; address: string }>(),
    newOrganizations: listed<{ id: string; name: string }>(),
    renamed: listed<{ id: string; before: string; after: string }>(),
  }
  const pairs = new Map<string, TransferPair>()
  let transfers = 0
  let taken = 0
  let lost = 0
  for (const event of fresh)
    switch (event.type) {
      case 'building.registered': {
        const known = registered(`building:${event.building}`)
        const address = inLanguage(event.address, 'ru')
        if (known?.type !== 'building.registered')
          add(found.newBuildings, { id: event.building, address })
        else {
          const fields = [...FACTS, 'address', 'district', 'lon', 'lat', 'outline'].filter(
            (field) => differs(known, event, field),
          )
          if (fields.length > 0)
            add(found.changedBuildings, { id: event.building, address, fields })
        }
        break
      }
      case 'building.removed':
        add(found.gone, { id: event.building, address: addressOf(event.building) })
        break
      case 'organization.registered': {
        const known = registered(`organization:${event.organization}`)
        const { organization: id, name } = event
        if (known?.type !== 'organization.registered') add(found.newOrganizations, { id, name })
        else if (known.name !== name) add(found.renamed, { id, before: known.name, after: name })
        break
      }
      case 'tenure.changed': {
        const held = heldBy(before.get(`building:${event.building}`) ?? []).at(-1)?.organization
        const holds = event.organization
        if (!held && holds !== null) taken++
        else if (held && holds === null) lost++
        else if (held && holds !== null && held !== holds) {
          transfers++
          const key = `${held}\n${holds}`
          const pair = pairs.get(key) ?? {
            from: { id: held, name: nameOf(held) },
            to: { id: holds, name: nameOf(holds) },
            buildings: 0,
          }
          pairs.set(key, pair)
          pair.buildings++
        }
      }
    }
  const inOrder = [...pairs.values()].sort(
    (a, b) => b.buildings - a.buildings || (a.from.id + a.to.id < b.from.id + b.to.id ? -1 : 1),
  )
  return {
    ...found,
    transfers: {
      count: transfers,
      pairs: { count: inOrder.length, first: inOrder.slice(0, MOST) },
    },
    taken,
    lost,
  }
}

/** What stands in the log of the buildings and organizations that the events speak of. */
function statementsOf(fresh: readonly DomainEvent[], log: Log): Map<string, Statement[]> {
  const wanted = new Set<string>()
  for (const event of fresh) {
    if ('building' in event && event.building) wanted.add(`building:${event.building}`)
    if ('organization' in event && event.organization)
      wanted.add(`organization:${event.organization}`)
  }
  const told = new Map<string, RegistryTold[]>()
  for (const event of log.registry()) {
    if (!isRegistryEvent(event)) continue
    const stream =
      'building' in event
        ? `building:${event.building}`
        : 'organization' in event
          ? `organization:${event.organization}`
          : ''
    const { building, organization } = { building: '', organization: '', ...event }
    // The names of those who held a building before are wanted too.
    if (!wanted.has(stream) && !(organization && !building)) continue
    const known = told.get(stream) ?? []
    told.set(stream, known)
    known.push(event)
  }
  return new Map([...told].map(([stream, events]) => [stream, standing(events, ALL_KNOWN).events]))
}

function namesBy(fresh: readonly DomainEvent[], before: ReadonlyMap<string, Statement[]>) {
  const renamed = new Map<string, string>()
  for (const event of fresh)
    if (event.type === 'organization.registered') renamed.set(event.organization, event.name)
  return (id: string) => {
    const known = before
      .get(`organization:${id}`)
      ?.findLast((event) => event.type === 'organization.registered')
    return renamed.get(id) ?? (known?.type === 'organization.registered' ? known.name : id)
  }
}

const differs = (before: object, after: object, field: string) => {
  const [was, is] = [before, after].map((one) => (one as Record<string, unknown>)[field])
  return is !== undefined && canonicalJson(was ?? null) !== canonicalJson(is)
}

const listed = <T>(): Listed<T> => ({ count: 0, first: [] })
function add<T>(list: Listed<T>, one: T) {
  list.count++
  if (list.first.length < MOST) list.first.push(one)
}
