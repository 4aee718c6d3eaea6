import { DatabaseSync } from 'node:sqlite'
import { streamOf } from '#server/contract/events.ts'
import { chain, GENESIS } from './canonical.ts'
import { eventOf } from './rows.ts'

export interface Verified {
  events: number
  /** Hash of the last event: whoever kept an earlier one can see whether the log still continues it. */
  head: string
}

/** The first row that is not as it was written. Rows before it are. */
export class BrokenChainError extends Error {
  readonly seq: number
  readonly id: string
  readonly differs: string
  constructor(seq: number, id: string, differs: string) {
    super(`the log is broken at event ${seq}${id ? ` (id "${id}")` : ''}: ${differs}`)
    this.seq = seq
    this.id = id
    this.differs = differs
  }
}

const SQL = `
  SELECT seq, id, stream, type, occurred_at, recorded_at, source, body, hash, name
  FROM event LEFT JOIN stream ON key = stream ORDER BY seq`

const PROGRESS_EVERY = 5000

// SQLite's PERM, BUSY, LOCKED, READONLY and CANTOPEN: the medium is at fault, not the log.
const CANNOT_OPEN = new Set([3, 5, 6, 8, 14])

/** The log is whole in itself, but does not continue the one whose head was kept: its end was cut off, or it is another. */
export class LostHeadError extends Error {
  constructor(head: string, { events }: Verified) {
    super(
      `no event of this log has the hash ${head}: what was kept is not in its ${events} events, so its end was cut off since, or it is another log`,
    )
  }
}

/**
 * Walks the whole chain without writing; a server may go on appending. `kept` is a head told earlier, which must be a hash of
 * the chain. Throws BrokenChainError, LostHeadError.
 */
export function verifyLog(
  file: string,
  progress: (done: number, total: number) => void = () => {},
  kept?: string,
): Verified {
  const db = new DatabaseSync(file, { readOnly: true })
  let seq = 0
  let head = GENESIS
  let continues = kept === undefined || kept === GENESIS
  try {
    const total = Number(db.prepare('SELECT coalesce(max(seq), 0) AS n FROM event').get()?.n)
    for (const row of db.prepare(SQL).iterate()) {
      const id = String(row.id)
      const found = Number(row.seq)
      if (found !== seq + 1) throw new BrokenChainError(seq + 1, '', 'the row is missing')
      const hash = chain(head, {
        seq: found,
        id,
        type: String(row.type),
        occurredAt: Number(row.occurred_at),
        recordedAt: Number(row.recorded_at),
        source: String(row.source),
        body: String(row.body),
      })
      const written = Buffer.from(row.hash as Uint8Array)
      if (!hash.equals(written))
        throw new BrokenChainError(
          found,
          id,
          `its content and the hash of event ${seq} give ${short(hash)}, the row says ${short(written)}`,
        )
      const stream = streamOf(eventOf(row))
      if (row.name !== stream)
        throw new BrokenChainError(found, id, `it is kept under "${row.name}", not "${stream}"`)
      seq = found
      head = hash.toString('hex')
      if (head === kept) continues = true
      if (seq % PROGRESS_EVERY === 0) progress(seq, total)
      if (seq === total) break
    }
    progress(seq, total)
    if (kept !== undefined && !continues) throw new LostHeadError(kept, { events: seq, head })
    return { events: seq, head }
  } catch (cause) {
    if (cause instanceof BrokenChainError || cause instanceof LostHeadError) throw cause
    const why = cause instanceof Error ? cause.message : String(cause)
    const code = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : 0
    if (CANNOT_OPEN.has(code))
      throw new Error(
        `${file} cannot be opened here, which says nothing about its content (${why}); copy the data folder to a place that can be written and verify the copy`,
        { cause },
      )
    throw new BrokenChainError(seq + 1, '', `the file cannot be read there: ${why}`)
  } finally {
    db.close()
  }
}

const short = (hash: Buffer) => hash.toString('hex').slice(0, 16)
