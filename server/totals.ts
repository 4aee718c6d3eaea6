import { Hono } from 'hono'
import { z } from 'zod'
import { tokenOf } from './contract/measures/versions.ts'
import { inLanguage } from './contract/vocabulary.ts'
import { isTransfer, type Registry } from './domain/registry.ts'
import { OPEN, OVERDUE } from './metrics.ts'
import type { House } from './open.ts'
import { quarantineOf } from './sources/quarantine.ts'
import { ask } from './store/ask.ts'
import { minuteOf } from './store/within.ts'

const count = z.number().int()

const TOTALS = {
  name: 'totals',
  row: z.object({ requests: count, open: count, overdue: count }),
  sql: `
    SELECT count(*) AS requests,
      count(*) FILTER (WHERE ${OPEN}) AS open,
      count(*) FILTER (WHERE ${OVERDUE}) AS overdue
    FROM request WHERE test = false`,
}

const by = (key: 'organization' | 'building') => ({
  name: `totalsBy ${key}`,
  row: z.object({ key: count, requests: count, open: count, overdue: count }),
  sql: `
    SELECT ${key} AS key, count(*) AS requests,
      count(*) FILTER (WHERE ${OPEN}) AS open,
      count(*) FILTER (WHERE ${OVERDUE}) AS overdue
    FROM request WHERE test = false
    GROUP BY ${key} ORDER BY requests DESC, ${key}`,
})
const BY = { organization: by('organization'), building: by('building') }

export type Dimension = keyof typeof BY
export const DIMENSIONS = Object.keys(BY) as Dimension[]

export interface Totals {
  requests: number
  open: number
  overdue: number
  /** Every building ever registered, those that are gone included. */
  buildings: number
  buildingsGone: number
  organizations: number
  /** Changes of tenure from one known organization to another. */
  transfers: number
  /** The sum of the two below. */
  quarantined: number
  /** Rows of imports and events of messages that could not be stored. */
  quarantinedRows: number
  /** Requests that are stored and counted, whose times are at fault. */
  markedRecords: number
  events: number
  lastSeq: number
}

/** What is stored, as of `now`. Test requests are left out, as everywhere. */
export async function totalsOf({ context, log }: House, now: number): Promise<Totals> {
  const { engine, registry } = context
  const [row] = await ask(engine, TOTALS, { now: minuteOf(now) })
  const { requests = 0, open = 0, overdue = 0 } = row ?? {}
  const { rows, records } = await quarantineOf(engine, log)
  const buildings = [...registry.buildings()]
  const lastSeq = log.lastSeq()
  return {
    requests,
    open,
    overdue,
    buildings: buildings.length,
    buildingsGone: buildings.filter(({ gone }) => gone).length,
    organizations: [...registry.organizations()].length,
    transfers: transfersOf(registry),
    quarantined: rows + records,
    quarantinedRows: rows,
    markedRecords: records,
    events: lastSeq,
    lastSeq,
  }
}

export interface TotalsRow {
  /** Empty for requests that name nothing known. */
  id: string
  /** Of an organization its name, of a building its address. */
  name: string
  requests: number
  open: number
  overdue: number
}

export async function totalsBy(
  { context }: House,
  dimension: Dimension,
  now: number,
): Promise<TotalsRow[]> {
  const { engine, registry, city } = context
  const language = city.languages[0] ?? 'ru'
  const named = {
    organization: (key: number) => {
      const found = registry.organization(key)
      return { id: found?.id ?? '', name: found?.name ?? '' }
    },
    building: (key: number) => {
      const found = registry.building(key)
      return { id: found?.id ?? '', name: found ? inLanguage(found.address, language) : '' }
    },
  }[dimension]
  const rows = await ask(engine, BY[dimension], { now: minuteOf(now) })
  return rows.map(({ key, ...counts }) => ({ ...named(key), ...counts }))
}

/** Exact names of `requests`, `open` and `overdue`; beside the answer, so that its keys stay counts. */
const MEASURES = (['registered', 'open', 'overdue'] as const).map(tokenOf).join(', ')

const Query = z.object({
  by: z.enum(DIMENSIONS).optional(),
  now: z.coerce.number().int().optional(),
})

/** `GET /totals[?by=organization|building]`: what `domovoi totals` prints while a server holds the data folder. */
export function totalsRoutes(house: House): Hono {
  return new Hono().get('/totals', async (c) => {
    const query = Query.safeParse(c.req.query())
    if (!query.success) return c.json({ error: `by is one of ${DIMENSIONS.join(', ')}` }, 400)
    const { by, now = house.context.now() } = query.data
    c.header('x-measures', MEASURES)
    return c.json(by ? await totalsBy(house, by, now) : await totalsOf(house, now))
  })
}

function transfersOf(registry: Registry): number {
  let transfers = 0
  for (const { tenures } of registry.buildings())
    for (const [index, tenure] of tenures.entries())
      if (isTransfer(tenures[index - 1], tenure)) transfers++
  return transfers
}
