import { streamOf } from '#server/contract/events.ts'
import { openForReading, rowsAsArrays } from './file.ts'
import type { Log } from './log.ts'
import { COLUMNS, type EventRow, eventIn } from './rows.ts'

type Reader = Pick<Log, 'read' | 'stream' | 'registry' | 'key'> & {
  close(): void
}

/** Keys never change; the streams that are told of now are told of again soon. */
const KEYS_REMEMBERED = 20_000

/** Reads what is committed, beside the connection that writes. */
export function openReader(file: string): Reader {
  const db = openForReading(file)
  const prepare = (sql: string) => rowsAsArrays(db.prepare(sql))
  const readAfter = prepare(`SELECT ${COLUMNS} FROM event WHERE seq > ? ORDER BY seq LIMIT ?`)
  const readStream = prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? ORDER BY seq`)
  const readKey = db.prepare('SELECT key FROM stream WHERE name = ?')
  const keys = new Map<string, number>()
  function remember(stream: string, key: number): number {
    if (keys.size >= KEYS_REMEMBERED) keys.clear()
    keys.set(stream, key)
    return key
  }

  return {
    read: (after, limit) => readAfter.all(after, limit).map((row) => eventIn(eventRow(row))),
    stream: (key) => readStream.all(key).map((row) => eventIn(eventRow(row))),
    /** In a connection of its own, so that a long walk does not pin the snapshot of the short reads. */
    *registry() {
      const own = openForReading(file)
      try {
        const rows = rowsAsArrays(
          own.prepare(`SELECT ${COLUMNS} FROM event INDEXED BY event_registry
            WHERE substr(type, 1, 8) <> 'request.' ORDER BY seq`),
        )
        for (const row of rows.iterate()) {
          const event = eventIn(eventRow(row))
          remember(streamOf(event), eventRow(row)[2])
          yield event
        }
      } finally {
        own.close()
      }
    },
    key: (stream) => {
      const known = keys.get(stream)
      if (known !== undefined) return known
      const row = readKey.get(stream)
      return row && remember(stream, Number(row.key))
    },
    close: () => db.close(),
  }
}

// The types of node:sqlite know rows as objects only; the table is STRICT, and COLUMNS gives the order.
const eventRow = (row: unknown) => row as EventRow
