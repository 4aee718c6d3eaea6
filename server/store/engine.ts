export type Param = string | number | boolean | null | readonly string[] | readonly number[]
export type Params = Readonly<Record<string, Param>>
export type Row = Record<string, unknown>
export type NumberColumns = Readonly<Record<string, Float64Array>>
export type IntegerColumns = Readonly<Record<string, Int32Array>>

/** The engine of the facts, seen by those who ask. BIGINT comes back as number (instants and counts are below 2^53). */
export interface Engine {
  query(sql: string, params?: Params): Promise<Row[]>
  /** Numbers by column, for answers of many thousand rows; a missing number is NaN. Throws where a column is not of numbers. */
  columns(sql: string, params?: Params): Promise<NumberColumns>
  /** The same in half the room, for answers of a million rows: whole numbers of 32 bits. Throws where one is missing or none. */
  integers(sql: string, params?: Params): Promise<IntegerColumns>
  /** Rows in chunks, for exports of any size; `return()` of the iterator cancels the query. */
  stream(sql: string, params?: Params): AsyncIterable<Row[]>
  /** Grows with every committed change of the facts; part of the key of every cached answer. */
  revision(): number
  /** Every row of `request` registered before this local day is as it was at that revision; Infinity where all are. */
  changedFrom(revision: number): number
}

/** The facts cannot answer now, because they are being opened again or rebuilt; they will without anybody's help. */
export class FactsUnavailableError extends Error {}
