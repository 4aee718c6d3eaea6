/** A building on the map, what came from it and what was expected. */
export interface Neighbour {
  key: number
  district: number
  lon: number | null
  lat: number | null
  requests: number
  expected: number
}

/** How readily a building's neighbours report: their requests over what is expected of them. The city's is 1. */
export interface Neighbourhood {
  of: 'circle' | 'district'
  buildings: number
  requests: number
  expected: number
  propensity: number
}

/** Metres. */
export const CIRCLE = 500
/** Fewer in the circle, or fewer expected requests, and the district speaks for them. */
const LEAST_BUILDINGS = 10
const LEAST_EXPECTED = 50
/** Metres of a degree of latitude. */
const DEGREE = 111_195

interface Sum {
  buildings: number
  requests: number
  expected: number
}
const take = (
  sum: Sum,
  { requests, expected }: Pick<Neighbour, 'requests' | 'expected'>,
  sign: 1 | -1,
) => {
  sum.buildings += sign
  sum.requests += sign * requests
  sum.expected += sign * expected
}

/**
 * The neighbourhood of each building without itself: buildings within 500 m on the plane, or the rest of its district where they
 * are few. No entry where neither is enough.
 */
export function neighbourhoods(all: readonly Neighbour[]): Map<number, Neighbourhood> {
  const districts = new Map<number, Sum>()
  const cells = new Map<string, Neighbour[]>()
  const narrowing = Math.cos((meanLatitude(all) * Math.PI) / 180)
  const metres = ({ lon, lat }: Neighbour): [x: number, y: number] | null =>
    lon === null || lat === null ? null : [lon * DEGREE * narrowing, lat * DEGREE]
  const cellOf = ([x, y]: [number, number]) => [Math.floor(x / CIRCLE), Math.floor(y / CIRCLE)]
  for (const one of all) {
    const sum = districts.get(one.district) ?? { buildings: 0, requests: 0, expected: 0 }
    take(sum, one, 1)
    districts.set(one.district, sum)
    const at = metres(one)
    if (!at) continue
    const cell = cellOf(at).join(' ')
    const those = cells.get(cell)
    if (those) those.push(one)
    else cells.set(cell, [one])
  }

  const around = (one: Neighbour): Sum => {
    const sum = { buildings: 0, requests: 0, expected: 0 }
    const at = metres(one)
    if (!at) return sum
    const [x = 0, y = 0] = cellOf(at)
    for (const dx of [-1, 0, 1])
      for (const dy of [-1, 0, 1])
        for (const other of cells.get(`${x + dx} ${y + dy}`) ?? []) {
          const there = metres(other)
          if (
            other.key !== one.key &&
            there &&
            (there[0] - at[0]) ** 2 + (there[1] - at[1]) ** 2 <= CIRCLE ** 2
          )
            take(sum, other, 1)
        }
    return sum
  }

  const enough = ({ buildings, expected }: Sum) =>
    buildings >= LEAST_BUILDINGS && expected >= LEAST_EXPECTED
  const found = new Map<number, Neighbourhood>()
  for (const one of all) {
    const circle = around(one)
    const rest = { ...(districts.get(one.district) ?? circle) }
    take(rest, one, -1)
    const sum = enough(circle) ? circle : one.district !== 0 && enough(rest) ? rest : null
    if (sum)
      found.set(one.key, {
        of: sum === circle ? 'circle' : 'district',
        ...sum,
        propensity: sum.requests / sum.expected,
      })
  }
  return found
}

function meanLatitude(all: readonly Neighbour[]): number {
  const known = all.flatMap(({ lat }) => (lat === null ? [] : [lat]))
  return known.length === 0 ? 0 : known.reduce((sum, lat) => sum + lat, 0) / known.length
}
