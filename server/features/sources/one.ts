import type { ImportEntry, QuarantinedRow } from '#server/log/imports.ts'
import type { IntakeRefusal } from '#server/log/intake.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { type SourceLine, sourceList } from './list.ts'
import { periodsOf, type TestPeriod } from './test-mode.ts'

const ROWS = 100
const REFUSALS = 30
const IMPORTS = 20

export interface OneSource {
  now: number
  source: SourceLine
  periods: TestPeriod[]
  refusals: IntakeRefusal[]
  /** Files of the source, the newest first. */
  imports: ImportEntry[]
  /** Rows that could not be stored; of each file the first. */
  quarantine: (QuarantinedRow & { file: string })[]
  /** Records of a peer that are not right. */
  problems: { id: string; why: string }[]
  /** Where it sends to, and the name of the key it presents; never a key. */
  connect: { address: string | null; key: string | null }
}

export function oneSource(ctx: Context, id: string): OneSource {
  const { now, sources } = sourceList(ctx)
  const source = sources.find((known) => known.id === id)
  if (!source) throw new Refusal('NOT_FOUND', `no source "${id}" ever sent anything or is set up`)
  const { imports, intake } = ctx.log
  const files = imports
    .list()
    .filter((entry) => entry.source === id)
    .reverse()
    .slice(0, IMPORTS)
  const quarantine = files
    .flatMap((entry) =>
      imports.rows(entry.id, { limit: ROWS }).map((row) => ({ ...row, file: entry.file })),
    )
    .slice(0, ROWS)
  return {
    ...{ now, source, quarantine, imports: files },
    periods: periodsOf(ctx.log, id),
    refusals: intake.refusals(id, REFUSALS),
    problems: ctx.sources.peers().find(({ name }) => name === id)?.problems ?? [],
    connect: connectOf(source),
  }
}

function connectOf({ kind, id }: SourceLine): OneSource['connect'] {
  switch (kind) {
    case 'webhook':
      return { address: `/ingest/webhooks/${encodeURIComponent(id)}`, key: `sources.json: ${id}` }
    case 'open311-key':
      return { address: '/open311/v2', key: `sources.json: ${id}` }
    case 'events':
      return { address: '/ingest/events', key: 'ingest.key' }
    default:
      return { address: null, key: null }
  }
}
