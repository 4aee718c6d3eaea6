import type { Evaluated } from '#server/contract/flags.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { type ExpectedShare, standardise } from '#server/stats/casemix.ts'
import type { Cell } from '#server/stats/cells.ts'
import { slowness, standardisedPace } from '#server/stats/nelson-aalen.ts'
import { Z95 } from '#server/stats/normal.ts'
import { distance } from '#server/stats/overdispersion.ts'
import type { PaceColumns } from '#server/stats/pace-rows.ts'
import { type Excess, nothing } from './excess.ts'
import type { Tables } from './inputs.ts'
import type { Policy } from './policy.ts'
import { paceColumns, type Restarts, type ShareStandard, shareStandard } from './standard.ts'

/** Requests of one organization that lie together: of a stratum, and for pace of a bin of observed time. */
export interface Tally {
  stratum: number
  bin: number
  n: number
  /** Came back, were late, or closed. */
  events: number
}

/** What the evaluation expects of requests of one organization, by measure: to take it apart by building or week. */
export type Expectation = (tallies: Iterable<Tally>) => Excess

/** The rates that gave the organization's expectation, so that its parts add up to it. */
export function expectationOf(
  inputs: Tables,
  policy: Policy,
  {
    unit,
    measure,
    restarts,
    years,
  }: {
    unit: number
    measure: Evaluated
    restarts: Restarts
    years: 1 | 2
  },
): Expectation {
  if (measure === 'pace') return paceExpectation(inputs, policy, { unit, restarts, years })
  const rate = ratesFor(shareStandard(inputs, measure, { restarts, years }), policy, unit)
  return (tallies) => {
    const sum = nothing()
    for (const { stratum, n, events } of tallies) {
      const p = rate(stratum)
      sum.n += n
      sum.observed += events
      sum.expected += n * p
      sum.variance += n * p * (1 - p)
    }
    return sum
  }
}

/** The share expected of one request of an organization in a stratum. Strata where it has none are asked of nobody. */
export function ratesFor(
  { cells, model }: ShareStandard,
  { casemix }: Pick<Policy, 'casemix'>,
  unit: number,
): (stratum: number) => number {
  const [own, others] = [new Map<number, Counts>(), new Map<number, Counts>()]
  for (let row = 0; row < cells.n.length; row++) {
    const stratum = cells.stratum[row] ?? 0
    const [n, events] = [cells.n[row] ?? 0, cells.events[row] ?? 0]
    const side = cells.unit[row] === unit ? own : others
    const sum = side.get(stratum)
    if (sum) {
      sum.n += n
      sum.events += events
    } else side.set(stratum, { n, events })
  }
  return ratesBeside({ own, others }, casemix, model)
}

interface Counts {
  n: number
  events: number
}

/** The same of what a unit has of each stratum, and all others together. */
export function ratesBeside(
  { own, others }: Record<'own' | 'others', ReadonlyMap<number, Counts>>,
  casemix: Policy['casemix'],
  model: ExpectedShare,
): (stratum: number) => number {
  const cells = Array.from(own, ([stratum, mine], quarter): Cell<number>[] => {
    const rest = others.get(stratum)
    return [
      ...(rest ? [{ unit: REST, stratum, ...rest }] : []),
      { unit: MINE, stratum, ...mine, quarter },
    ]
  }).flat()
  const found = standardise(cells, casemix, model).find(({ unit }) => unit === MINE)
  const rates = new Map(
    Array.from(own, ([stratum, { n }], quarter) => [
      stratum,
      (found?.quarters[quarter]?.expected ?? 0) / (n || 1),
    ]),
  )
  return (stratum) => rates.get(stratum) ?? 0
}
const MINE = 1
/** Everybody else, as one unit. */
const REST = -1

function paceExpectation(
  inputs: Tables,
  { pace }: Policy,
  { unit, restarts, years }: { unit: number; restarts: Restarts; years: 1 | 2 },
): Expectation {
  const columns = paceColumns(inputs, { restarts, years })
  const place = (stratum: number, bin: number) => stratum * BINS + bin
  const sums = {
    own: new Map<number, [number, number]>(),
    rest: new Map<number, [number, number]>(),
  }
  const strata = new Set<number>()
  for (let row = 0; row < columns.n.length; row++)
    if (columns.unit[row] === unit) strata.add(Number(columns.stratum[row]))
  for (let row = 0; row < columns.n.length; row++) {
    const stratum = Number(columns.stratum[row])
    if (!strata.has(stratum)) continue
    const side = columns.unit[row] === unit ? sums.own : sums.rest
    const at = place(stratum, columns.time[row] ?? 0)
    const [n, events] = side.get(at) ?? [0, 0]
    side.set(at, [n + (columns.n[row] ?? 0), events + (columns.events[row] ?? 0)])
  }
  const places = [...sums.own.keys()]
  const indexOf = new Map(places.map((at, index) => [at, index]))
  const rows = [
    ...Array.from(sums.rest, ([at, [n, events]]) => ({ at, n, events, unit: REST, quarter: 0 })),
    ...Array.from(sums.own, ([at, [n, events]]) => ({
      ...{ at, n, events, unit },
      quarter: indexOf.get(at) ?? 0,
    })),
  ]
  const together: PaceColumns = {
    unit: rows.map((row) => row.unit),
    stratum: rows.map(({ at }) => Math.floor(at / BINS)),
    time: rows.map(({ at }) => at % BINS),
    events: rows.map(({ events }) => events),
    n: rows.map(({ n }) => n),
    quarter: rows.map(({ quarter }) => quarter),
  }
  const found = standardisedPace(together, pace).find((one) => one.unit === unit)
  const hazards = new Map(
    Array.from(sums.own, ([at, [n, events]]) => {
      const part = found?.quarters[indexOf.get(at) ?? 0]
      // Beyond the horizon of the hazard a closing is not counted.
      return [at, { hazard: (part?.expected ?? 0) / n, counts: events > 0 && part?.observed !== 0 }]
    }),
  )
  return (tallies) => {
    const sum = nothing()
    for (const { stratum, bin, n, events } of tallies) {
      const known = hazards.get(place(stratum, bin))
      sum.n += n
      sum.observed += known?.counts ? events : 0
      sum.expected += n * (known?.hazard ?? 0)
    }
    return { ...sum, variance: sum.expected }
  }
}
/** More than there are bins of observed time. */
const BINS = 100_000

/** How much worse than expected, with its 95 % interval as the evaluation counts it; null where nothing was expected. */
export function worseRatio(
  { observed, expected, variance }: Pick<Excess, 'observed' | 'expected' | 'variance'>,
  worse: 'more' | 'fewer',
): { ratio: number; lower: number; upper: number } | null {
  if (!(expected > 0 && variance > 0)) return null
  if (worse === 'fewer') {
    const { ratio, lower, upper } = slowness(observed, expected)
    return { ratio, lower, upper }
  }
  const root = Math.sqrt(observed / expected)
  const { s } = distance(observed, expected, variance)
  return {
    ratio: observed / expected,
    lower: Math.max(0, root - Z95 * s) ** 2,
    upper: (root + Z95 * s) ** 2,
  }
}

/** How many more than expected are worse; fewer for pace. */
export const worseBy = ({ observed, expected }: Excess, worse: 'more' | 'fewer') =>
  worse === 'more' ? observed - expected : expected - observed

export const isShare = (measure: Evaluated): measure is Judged => measure !== 'pace'
