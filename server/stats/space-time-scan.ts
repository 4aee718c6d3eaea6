import { scanRatio } from './burst.ts'
import { countsOf, type Places, ringsOf } from './circles.ts'
import type { Chance } from './random.ts'

/** A cluster lasts at most so many days, or half of a shorter study. */
const MOST_DAYS = 7
/** One case is no cluster. */
const LEAST_CASES = 2
/** Clusters told, the most likely first. */
const MOST_CLUSTERS = 20

export interface Cases {
  places: Places
  /** Length of the study. */
  days: number
  /** Of each case, in one order: its position in `places`, and its day from 0. */
  place: readonly number[]
  day: readonly number[]
}

/** A circle around a place over some days, in which more happened than places and days by themselves explain. */
export interface Cluster {
  /** Positions in `places`, those with cases of any day alone, nearest to the middle first. */
  places: number[]
  /** Days from 0, half-open. */
  from: number
  to: number
  observed: number
  expected: number
  ratio: number
  /** Rank of the ratio among the largest ratios of worlds without clusters: of 999 replicates 0.001 at least. */
  p: number
}
type Candidate = Omit<Cluster, 'p' | 'places'> & { centre: number; ring: number }

/**
 * Space-time permutation scan (Kulldorff et al. 2005, PLoS Med 2:e59; cylinders and secondary clusters of Kulldorff 1997, Commun.
 * Stat. 26:1481, and 2001, JRSS A 164:61). It needs no population at risk, which nobody knows of who would call: a place is
 * expected to have the days of the whole city, cases of the place × cases of the days / all cases. Chance shuffles the days of the cases,
 * so that a place that always calls much, and a day on which everybody does, are no clusters. Clusters share no place on the same
 * day; those whose p is above `rare` are left out, and nothing more is drawn once all are. Yields after each portion of work.
 */
export function* spaceTimeScan(
  cases: Cases,
  chance: Chance,
  { replicates = 999, rare = 1 } = {},
): Generator<void, Cluster[]> {
  const sweep = openSweep(cases)
  yield
  const best = new Map<number, Candidate>()
  // Of a dozen cylinders one has as large a ratio by chance more often than `rare`.
  sweep.look(cases.day, Math.log(1 / rare), (found) => {
    const key = found.centre * cases.days + found.from
    if (found.ratio > (best.get(key)?.ratio ?? 0)) best.set(key, found)
  })
  yield
  const ranked = apart([...best.values()], sweep.within).map((one) => ({ ...one, larger: 0 }))
  const p = ({ larger }: { larger: number }) => (1 + larger) / (1 + replicates)
  const day = Int32Array.from(cases.day)
  for (let drawn = 0; drawn < replicates && ranked.length > 0; drawn++) {
    yield
    shuffle(day, chance)
    // What is smaller than the last cluster's changes nothing.
    const floor = (ranked.at(-1)?.ratio ?? 0) * (1 - 1e-12)
    let largest = 0
    sweep.look(day, floor, ({ ratio }) => {
      largest = Math.max(largest, ratio)
    })
    for (const one of ranked) if (largest >= one.ratio) one.larger++
    ranked.splice(ranked.findLastIndex((one) => p(one) <= rare) + 1)
  }
  return ranked.map((one) => {
    const { larger, ...cluster } = one
    return { ...cluster, p: p(one) }
  })
}

/** The most likely, then always the next that shares no place with one before on the same day. */
function apart(candidates: Candidate[], within: (centre: number, ring: number) => number[]) {
  const kept: Omit<Cluster, 'p'>[] = []
  const order = candidates.sort(
    (a, b) => b.ratio - a.ratio || a.ring - b.ring || a.centre - b.centre || a.from - b.from,
  )
  for (const { centre, ring, ...found } of order) {
    if (kept.length === MOST_CLUSTERS) break
    const places = within(centre, ring)
    const isTold = kept.some(
      (other) =>
        other.from < found.to &&
        found.from < other.to &&
        places.some((place) => other.places.includes(place)),
    )
    if (!isTold) kept.push({ ...found, places })
  }
  return kept
}

/** Looks at every cylinder of a study, again and again with other days for the same cases. */
function openSweep({ places, days, place, day }: Cases) {
  const all = place.length
  const longest = Math.max(1, Math.min(MOST_DAYS, Math.floor(days / 2)))
  const perDay = countsOf(day, days)
  const rings = ringsOf(places, countsOf(place, places.length))
  /** Share of all cases in a window, by length − 1 and first day, and in the quietest window of a length that has any. */
  const shares = Array.from({ length: longest }, (_, shorter) =>
    Array.from({ length: days - shorter }, (_, from) =>
      perDay.slice(from, from + shorter + 1).reduce((sum, count) => sum + count / all, 0),
    ),
  )
  const quietest = shares.map((of) => Math.min(...of.filter((share) => share > 0)))
  const columns = days + 1
  /** Cases before each day, by place, and within the circle at hand. */
  const grid = new Int32Array(places.length * columns)
  const before = new Int32Array(columns)
  let floor = Number.NaN
  /** By cases of a circle and length: fewer have no ratio above the floor, not even in the quietest window. */
  const need = new Map<number, Int32Array>()

  function needed(least: number, total: number): Int32Array {
    if (least !== floor) need.clear()
    floor = least
    const known = need.get(total)
    if (known) return known
    const counts = Int32Array.from(quietest, (share) => leastAbove(least, total * share, all))
    need.set(total, counts)
    return counts
  }

  function lay(dayOf: ArrayLike<number>) {
    grid.fill(0)
    for (let i = 0; i < all; i++) {
      const at = (place[i] ?? 0) * columns + (dayOf[i] ?? 0) + 1
      grid[at] = (grid[at] ?? 0) + 1
    }
    for (let at = 1; at < grid.length; at++)
      if (at % columns !== 0) grid[at] = (grid[at] ?? 0) + (grid[at - 1] ?? 0)
  }

  /** Cases of the fullest window of a length. */
  function fullest(length: number): number {
    let most = 0
    for (let to = length; to < columns; to++) {
      const count = (before[to] ?? 0) - (before[to - length] ?? 0)
      if (count > most) most = count
    }
    return most
  }

  /** Tells of every cylinder whose ratio is above `least`. */
  function look(dayOf: ArrayLike<number>, least: number, take: (found: Candidate) => void) {
    lay(dayOf)
    for (let centre = 0; centre < rings.length; centre++) {
      before.fill(0)
      const own = rings[centre] ?? []
      for (let ring = 0; ring < own.length; ring++) {
        const { members = [], total = 0 } = own[ring] ?? {}
        for (let i = 0; i < members.length; i++) {
          const at = (members[i] ?? 0) * columns
          for (let d = 0; d < columns; d++) before[d] = (before[d] ?? 0) + (grid[at + d] ?? 0)
        }
        const enough = needed(least, total)
        const fewest = enough[0] ?? 0
        if (total < fewest) continue
        // A shorter window holds no more than the fullest of a longer one.
        let most = total
        for (let length = longest; length > 0 && most >= fewest; length--) {
          if (most < (enough[length - 1] ?? 0)) continue
          most = fullest(length)
          if (most < (enough[length - 1] ?? 0)) continue
          for (let from = 0; from + length < columns; from++) {
            const observed = (before[from + length] ?? 0) - (before[from] ?? 0)
            if (observed < (enough[length - 1] ?? 0)) continue
            const expected = total * (shares[length - 1]?.[from] ?? 0)
            const ratio = scanRatio(observed, expected, all)
            if (ratio > least)
              take({ centre, ring, from, to: from + length, observed, expected, ratio })
          }
        }
      }
    }
  }
  return {
    look,
    within: (centre: number, ring: number) =>
      (rings[centre] ?? []).slice(0, ring + 1).flatMap(({ members }) => members),
  }
}

/** The fewest cases, LEAST_CASES or more, whose ratio is above a floor where so many are expected; more than all where none are. */
function leastAbove(floor: number, expected: number, all: number): number {
  let [low, high] = [Math.max(LEAST_CASES, Math.ceil(expected)), all + 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (scanRatio(middle, expected, all) > floor) high = middle
    else low = middle + 1
  }
  return low
}

/** Fisher and Yates. */
function shuffle(values: Int32Array, chance: Chance) {
  for (let i = values.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1))
    const value = values[i] ?? 0
    values[i] = values[j] ?? 0
    values[j] = value
  }
}
