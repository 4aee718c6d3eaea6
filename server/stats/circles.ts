import { RADII_KM } from './burst.ts'

/** A place by itself, and the circles of the watch around it. */
const CIRCLES_KM = [0, ...RADII_KM]
const REACH_KM = Math.max(...CIRCLES_KM) + 0.001
/** No circle holds more of all cases: beyond, the rest of the city would be the exception. */
const MOST_SHARE = 0.5

/** On a plane, in kilometres. */
export type Places = readonly { x: number; y: number }[]

/** What the next wider circle around a centre adds, and what lies within it. */
export interface Ring {
  members: number[]
  /** Cases of the whole study within the circle. */
  total: number
}

/** The circles around each place with cases, as far as they hold half of all cases. */
export function ringsOf(places: Places, counts: readonly number[]): Ring[][] {
  const called = places.flatMap(({ x, y }, place) =>
    counts[place] ? [{ place, x, y, count: counts[place] }] : [],
  )
  const most = MOST_SHARE * called.reduce((sum, { count }) => sum + count, 0)
  return called.map(({ x, y }) => {
    const near = CIRCLES_KM.map(() => ({ members: [] as number[], total: 0 }))
    for (const other of called) {
      if (Math.abs(other.x - x) > REACH_KM || Math.abs(other.y - y) > REACH_KM) continue
      // To the metre, so that what is as far is as far.
      const km = Math.round(1000 * Math.sqrt((other.x - x) ** 2 + (other.y - y) ** 2)) / 1000
      const ring = near[CIRCLES_KM.findIndex((radius) => km <= radius)]
      if (!ring) continue
      ring.members.push(other.place)
      ring.total += other.count
    }
    const rings: Ring[] = []
    let total = 0
    for (const ring of near) {
      total += ring.total
      if (total > most) break
      if (ring.total > 0) rings.push({ members: ring.members, total })
    }
    return rings
  })
}

/** How often each whole number below `length` occurs. */
export function countsOf(values: readonly number[], length: number): number[] {
  const counts = new Array<number>(length).fill(0)
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
