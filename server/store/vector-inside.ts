import type { Row } from './engine.ts'

/** What the binding's vectors of numbers hold: the numbers, and a bit for each that is not null. */
interface Inside {
  items?: unknown
  validity?: { data?: unknown; offset?: unknown }
}

/**
 * Copies a vector of numbers from inside. The binding's own getItem tests the bit of each number in BigInt arithmetic,
 * which costs ten times the number. False where the inside is not as known, or does not fit.
 */
export function copyInside(vector: object, into: Float64Array | Int32Array): boolean {
  const { items, validity } = vector as Inside
  if (!(items instanceof Int32Array || items instanceof Float64Array)) return false
  const data = validity?.data
  if (into instanceof Int32Array && (items instanceof Float64Array || data !== null)) return false
  if (data === null) into.set(items.subarray(0, into.length))
  else if (data instanceof BigUint64Array && validity?.offset === 0) {
    const bits = new Uint32Array(data.buffer, data.byteOffset, data.length * 2)
    for (let i = 0; i < into.length; i++)
      into[i] = (bits[i >> 5] ?? 0) & (1 << (i & 31)) ? (items[i] ?? 0) : Number.NaN
  } else return false
  return true
}

const WORD = 2 ** 32
const SAFE = 2 ** 53

/**
 * Writes the numbers of a column of rows into a vector, where the binding's own setItem would test and set the bit of each in
 * BigInt arithmetic. False where the inside is not as known or the values are no numbers: then nothing was written. Throws for a
 * number that the column cannot hold.
 */
export function fillInside(vector: object, rows: readonly Row[], name: string): boolean {
  const inside = vector as Inside & { flush?: unknown }
  const { items, validity } = inside
  const put = writerInto(items)
  if (!put || !validity || validity.offset !== 0 || typeof inside.flush !== 'function') return false
  let valid: Uint32Array<ArrayBuffer> | undefined
  for (let row = 0; row < rows.length; row++) {
    const value = rows[row]?.[name] ?? null
    if (value === null) {
      valid ??= new Uint32Array(2 * Math.ceil(rows.length / 64)).fill(WORD - 1)
      valid[row >> 5] = (valid[row >> 5] ?? 0) & ~(1 << (row & 31))
    } else if (typeof value !== 'number') return false
    else if (!put(row, value)) throw new RangeError(`column ${name} cannot hold ${value}`)
  }
  validity.data = valid ? new BigUint64Array(valid.buffer) : null
  inside.flush()
  return true
}

/** Puts a number in its place, and says whether it stands there as it is. */
function writerInto(items: unknown): ((row: number, value: number) => boolean) | undefined {
  if (items instanceof BigInt64Array) {
    const words = new Int32Array(items.buffer, items.byteOffset, items.length * 2)
    return (row, value) => {
      const high = Math.floor(value / WORD)
      words[2 * row] = value - high * WORD
      words[2 * row + 1] = high
      return Number.isInteger(value) && Math.abs(value) < SAFE
    }
  }
  if (items instanceof Float64Array)
    return (row, value) => {
      items[row] = value
      return true
    }
  if (items instanceof Int32Array || items instanceof Int16Array || items instanceof Int8Array)
    return (row, value) => {
      items[row] = value
      return items[row] === value
    }
  return undefined
}
