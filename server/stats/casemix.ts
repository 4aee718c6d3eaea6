import { type Cell, type CellColumns, columnsOf } from './cells.ts'
import { type CellCounts, countsIn, type SortedCells, sortedCells } from './sorted-cells.ts'
import { type Groups, groupsOf } from './window.ts'

export interface Part {
  observed: number
  expected: number
}

export interface Standardised extends Part {
  unit: number
  n: number
  /** Of pace: everything that ended, beyond the horizon too, where `observed` stops. */
  ended?: number
  /** Binomial variance of that expectation. */
  variance: number
  /** Share of its own requests in what it is compared with, 0 to 1; at 1 nobody else has such requests. */
  ownShare: number
  /** The same by part of the period. */
  quarters: Part[]
}

export interface CasemixPolicy {
  /** A stratum with fewer requests borrows from the model. */
  minStratum: number
  /** Requests' worth of the model that such a stratum borrows. */
  borrowed: number
  /** A unit with more of a stratum is compared with the stratum without itself. 1 never. */
  maxStratumShare: number
}

/** Method, section 4. */
export const CASEMIX_POLICY: CasemixPolicy = { minStratum: 30, borrowed: 20, maxStratumShare: 0.2 }
/** Every stratum by its own rate, everybody part of the city: published software, and worked examples. */
export const PLAIN: CasemixPolicy = { minStratum: 0, borrowed: 0, maxStratumShare: 1 }

/** What is expected of a request of a stratum, by its stratum: the model's share of events. */
export type ExpectedShare = (stratum: string | number) => number

/**
 * Indirect standardisation by strata (Breslow and Day 1987, 2.3): r = city rate of the stratum, E = Σ n r, V = Σ n r (1 − r).
 * A unit is part of the city, which draws E towards O: without exclusions and borrowing the sums of O and E over all
 * units are equal, and `ownShare` tells by how much each was drawn. A unit without requests is left out. A unit with more than `maxStratumShare` of a stratum
 * is compared with the others in it, if they are at least `minStratum` or a model stands in for them. A stratum of fewer
 * than `minStratum` is drawn to the model, where there is one: r = (x + m p) / (n + m). Cells of several rows add up.
 */
export function standardise(
  cells: readonly Cell<string | number>[],
  policy: CasemixPolicy = PLAIN,
  model?: ExpectedShare,
): Standardised[] {
  return standardiseColumns(columnsOf(cells), policy, model)
}

/** `standardise` of columns; a unit whose cells all have n = 0 is left out. */
export function standardiseColumns(
  columns: CellColumns,
  policy: CasemixPolicy = PLAIN,
  model?: ExpectedShare,
): Standardised[] {
  const cells = sortedCells(columns)
  return standardisedIn(cells, countsIn(cells, columns), { groups: groupsOf(cells), policy, model })
}

export interface Standard {
  groups: Groups
  policy: CasemixPolicy
  model?: ExpectedShare | undefined
  /** Whose figures are asked for; absent: everybody's. */
  only?: ReadonlySet<number> | undefined
}

/**
 * The same of cells of which several windows are asked, and several measures. Units in the order of their first request within the
 * window; who has none is left out. Strata of which nobody within the window has any are passed over.
 */
export function standardisedIn(
  { strata, start, rows, of }: SortedCells,
  { n, events }: CellCounts,
  { groups, policy, model, only }: Standard,
): Standardised[] {
  const { units, parts } = groups
  const size = units.length
  const cells: Cells = { rows, of, n, events, groupOf: groups.of, unitOf: groups.unitOf }
  const held: Held = {
    ...{ n: new Float64Array(size), events: new Float64Array(size) },
    first: new Int32Array(size).fill(rows.length),
    isAsked: Uint8Array.from(units, (unit) => (only?.has(unit) === false ? 0 : 1)),
  }
  const sums: Sums = {
    ...{ n: new Float64Array(size), variance: new Float64Array(size), own: new Float64Array(size) },
    observed: new Float64Array(size * parts),
    expected: new Float64Array(size * parts),
  }
  for (const [which, key] of strata.entries()) {
    const range: Range = [start[which] ?? 0, start[which + 1] ?? 0]
    held.n.fill(0)
    held.events.fill(0)
    const city = hold(cells, range, held)
    if (city.n > 0) expect(cells, range, { ...city, ...policy, share: model?.(key), held }, sums)
  }
  return Array.from(units.keys())
    .filter((place) => (held.first[place] ?? 0) < rows.length && held.isAsked[place] === 1)
    .sort((a, b) => (held.first[a] ?? 0) - (held.first[b] ?? 0))
    .map((place) => {
      const quarters = Array.from({ length: parts }, (_, part) => ({
        observed: sums.observed[place * parts + part] ?? 0,
        expected: sums.expected[place * parts + part] ?? 0,
      }))
      const all = sums.n[place] ?? 0
      return {
        ...{ unit: units[place] ?? 0, n: all },
        observed: quarters.reduce((sum, part) => sum + part.observed, 0),
        expected: quarters.reduce((sum, part) => sum + part.expected, 0),
        variance: sums.variance[place] ?? 0,
        ownShare: (sums.own[place] ?? 0) / all,
        quarters,
      }
    })
}

type Range = readonly [from: number, to: number]
interface Cells extends CellCounts {
  rows: Int32Array
  of: Int32Array
  groupOf: Int32Array
  unitOf: Int32Array
}
/** What each unit holds of a stratum, and the first row of each. */
interface Held extends CellCounts {
  first: Int32Array
  isAsked: Uint8Array
}
type Sums = Record<'n' | 'variance' | 'own' | 'observed' | 'expected', Float64Array>

function hold({ rows, of, n, events, groupOf, unitOf }: Cells, [from, to]: Range, held: Held) {
  let [cityN, cityEvents] = [0, 0]
  for (let i = from; i < to; ) {
    const place = unitOf[groupOf[of[i] ?? 0] ?? -1] ?? -1
    if (place < 0 || n[i] === 0) {
      i++
      continue
    }
    // The cells of one unit lie together: its sums stay at hand.
    held.first[place] = Math.min(held.first[place] ?? 0, rows[i] ?? 0)
    let own = held.n[place] ?? 0
    let happened = held.events[place] ?? 0
    for (; i < to; i++) {
      const group = groupOf[of[i] ?? 0] ?? -1
      const count = n[i] ?? 0
      if (count === 0 || group < 0) continue
      if (unitOf[group] !== place) break
      own += count
      happened += events[i] ?? 0
      cityN += count
      cityEvents += events[i] ?? 0
    }
    held.n[place] = own
    held.events[place] = happened
  }
  return { n: cityN, events: cityEvents }
}

interface Stratum extends CasemixPolicy {
  n: number
  events: number
  /** Of the model. */
  share: number | undefined
  held: Held
}

function expect(
  { of, n, events, groupOf, unitOf }: Cells,
  [from, to]: Range,
  stratum: Stratum,
  sums: Sums,
) {
  const { n: cityN, share, held, minStratum, borrowed } = stratum
  const rateOf = (n: number, events: number) =>
    share !== undefined && n < minStratum
      ? (events + borrowed * share) / (n + borrowed)
      : events / n
  const cityRate = rateOf(cityN, stratum.events)
  const leastOthers = share === undefined ? Math.max(1, minStratum) : 0
  const most = stratum.maxStratumShare * cityN
  for (let i = from; i < to; ) {
    const place = unitOf[groupOf[of[i] ?? 0] ?? -1] ?? -1
    if (place < 0 || held.isAsked[place] === 0) {
      i++
      continue
    }
    const own = held.n[place] ?? 0
    const apart = own > most && cityN - own >= leastOthers
    const rate = apart ? rateOf(cityN - own, stratum.events - (held.events[place] ?? 0)) : cityRate
    let all = sums.n[place] ?? 0
    let variance = sums.variance[place] ?? 0
    let shared = sums.own[place] ?? 0
    for (; i < to; i++) {
      const group = groupOf[of[i] ?? 0] ?? -1
      const count = n[i] ?? 0
      if (count === 0 || group < 0) continue
      if (unitOf[group] !== place) break
      const expected = count * rate
      all += count
      sums.observed[group] = (sums.observed[group] ?? 0) + (events[i] ?? 0)
      sums.expected[group] = (sums.expected[group] ?? 0) + expected
      variance += expected * (1 - rate)
      if (!apart) shared += (count * own) / cityN
    }
    sums.n[place] = all
    sums.variance[place] = variance
    sums.own[place] = shared
  }
}
