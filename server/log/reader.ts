import { DatabaseSync } from 'node:sqlite'
import type { Recorded } from '#server/contract/events.ts'
import type { Log } from './log.ts'
import { COLUMNS, eventOf } from './rows.ts'

type Reader = Pick<Log, 'read' | 'stream' | 'registry' | 'requestStreams' | 'key'> & {
  close(): void
}

/** Reads what is committed, beside the connection that writes. */
export function openReader(file: string): Reader {
  const open = () => {
    const db = new DatabaseSync(file, { readOnly: true })
    db.exec('PRAGMA busy_timeout = 5000')
    return db
  }
  const db = open()
  const readAfter = db.prepare(`SELECT ${COLUMNS} FROM event WHERE seq > ? ORDER BY seq LIMIT ?`)
  const readStream = db.prepare(`SELECT ${COLUMNS} FROM event WHERE stream = ? ORDER BY seq`)
  const readKey = db.prepare('SELECT key FROM stream WHERE name = ?')

  /** A connection of its own, so that a long walk does not pin the snapshot of the short reads. */
  function* walk(sql: string) {
    const own = open()
    // Streams that live side by side share pages: with the default of 2 MB each page is read several times.
    own.exec('PRAGMA cache_size = -16384')
    try {
      for (const row of own.prepare(sql).iterate())
        yield { stream: Number(row.stream), event: eventOf(row) }
    } finally {
      own.close()
    }
  }

  return {
    read: (after, limit) => readAfter.all(after, limit).map(eventOf),
    stream: (key) => readStream.all(key).map(eventOf),
    *registry() {
      const sql = `SELECT ${COLUMNS} FROM event INDEXED BY event_registry
        WHERE substr(type, 1, 8) <> 'request.' ORDER BY seq`
      for (const { event } of walk(sql)) yield event
    },
    *requestStreams() {
      const sql = `SELECT ${COLUMNS} FROM event INDEXED BY event_stream
        WHERE substr(type, 1, 8) = 'request.' ORDER BY stream, seq`
      let group: { key: number; events: Recorded[] } | undefined
      for (const { stream, event } of walk(sql)) {
        if (group?.key === stream) group.events.push(event)
        else {
          if (group) yield group
          group = { key: stream, events: [event] }
        }
      }
      if (group) yield group
    },
    key: (stream) => {
      const row = readKey.get(stream)
      return row && Number(row.key)
    },
    close: () => db.close(),
  }
}
