import {
  BIGINT,
  BOOLEAN,
  DuckDBDataChunk as Chunk,
  DOUBLE,
  type DuckDBConnection,
  type DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBPreparedStatement,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  SMALLINT,
  TINYINT,
  VARCHAR,
} from '@duckdb/node-api'
import type { Engine, Param, Params, Row } from './engine.ts'

export interface FactsOptions {
  /** Path, or `:memory:`. */
  file: string
  memoryLimitMb?: number
  threads?: number
  readers?: number
}

type Columns = Readonly<Record<string, string>>

/** One open transaction. */
export interface Writer {
  run(sql: string, params?: Params): Promise<void>
  query(sql: string, params?: Params): Promise<Row[]>
  /** Rows in the order of `columns`, through the appender. */
  append(table: string, columns: Columns, rows: readonly Row[]): Promise<void>
}

/** The facts file: many readers, one writer. */
export interface Facts extends Engine {
  /** One transaction, whole or not at all; afterwards the revision grows. Calls run one after another. */
  write(work: (writer: Writer) => Promise<void>): Promise<void>
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
/** The engine's vector size: the most rows a chunk may carry. */
const CHUNK_ROWS = 2048
const STATEMENTS = 200
const INT32 = 2 ** 31

export async function openFacts({
  file,
  memoryLimitMb = 256,
  threads = 2,
  readers = 3,
}: FactsOptions): Promise<Facts> {
  const instance = await DuckDBInstance.create(file, {
    threads: String(threads),
    memory_limit: `${memoryLimitMb}MB`,
    enable_external_access: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    preserve_insertion_order: 'true',
  })
  const writing = await openSession(instance)
  await writing.connection.run('SET lock_configuration = true')
  const idle: Session[] = await Promise.all(
    Array.from({ length: readers }, () => openSession(instance)),
  )
  const sessions = [writing, ...idle]
  const queue: ((session: Session) => void)[] = []
  let revision = 1
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
    run: async (sql, params) => void (await writing.query(sql, params)),
    query: (sql, params) => writing.query(sql, params),
    async append(table, columns, rows) {
      if (rows.length === 0) return
      const appender = await writing.connection.createAppender(table)
      try {
        for (let start = 0; start < rows.length; start += CHUNK_ROWS)
          appender.appendDataChunk(chunkOf(columns, rows.slice(start, start + CHUNK_ROWS)))
        appender.flushSync()
      } finally {
        appender.closeSync()
      }
    },
  }

  return {
    async query(sql, params) {
      const session = await take()
      try {
        return await session.query(sql, params)
      } finally {
        give(session)
      }
    },
    async *stream(sql, params) {
      const session = await take()
      let done = false
      try {
        yield* session.stream(sql, params)
        done = true
      } finally {
        if (!done) session.connection.interrupt()
        give(session)
      }
    },
    revision: () => revision,
    write: (work) =>
      inTurn(async () => {
        await writing.connection.run('BEGIN TRANSACTION')
        try {
          await work(writer)
          await writing.connection.run('COMMIT')
        } catch (cause) {
          await writing.connection.run('ROLLBACK').catch(() => {})
          throw cause
        }
        revision++
      }),
    checkpoint: () => inTurn(async () => void (await writing.connection.run('CHECKPOINT'))),
    close: () =>
      inTurn(async () => {
        for (const session of sessions) session.close()
        instance.closeSync()
      }),
  }
}

interface Session {
  connection: DuckDBConnection
  query(sql: string, params?: Params): Promise<Row[]>
  stream(sql: string, params?: Params): AsyncIterable<Row[]>
  close(): void
}

async function openSession(instance: DuckDBInstance): Promise<Session> {
  const connection = await instance.connect()
  const statements = new Map<string, DuckDBPreparedStatement>()

  async function prepared(sql: string, params: Params): Promise<DuckDBPreparedStatement> {
    let statement = statements.get(sql)
    if (!statement) {
      statement = await connection.prepare(sql)
      statements.set(sql, statement)
      if (statements.size > STATEMENTS)
        for (const [oldest, old] of statements) {
          old.destroySync()
          statements.delete(oldest)
          break
        }
    }
    for (let index = 1; index <= statement.parameterCount; index++) {
      const name = statement.parameterName(index)
      const value = params[name]
      if (value === undefined) throw new Error(`no value for the parameter $${name}`)
      bind(statement, index, value)
    }
    return statement
  }

  return {
    connection,
    async query(sql, params = {}) {
      const result = await (await prepared(sql, params)).run()
      const rows: Row[] = []
      const names = result.columnNames()
      for (const chunk of await result.fetchAllChunks()) rows.push(...rowsOfChunk(names, chunk))
      return rows
    },
    async *stream(sql, params = {}) {
      const result = await (await prepared(sql, params)).stream()
      const names = result.columnNames()
      for (;;) {
        const chunk = await result.fetchChunk()
        if (!chunk || chunk.rowCount === 0) return
        yield rowsOfChunk(names, chunk)
      }
    },
    close() {
      for (const statement of statements.values()) statement.destroySync()
      connection.closeSync()
    },
  }
}

function rowsOfChunk(names: readonly string[], chunk: DuckDBDataChunk): Row[] {
  const rows: Row[] = Array.from({ length: chunk.rowCount }, () => ({}))
  for (const [index, name] of names.entries()) {
    const vector = chunk.getColumnVector(index)
    for (const [position, row] of rows.entries()) {
      const value = vector.getItem(position)
      row[name] = typeof value === 'bigint' ? Number(value) : value
    }
  }
  return rows
}

function chunkOf(columns: Columns, rows: readonly Row[]): DuckDBDataChunk {
  const names = Object.keys(columns)
  const types = Object.values(columns).map((name) => typeNamed(name))
  const chunk = Chunk.create(types, rows.length)
  for (const [index, name] of names.entries()) {
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

function bind(statement: DuckDBPreparedStatement, index: number, value: Param) {
  if (value === null) statement.bindNull(index)
  else if (typeof value === 'boolean') statement.bindBoolean(index, value)
  else if (typeof value === 'string') statement.bindVarchar(index, value)
  else if (typeof value === 'number') bindNumber(statement, index, value)
  // The binding cannot infer the item type of an empty list, so lists carry theirs.
  else if (value.every((item) => typeof item === 'number'))
    statement.bindList(index, listValue(value as number[]), LIST(INTEGER))
  else statement.bindList(index, listValue(value as string[]), LIST(VARCHAR))
}

function bindNumber(statement: DuckDBPreparedStatement, index: number, value: number) {
  if (!Number.isInteger(value)) statement.bindDouble(index, value)
  else if (value >= -INT32 && value < INT32) statement.bindInteger(index, value)
  else statement.bindBigInt(index, BigInt(value))
}
