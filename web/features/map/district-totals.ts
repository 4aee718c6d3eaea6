import type { MapRows } from './rows.ts'

interface District {
  key: number
  open: number
  overdue: number
  emergency: number
}

/** The number under each district's name: requests, or how many of its buildings are not as usual. */
export function districtTotals(
  districts: readonly District[],
  rows: MapRows,
  write: (value: number, digits?: number) => string,
): ReadonlyMap<number, string> {
  switch (rows.scale) {
    case 'difference': {
      const sums = new Map<number, number>()
      for (const { district, difference } of rows.listed)
        sums.set(district, (sums.get(district) ?? 0) + difference)
      return new Map([...sums].map(([key, sum]) => [key, `${sum > 0 ? '+' : ''}${write(sum)}`]))
    }
    case 'rateDifference':
      return new Map()
    case 'change':
    case 'silence':
    case 'deviation': {
      const buildings = new Map<number, number>()
      for (const { district } of rows.listed)
        buildings.set(district, (buildings.get(district) ?? 0) + 1)
      return new Map([...buildings].map(([key, count]) => [key, write(count)]))
    }
    case 'intensity': {
      const sums = new Map<number, { open: number; apartments: number }>()
      for (const { key, district, apartments } of rows.places) {
        if (!apartments) continue
        const sum = sums.get(district) ?? { open: 0, apartments: 0 }
        sum.open += rows.rowOf(key)?.open ?? 0
        sum.apartments += apartments
        sums.set(district, sum)
      }
      return new Map(
        [...sums].map(([key, { open, apartments }]) => [key, write((100 * open) / apartments, 1)]),
      )
    }
    default: {
      const { scale } = rows
      return new Map(districts.map((district) => [district.key, write(district[scale])]))
    }
  }
}
