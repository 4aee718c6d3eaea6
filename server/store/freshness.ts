import type { Recorded } from '#server/contract/events.ts'
import type { Writer } from './duckdb.ts'
import { SOURCE_COLUMNS } from './schema.ts'

export interface Heard {
  occurredAt: number
  recordedAt: number
}

/** When each source last reported of requests; a register speaks now and then and is not missed. A time in the future is no news of the present and counts as told when it reached us. */
export function createFreshness() {
  const sources = new Map<string, Heard>()
  return {
    sources: sources as ReadonlyMap<string, Heard>,
    hear({ source, occurredAt, recordedAt }: Pick<Recorded, 'source' | keyof Heard>) {
      const known = sources.get(source)
      const told = Math.min(occurredAt, recordedAt)
      sources.set(source, {
        occurredAt: known ? Math.max(known.occurredAt, told) : told,
        recordedAt: known ? Math.max(known.recordedAt, recordedAt) : recordedAt,
      })
    },
  }
}

export const READ_SOURCES = 'SELECT source, occurred_at, recorded_at FROM source'

/** Writes down all that is known of the sources; there are few. */
export async function writeFreshness(writer: Writer, sources: ReadonlyMap<string, Heard>) {
  await writer.run('DELETE FROM source')
  const rows = [...sources].map(([source, { occurredAt, recordedAt }]) => ({
    source,
    occurred_at: occurredAt,
    recorded_at: recordedAt,
  }))
  await writer.append('source', SOURCE_COLUMNS, rows)
}
