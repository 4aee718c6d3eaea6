import { z } from 'zod'
import {
  CHANNELS,
  KINDS,
  type Mark,
  marksOf,
  OUTCOMES,
  PRIORITIES,
  STATES,
  type Words,
} from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import { ask } from '#server/store/ask.ts'
import type { Engine } from '#server/store/engine.ts'

const key = z.number().int()
const instant = z.number().nullable()

/** The facts of a line by their columns; everything a table or an export of requests may show. */
const Facts = z.object({
  request: key,
  number: z.string(),
  building: key,
  building_ref: z.string().nullable(),
  about: key,
  organization: key,
  current_organization: key,
  contractor: key,
  district: key,
  category: key,
  source: z.string().nullable(),
  channel: key,
  priority: key,
  kind: key,
  state: key,
  outcome: key,
  registered_at: z.number(),
  acknowledged_at: instant,
  arrived_at: instant,
  work_done_at: instant,
  first_closed_at: instant,
  closed_at: instant,
  due_at: instant,
  due_basis: z.string().nullable(),
  response_s: z.number().nullable(),
  resolution_s: z.number().nullable(),
  reopenings: key,
  returns: key,
  transfers: key,
  marks: key,
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  place: z.string().nullable(),
  address_score: z.number().nullable(),
  test: z.boolean(),
  appeal_at: instant,
  incident: key,
  incident_reopen_delay_s: z.number().nullable(),
  joined_to: key.nullable(),
  hidden_repeat_of: key.nullable(),
  duplicate_of: key.nullable(),
  downgrade_s: z.number().nullable(),
  misdirected: z.boolean(),
  addressee: z.string().nullable(),
})
export type LineFacts = z.output<typeof Facts>

/** The rows of these requests, in no order. */
const LINES = {
  name: 'requests.lines',
  row: Facts,
  sql: `
    SELECT ${Object.keys(Facts.shape).join(', ')}
    FROM request
    WHERE request IN (SELECT unnest($keys))`,
}

/** The facts of these requests in this order. One that is gone meanwhile is left out. */
export async function factsOf(engine: Engine, keys: readonly number[]): Promise<LineFacts[]> {
  if (keys.length === 0) return []
  return inOrder(keys, await ask(engine, LINES, { keys }))
}

/** The same, without keeping the answer for others: for exports, which ask for every row once. */
export async function factsOnce(engine: Engine, keys: readonly number[]): Promise<LineFacts[]> {
  if (keys.length === 0) return []
  return inOrder(keys, z.array(Facts).parse(await engine.query(LINES.sql, { keys })))
}

function inOrder(keys: readonly number[], rows: readonly LineFacts[]): LineFacts[] {
  const byKey = new Map(rows.map((row) => [row.request, row]))
  return keys.flatMap((request) => byKey.get(request) ?? [])
}

export interface Named {
  id: string
  name: string
}

/** A request in a list. Nothing of it is personal. */
export interface RequestLine {
  number: string
  building: { id: string; address: Words } | null
  /** What the source called the place where no building of the registry matched. */
  place: string | null
  /** How like the address of the building is to `place`, 0 to 1, where that alone names the building. */
  addressScore: number | null
  district: Words | null
  /** Responsible at registration. */
  organization: Named | null
  /** Responsible now, or when it closed. */
  responsible: Named | null
  category: Words | null
  channel: (typeof CHANNELS)[number]
  priority: (typeof PRIORITIES)[number]
  kind: (typeof KINDS)[number]
  state: (typeof STATES)[number]
  outcome: (typeof OUTCOMES)[number]
  registeredAt: number
  dueAt: number | null
  /** `source`, or the norm that set it. */
  dueBasis: string | null
  closedAt: number | null
  reopenings: number
  returns: number
  transfers: number
  marks: Mark[]
  /** It, or its source at that time, was a test: no number counts it. */
  test: boolean
  /** Of a social network; nobody confirmed who asks, and legal clocks do not run. */
  message: boolean
}

export function lineOf(row: LineFacts, registry: Registry): RequestLine {
  const building = registry.building(row.building)
  const named = (organization: number): Named | null => {
    const found = registry.organization(organization)
    return found ? { id: found.id, name: found.name } : null
  }
  return {
    number: row.number,
    building: building ? { id: building.id, address: building.address } : null,
    place: row.place ?? row.building_ref,
    addressScore: row.address_score === null ? null : row.address_score / 100,
    district: registry.district(row.district)?.name ?? null,
    organization: named(row.organization),
    responsible: named(row.current_organization),
    category: registry.category(row.category)?.name ?? null,
    channel: CHANNELS[row.channel] ?? 'unknown',
    priority: PRIORITIES[row.priority] ?? 'ordinary',
    kind: KINDS[row.kind] ?? 'work_request',
    state: STATES[row.state] ?? 'registered',
    outcome: OUTCOMES[row.outcome] ?? 'open',
    registeredAt: row.registered_at,
    dueAt: row.due_at,
    dueBasis: row.due_basis,
    closedAt: row.closed_at,
    reopenings: row.reopenings,
    returns: row.returns,
    transfers: row.transfers,
    marks: marksOf(row.marks),
    test: row.test,
    message: row.appeal_at === null,
  }
}
