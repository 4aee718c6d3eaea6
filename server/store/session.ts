import {
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBInstance,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  INTEGER,
  LIST,
  listValue,
  SQLNULL,
  VARCHAR,
} from '@duckdb/node-api'
import type { IntegerColumns, NumberColumns, Param, Params, Row } from './engine.ts'
import { copyInside } from './vector-inside.ts'

const INT32 = 2 ** 31

/** One connection; one query at a time. A writing one runs inside the transaction that its owner has begun. */
export interface Session {
  connection: DuckDBConnection
  query(sql: string, params?: Params): Promise<Row[]>
  columns(sql: string, params?: Params): Promise<NumberColumns>
  integers(sql: string, params?: Params): Promise<IntegerColumns>
  stream(sql: string, params?: Params): AsyncIterable<Row[]>
  /** Ends the running stream; its reader hears of it as an error. */
  cancel(): Promise<void>
  close(): void
}

export async function openSession(
  instance: DuckDBInstance,
  role: 'reading' | 'writing',
): Promise<Session> {
  const connection = await instance.connect()
  let streaming: DuckDBResult | undefined

  async function prepared(sql: string, params: Params): Promise<DuckDBPreparedStatement> {
    const statement = await connection.prepare(sql)
    for (let index = 1; index <= statement.parameterCount; index++) {
      const name = statement.parameterName(index)
      const value = params[name]
      if (value === undefined) {
        statement.destroySync()
        throw new Error(`no value for the parameter $${name}`)
      }
      bind(statement, index, value)
    }
    return statement
  }

  /**
   * Plans and runs in one snapshot. A plan of the engine relies on the least and greatest values that the columns had when it was
   * made: run over rows committed since, it gives wrong numbers without an error. So no plan outlives its snapshot.
   */
  async function inSnapshot<T>(
    sql: string,
    params: Params,
    run: (statement: DuckDBPreparedStatement) => Promise<T>,
  ): Promise<T> {
    if (role === 'reading') await connection.run('BEGIN TRANSACTION READ ONLY')
    try {
      const statement = await prepared(sql, params)
      try {
        return await run(statement)
      } finally {
        statement.destroySync()
      }
    } finally {
      // After a fatal fault there is no transaction left to end, and the fault itself is on its way.
      if (role === 'reading') await connection.run('ROLLBACK').catch(() => {})
    }
  }

  // An unfinished result keeps the file open until it is collected; interrupted while it is fetched, it ends at once.
  async function cancel() {
    const result = streaming
    streaming = undefined
    try {
      while (result) {
        const next = result.fetchChunk()
        connection.interrupt()
        if (!(await next)?.rowCount) return
      }
    } catch {
      // It ended with the fault that the reader is told about.
    }
  }

  return {
    connection,
    query: (sql, params = {}) =>
      inSnapshot(sql, params, async (statement) => {
        const result = await statement.run()
        const names = result.columnNames()
        const chunks = await result.fetchAllChunks()
        return chunks.flatMap((chunk) => rowsOfChunk(names, chunk))
      }),
    columns: (sql, params = {}) =>
      inSnapshot(sql, params, async (statement) => {
        const result = await statement.run()
        return columnsOf(result.columnNames(), await result.fetchAllChunks(), Float64Array)
      }),
    integers: (sql, params = {}) =>
      inSnapshot(sql, params, async (statement) => {
        const result = await statement.run()
        return columnsOf(result.columnNames(), await result.fetchAllChunks(), Int32Array)
      }),
    async *stream(sql, params = {}) {
      await connection.run('BEGIN TRANSACTION READ ONLY')
      const statement = await prepared(sql, params)
      const result = await statement.stream()
      streaming = result
      try {
        const names = result.columnNames()
        for (;;) {
          const chunk = await result.fetchChunk()
          if (streaming !== result) throw new Error('the query was cancelled')
          if (!chunk || chunk.rowCount === 0) return
          yield rowsOfChunk(names, chunk)
        }
      } finally {
        await cancel()
        statement.destroySync()
      }
    },
    cancel,
    close: () => connection.closeSync(),
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

function columnsOf<A extends Float64Array | Int32Array>(
  names: readonly string[],
  chunks: readonly DuckDBDataChunk[],
  Numbers: { new (buffer: SharedArrayBuffer): A; BYTES_PER_ELEMENT: number },
): Record<string, A> {
  const count = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0)
  const columns = names.map((name, index): [string, A] => {
    // Shared memory: an evaluation hands tables of a million rows to a thread, and a copy would be as large again.
    const values = new Numbers(new SharedArrayBuffer(count * Numbers.BYTES_PER_ELEMENT))
    let at = 0
    for (const chunk of chunks) {
      const vector = chunk.getColumnVector(index)
      const part = values.subarray(at, at + chunk.rowCount)
      if (!copyInside(vector, part)) copyOneByOne(vector, part, name)
      at += chunk.rowCount
    }
    return [name, values]
  })
  return Object.fromEntries(columns)
}

function copyOneByOne(
  vector: ReturnType<DuckDBDataChunk['getColumnVector']>,
  into: Float64Array | Int32Array,
  name: string,
) {
  for (let i = 0; i < into.length; i++) {
    const value = vector.getItem(i)
    const number = value === null ? Number.NaN : Number(value)
    if (typeof value !== 'number' && typeof value !== 'bigint' && value !== null)
      throw new Error(`column ${name} is not of numbers`)
    into[i] = number
    if (into instanceof Int32Array && into[i] !== number)
      throw new Error(`column ${name} holds ${value}, which is no whole number of 32 bits`)
  }
}

function bind(statement: DuckDBPreparedStatement, index: number, value: Param) {
  if (value === null) statement.bindNull(index)
  else if (typeof value === 'boolean') statement.bindBoolean(index, value)
  else if (typeof value === 'string') statement.bindVarchar(index, value)
  else if (typeof value === 'number') bindNumber(statement, index, value)
  // The binding cannot infer the item type of a list, so lists carry theirs; an empty one fits any column.
  else if (value.length === 0) statement.bindList(index, listValue([]), LIST(SQLNULL))
  else if (value.every((item) => typeof item === 'number'))
    statement.bindList(index, listValue(value as number[]), LIST(INTEGER))
  else statement.bindList(index, listValue(value as string[]), LIST(VARCHAR))
}

function bindNumber(statement: DuckDBPreparedStatement, index: number, value: number) {
  if (!Number.isInteger(value)) statement.bindDouble(index, value)
  else if (value >= -INT32 && value < INT32) statement.bindInteger(index, value)
  else statement.bindBigInt(index, BigInt(value))
}
