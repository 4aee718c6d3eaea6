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
export type Portion<K extends string, C extends string> = Readonly<
  Record<K, Int32Array> & Record<C, Float64Array>
>

/**
 * Columns of several parts, each of one length, some rows at a time and always in the same arrays: a loop then meets one type
 * of array, however the columns are held. Keys are whole; a column that a part lacks is 0. What lies behind `length` is left
 * from before. A portion whose first key nobody wants is passed over.
 */
export function readPortions<K extends string, C extends string = never>(
  parts: readonly Columns<K | C>[],
  { keys, counts = [] }: { keys: readonly K[]; counts?: readonly C[] },
  read: (portion: Portion<K, C>, length: number) => void,
  wants?: (first: ArrayLike<number>, length: number) => boolean,
) {
  const names = [...keys, ...counts]
  const rowsOf = (part: Columns<K | C>) =>
    names.reduce((most, name) => Math.max(most, part[name]?.length ?? 0), 0)
  // Small tables are many, and none needs room for a large one.
  const room = Math.min(PORTION, Math.max(0, ...parts.map(rowsOf)))
  const columns = [
    ...keys.map((name) => ({ name, portion: new Int32Array(room) })),
    ...counts.map((name) => ({ name, portion: new Float64Array(room) })),
  ]
  // Each name has the array that its list gave it.
  const all = Object.fromEntries(columns.map(({ name, portion }) => [name, portion])) as Portion<
    K,
    C
  >
  for (const part of parts) {
    const rows = rowsOf(part)
    for (let from = 0; from < rows; from += PORTION) {
      const to = Math.min(rows, from + PORTION)
      const isWanted = columns.every(({ name, portion }, place) => {
        const column = part[name]
        if (column) portion.set(column.subarray(from, to))
        else portion.fill(0)
        return place > 0 || !wants || wants(portion, to - from)
      })
      if (isWanted) read(all, to - from)
    }
  }
}
