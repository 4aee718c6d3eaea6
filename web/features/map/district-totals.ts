import type { Place } from './places.ts'
import type { MapRows } from './rows.ts'

interface District {
  key: number
  open: number
  overdue: number
  emergency: number
}
type Write = (value: number, digits?: number) => string

/**
 * The number under each district's name: requests as the server counts them, a rate over the apartments of its buildings, or how many of its buildings
 * are not as usual. A district beside the chosen ones has none.
 */
export function districtTotals(
  districts: readonly District[],
  rows: MapRows,
  write: Write,
): ReadonlyMap<number, string> {
  const { scale, places, listed } = rows
  const within = districtsOf(places)
  const signed: Write = (value, digits) => `${value > 0 ? '+' : ''}${write(value, digits)}`
  switch (scale) {
    case 'difference':
      return told(
        sumsOf(within, listed, ({ difference }) => difference),
        signed,
      )
    case 'change':
    case 'silence':
    case 'deviation':
      return told(
        sumsOf(within, listed, () => 1),
        write,
      )
    case 'intensity':
      return told(ratesOf(within, rows), write, 1)
    case 'rateDifference':
      return told(ratesOf(within, rows), signed, 1)
    default:
      return new Map(
        districts.flatMap((one) => (within.has(one.key) ? [[one.key, write(one[scale])]] : [])),
      )
  }
}

const told = (sums: ReadonlyMap<number, number>, write: Write, digits?: number) =>
  new Map(Array.from(sums, ([key, sum]) => [key, write(sum, digits)]))

function sumsOf<T extends { district: number }>(
  within: ReadonlySet<number>,
  all: readonly T[],
  added: (one: T) => number,
): Map<number, number> {
  const sums = new Map(Array.from(within, (key) => [key, 0]))
  for (const one of all) sums.set(one.district, (sums.get(one.district) ?? 0) + added(one))
  return sums
}

/** As a hexagon tells it; a district of whose apartments nothing is known has no rate. */
function ratesOf(within: ReadonlySet<number>, { told: { values, per }, places }: MapRows) {
  const [requests, hundreds] = [values(), per?.hundreds()]
  const counted = sumsOf(within, places, ({ at }) => hundreds?.[at] ?? 0)
  const sums = sumsOf(within, places, ({ at }) => requests[at] ?? 0)
  return new Map(
    [...sums].flatMap(([key, sum]) => {
      const apartments = counted.get(key) ?? 0
      return apartments > 0 ? [[key, sum / apartments] as const] : []
    }),
  )
}

const known = new WeakMap<readonly Place[], ReadonlySet<number>>()

/** The list of a register stands while counts change. */
function districtsOf(places: readonly Place[]): ReadonlySet<number> {
  const before = known.get(places)
  if (before) return before
  const districts = new Set(places.map(({ district }) => district))
  known.set(places, districts)
  return districts
}
