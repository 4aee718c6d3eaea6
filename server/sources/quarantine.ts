import { z } from 'zod'
import { FAULT_BITS } from '#server/contract/vocabulary.ts'
import type { SqliteLog } from '#server/log/sqlite.ts'
import { ask } from '#server/store/ask.ts'
import type { Engine } from '#server/store/engine.ts'

/** What is set apart, in two ways: what could not be stored at all, and what is stored but not believed. */
export interface Quarantine {
  /** Rows of files, and events of messages, that could not be stored; their source corrects and sends them again. */
  rows: number
  /** Requests that are stored, shown and counted, whose times are at fault and measured nowhere. Tests are left out. */
  records: number
}

const MARKED = {
  name: 'quarantine.records',
  row: z.object({ records: z.number().int() }),
  sql: `SELECT count(*) AS records FROM request WHERE test = false AND (marks & ${FAULT_BITS}) <> 0`,
}

export async function quarantineOf(
  engine: Engine,
  { imports, intake }: Pick<SqliteLog, 'imports' | 'intake'>,
): Promise<Quarantine> {
  const [marked] = await ask(engine, MARKED)
  // A file counts once, however often it was sent, so its rows are not summed over arrivals.
  let rows = imports.quarantined()
  for (const { unit, quarantined } of intake.totals()) if (unit === 'event') rows += quarantined
  return { rows, records: marked?.records ?? 0 }
}
