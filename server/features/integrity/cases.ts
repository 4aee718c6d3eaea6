import { z } from 'zod'
import type { Filter } from '#server/contract/filter.ts'
import type { Indicator } from '#server/contract/integrity.ts'
import { OUTCOMES, type Outcome, type Words } from '#server/contract/vocabulary.ts'
import type { Burst } from '#server/stats/mass-closing.ts'
import { ask } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'now'>
const MINUTE = 60_000
const SHOWN = 50
/** For a spot check by hand (method, section 9). */
const SAMPLE = 30

export interface Case {
  /** A time of one account, or a document. */
  kind: 'burst' | 'scan'
  requests: number
  /** Of an account its number within the organization, of a document its reference. */
  name: string
  /** First instant, and how many minutes; null of a document. */
  at: number | null
  minutes: number | null
  filter: Filter
}

/** `2026-03-02T12:30Z`, or with `/PT10M`. */
export const timeOf = ({ start, minutes }: Burst) =>
  `${new Date(start * MINUTE).toISOString().slice(0, 16)}Z${minutes > 1 ? '/PT10M' : ''}`

const SCANS = {
  name: 'integrity.scans',
  row: z.object({ scan: z.string(), requests: z.number().int(), first: z.number().nullable() }),
  sql: `
    SELECT scan, count(*) AS requests, min(work_done_at) AS first
    FROM request
    WHERE ${WITHIN_FILTER}
    GROUP BY scan
    ORDER BY requests DESC, scan
    LIMIT ${SHOWN}`,
}

export async function casesOf(
  context: Asked,
  indicator: Indicator,
  { events, bursts }: { events: Filter; bursts: readonly Burst[] },
): Promise<Case[]> {
  if (indicator === 'massClosing') {
    const accounts = [...new Set(bursts.map(({ account }) => account))].sort((a, b) => a - b)
    return bursts.slice(0, SHOWN).map((burst) => ({
      kind: 'burst',
      requests: burst.closings,
      name: String(accounts.indexOf(burst.account) + 1),
      at: burst.start * MINUTE,
      minutes: burst.minutes,
      filter: { ...events, account: [String(burst.account)], closedIn: [timeOf(burst)] },
    }))
  }
  if (indicator !== 'scanReuse') return []
  const { engine, registry, now } = context
  const scans = await ask(engine, SCANS, bindFilter(events, registry, now()))
  return scans.map(({ scan, requests, first }) => ({
    ...{ kind: 'scan' as const, requests, name: scan, at: first, minutes: null },
    filter: { ...events, scan: [scan] },
  }))
}

const instant = z.number().nullable()
const SAMPLED = {
  name: 'integrity.sample',
  row: z.object({
    number: z.string(),
    building: z.number().int(),
    category: z.number().int(),
    registeredAt: z.number(),
    firstClosedAt: instant,
    dueAt: instant,
    outcome: z.number().int(),
  }),
  // An order that has nothing to do with time, place or size, and is the same whenever it is asked.
  sql: `
    SELECT number, building, category, registered_at AS "registeredAt", first_closed_at AS "firstClosedAt",
      due_at AS "dueAt", outcome
    FROM request
    WHERE ${WITHIN_FILTER}
    ORDER BY (CAST(request AS BIGINT) * 7919) % 10007, request
    LIMIT ${SAMPLE}`,
}

export interface Sampled {
  number: string
  address: Words | null
  category: Words | null
  registeredAt: number
  firstClosedAt: number | null
  dueAt: number | null
  outcome: Outcome
}

/** Thirty of the requests that a filter lets through, taken without regard to what they are. */
export async function sampleOf(
  { engine, registry, now }: Asked,
  filter: Filter,
): Promise<Sampled[]> {
  const rows = await ask(engine, SAMPLED, bindFilter(filter, registry, now()))
  return rows.map(({ building, category, outcome, ...row }) => ({
    ...row,
    address: registry.building(building)?.address ?? null,
    category: registry.category(category)?.name ?? null,
    outcome: OUTCOMES[outcome] ?? 'open',
  }))
}
