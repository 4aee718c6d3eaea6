import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  SMALLINT,
  TINYINT,
  VARCHAR,
} from '@duckdb/node-api'
import { createChanges } from './changes.ts'
import type { Engine, NumberColumns, Params, Row } from './engine.ts'
import { openSession, type Session } from './session.ts'
import { fillInside } from './vector-inside.ts'
import { onlyRestricting } from './within.ts'

export interface FactsOptions {
  /** Path, or `:memory:`. */
  file: string
  memoryLimitMb?: number
  threads?: number
  readers?: number
  /** Writes nothing, not even a checkpoint: the way to go on reading on a full disk. */
  readOnly?: boolean
}

type Columns = Readonly<Record<string, string>>

/** One open transaction. */
export interface Writer {
  run(sql: string, params?: Params): Promise<void>
  query(sql: string, params?: Params): Promise<Row[]>
  columns(sql: string, params?: Params): Promise<NumberColumns>
  /** Rows in the order of `columns`, through the appender. */
  append(table: string, columns: Columns, rows: readonly Row[]): Promise<void>
  /** Rows of `request` registered on this local day are replaced or removed. Rows appended speak for themselves. */
  touches(day: number): void
}

/** The facts file: many readers, one writer. */
export interface Facts extends Engine {
  /**
   * One transaction, whole or not at all; afterwards the revision grows. Calls run one after another. Resolves with the first
   * local day of registration whose requests it touched, Infinity for none.
   */
  write(work: (writer: Writer) => Promise<void>): Promise<number>
  checkpoint(): Promise<void>
  close(): Promise<void>
}

const TYPES: Record<string, DuckDBType> = {
  INTEGER,
  BIGINT,
  SMALLINT,
  TINYINT,
  DOUBLE,
  BOOLEAN,
  VARCHAR,
}
/** Statements of which nobody knows which days they change. */
const REWRITES = /^\s*(UPDATE|INSERT INTO)\s+request\b/i
/** The engine's vector size: the most rows a chunk may carry. */
const CHUNK_ROWS = 2048

export async function openFacts({
  file,
  memoryLimitMb = 128,
  threads = 2,
  readers = 3,
  readOnly = false,
}: FactsOptions): Promise<Facts> {
  const instance = await DuckDBInstance.create(file, {
    access_mode: readOnly ? 'READ_ONLY' : 'READ_WRITE',
    threads: String(threads),
    memory_limit: `${memoryLimitMb}MB`,
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
    // What a question no longer holds goes back to the system at once, and not when 128 MB a thread lie idle.
    allocator_flush_threshold: '1MB',
    allocator_bulk_deallocation_flush_threshold: '1MB',
  })
  const writing = await openSession(instance, 'writing')
  await writing.connection.run('SET lock_configuration = true')
  const idle: Session[] = await Promise.all(
    Array.from({ length: readers }, () => openSession(instance, 'reading')),
  )
  const sessions = [writing, ...idle]
  const streams = new Set<Session>()
  const queue: ((session: Session) => void)[] = []
  let revision = 1
  let touched = Number.POSITIVE_INFINITY
  const changes = createChanges()
  let lastWrite: Promise<unknown> = Promise.resolve()

  const take = () => {
    const session = idle.pop()
    return session ?? new Promise<Session>((resolve) => queue.push(resolve))
  }
  const give = (session: Session) => {
    const next = queue.shift()
    if (next) next(session)
    else idle.push(session)
  }
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = lastWrite.then(work, work)
    lastWrite = turn.catch(() => {})
    return turn
  }

  const writer: Writer = {
    async run(sql, params) {
      if (REWRITES.test(sql)) writer.touches(Number.NEGATIVE_INFINITY)
      await writing.query(sql, params)
    },
    query: (sql, params) => writing.query(sql, params),
    columns: (sql, params) => writing.columns(sql, params),
    async append(table, columns, rows) {
      if (rows.length === 0) return
      if (table === 'request') for (const row of rows) writer.touches(Number(row.registered_on))
      const appender = await writing.connection.createAppender(table)
      try {
        for (let start = 0; start < rows.length; start += CHUNK_ROWS)
          appender.appendDataChunk(chunkOf(columns, rows.slice(start, start + CHUNK_ROWS)))
        appender.flushSync()
      } finally {
        appender.closeSync()
      }
    },
    touches(day) {
      touched = Math.min(touched, day)
    },
  }

  return {
    async query(sql, params = {}) {
      const session = await take()
      try {
        return await session.query(onlyRestricting(sql, params), params)
      } finally {
        give(session)
      }
    },
    async columns(sql, params = {}) {
      const session = await take()
      try {
        return await session.columns(onlyRestricting(sql, params), params)
      } finally {
        give(session)
      }
    },
    async integers(sql, params = {}) {
      const session = await take()
      try {
        return await session.integers(onlyRestricting(sql, params), params)
      } finally {
        give(session)
      }
    },
    async *stream(sql, params = {}) {
      const session = await openSession(instance, 'reading')
      streams.add(session)
      try {
        yield* session.stream(onlyRestricting(sql, params), params)
      } finally {
        streams.delete(session)
        session.close()
      }
    },
    revision: () => revision,
    changedFrom: changes.changedFrom,
    write: (work) =>
      inTurn(async () => {
        touched = Number.POSITIVE_INFINITY
        await writing.connection.run('BEGIN TRANSACTION')
        try {
          await work(writer)
          await writing.connection.run('COMMIT')
        } catch (cause) {
          await writing.connection.run('ROLLBACK').catch(() => {})
          throw cause
        }
        changes.note(++revision, touched)
        return touched
      }),
    checkpoint: () => inTurn(async () => void (await writing.connection.run('CHECKPOINT'))),
    close: () =>
      inTurn(async () => {
        await Promise.all([...streams].map((session) => session.cancel()))
        for (let open = 0; open < readers; open++) await take()
        for (const session of [...sessions, ...streams]) session.close()
        instance.closeSync()
      }),
  }
}

function chunkOf(columns: Columns, rows: readonly Row[]): DuckDBDataChunk {
  const names = Object.keys(columns)
  const types = Object.values(columns).map((name) => typeNamed(name))
  const chunk = DuckDBDataChunk.create(types, rows.length)
  for (const [index, name] of names.entries()) {
    if (fillInside(chunk.getColumnVector(index), rows, name)) continue
    const values = rows.map((row) => {
      const value = (row[name] ?? null) as DuckDBValue
      return columns[name] === 'BIGINT' && typeof value === 'number' ? BigInt(value) : value
    })
    chunk.setColumnValues(index, values)
  }
  return chunk
}

function typeNamed(name: string): DuckDBType {
  const type = TYPES[name]
  if (!type) throw new Error(`no column type "${name}"`)
  return type
}
