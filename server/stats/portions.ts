/** Numbers in any typed array; they are whole. */
export type Numbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float64Array

const KINDS = [
  ...[Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float64Array],
]
export const isNumbers = (column: unknown): column is Numbers =>
  KINDS.some((kind) => column instanceof kind)

/** The column itself where it is typed. */
export const numbersOf = (column: ArrayLike<number>): Numbers =>
  isNumbers(column) ? column : Float64Array.from(column)

/** So many rows at a time: their columns fit a near cache of a processor. */
const PORTION = 4096

export type Columns<C extends string> = Readonly<Partial<Record<C, Numbers | undefined>>>
export type Portion<K extends string, C extends string = never> = Readonly<
  Record<K, Int32Array> & Record<C, Int32Array | Float64Array>
>

const rowsOf = (part: Columns<string>) =>
  Object.values(part).reduce((most, column) => Math.max(most, column?.length ?? 0), 0)
export const portionsOf = (parts: readonly Columns<string>[]) =>
  parts.reduce((sum, part) => sum + Math.ceil(rowsOf(part) / PORTION), 0)

interface Read<K extends string, C extends string> {
  keys: readonly K[]
  counts?: readonly C[]
  /** Whether a portion is to be read, by its number. */
  wants?: (number: number) => boolean
}

/**
 * Columns of several parts, each of one length, some rows at a time: keys, which are whole, always in arrays of 32 bits, counts
 * in such or in floats; a column that is held otherwise is copied, so that a loop meets few types. A column that a part lacks
 * is 0. What lies behind `length` is left from before. Portions are numbered from 0 over all parts.
 */
export function readPortions<K extends string, C extends string = never>(
  parts: readonly Columns<K | C>[],
  { keys, counts = [], wants }: Read<K, C>,
  read: (portion: Portion<K, C>, length: number, number: number) => void,
) {
  // Small tables are many, and none needs room for a large one.
  const room = Math.min(PORTION, Math.max(0, ...parts.map(rowsOf)))
  const copies = new Map<K | C, Int32Array | Float64Array>()
  const copied = (
    name: K | C,
    column: Numbers | undefined,
    kind: typeof Int32Array | typeof Float64Array,
  ) => {
    const copy = copies.get(name) ?? new kind(room)
    copies.set(name, copy)
    if (column) copy.set(column)
    else copy.fill(0)
    return copy
  }
  let number = 0
  for (const part of parts) {
    const rows = rowsOf(part)
    for (let from = 0; from < rows; from += PORTION, number++) {
      if (wants?.(number) === false) continue
      const to = Math.min(rows, from + PORTION)
      const ofKey = (name: K) => {
        const column = part[name]?.subarray(from, to)
        return column instanceof Int32Array ? column : copied(name, column, Int32Array)
      }
      const ofCount = (name: C) => {
        const column = part[name]?.subarray(from, to)
        const isOne = column instanceof Int32Array || column instanceof Float64Array
        return isOne ? column : copied(name, column, Float64Array)
      }
      const portion = [
        ...keys.map((name) => [name, ofKey(name)]),
        ...counts.map((name) => [name, ofCount(name)]),
      ]
      // Each name has the array that its list gave it.
      read(Object.fromEntries(portion) as Portion<K, C>, to - from, number)
    }
  }
}
