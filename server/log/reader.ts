import { DatabaseSync } from 'node:sqlite'
import type { Recorded } from '#server/contract/events.ts'
import type { Log } from './log.ts'
import { COLUMNS, type EventRow, eventIn } from './rows.ts'

type Reader = Pick<Log, 'read' | 'stream' | 'registry' | 'requestStreams' | 'key'> & {
  close(): void
}

const MAPPED_BYTES = 2 ** 36
/** Keys never change; the streams that are told of now are told of again soon. */
const KEYS_REMEMBERED = 20_000

/** Reads what is committed, beside the connection that writes. */
export function openReader(file: string): Reader {
  const open = () => {
    const db = new DatabaseSync(file, { readOnly: true })
    db.exec('PRAGMA busy_timeout = 5000')
    return db
  }
  const db = open()
  const readAfter = prepare(db, `SELECT ${COLUMNS} FROM event WHERE seq > ? ORDER BY seq LIMIT ?`)
  const readStream = prepare(db, `SELECT ${COLUMNS} FROM event WHERE stream = ? ORDER BY seq`)
  const readKey = db.prepare('SELECT key FROM stream WHERE name = ?')
  const keys = new Map<string, number>()

  /** A connection of its own, so that a long walk does not pin the snapshot of the short reads. */
  function* walk(sql: string, mapped = 0) {
    const own = open()
    own.exec(`PRAGMA mmap_size = ${mapped}`)
    try {
      for (const row of prepare(own, sql).iterate())
        yield { stream: eventRow(row)[2], event: eventIn(eventRow(row)) }
    } finally {
      own.close()
    }
  }

  return {
    read: (after, limit) => readAfter.all(after, limit).map((row) => eventIn(eventRow(row))),
    stream: (key) => readStream.all(key).map((row) => eventIn(eventRow(row))),
    *registry() {
      const sql = `SELECT ${COLUMNS} FROM event INDEXED BY event_registry
        WHERE substr(type, 1, 8) <> 'request.' ORDER BY seq`
      for (const { event } of walk(sql)) yield event
    },
    *requestStreams() {
      const sql = `SELECT ${COLUMNS} FROM event INDEXED BY event_stream
        WHERE substr(type, 1, 8) = 'request.' ORDER BY stream, seq`
      let group: { key: number; events: Recorded[] } | undefined
      // Streams that live side by side share pages: mapped, a page that is read several times is copied never.
      for (const { stream, event } of walk(sql, MAPPED_BYTES)) {
        if (group?.key === stream) group.events.push(event)
        else {
          if (group) yield group
          group = { key: stream, events: [event] }
        }
      }
      if (group) yield group
    },
    key: (stream) => {
      const known = keys.get(stream)
      if (known !== undefined) return known
      const row = readKey.get(stream)
      if (!row) return undefined
      if (keys.size >= KEYS_REMEMBERED) keys.clear()
      keys.set(stream, Number(row.key))
      return Number(row.key)
    },
    close: () => db.close(),
  }
}

/** Rows as arrays: an object for each of millions costs more than what is in it. */
function prepare(db: DatabaseSync, sql: string) {
  const statement = db.prepare(sql)
  statement.setReturnArrays(true)
  return statement
}
// The types of node:sqlite know rows as objects only; the table is STRICT, and COLUMNS gives the order.
const eventRow = (row: unknown) => row as EventRow
