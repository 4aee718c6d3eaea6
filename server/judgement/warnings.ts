import type { Evaluated } from '#server/contract/flags.ts'
import { INDICATORS, type Indicator } from '#server/contract/integrity.ts'
import { JUDGED, type Judged } from '#server/contract/measures/shape.ts'
import type { Standardised } from '#server/stats/casemix.ts'
import { earlyWarnings, WARNING_POLICY, type Warning } from '#server/stats/early-warnings.ts'
import { insufficiency } from '#server/stats/levels.ts'
import { distance, overdispersion } from '#server/stats/overdispersion.ts'
import { posterior, priorShape } from '#server/stats/shrinkage.ts'
import { type Inputs, WEEKS } from './inputs.ts'
import type { Policy } from './policy.ts'
import { COUNTED, type Restarts } from './standard.ts'

/** Why an organization is watched by a measure whatever its figures (method, section 6). */
export interface Warned {
  /** The last week, from 0, in which the chart of its weeks signalled a change for the worse; null = in none of the last ones. */
  week: number | null
  /** What it is asked about by the indicators of integrity. */
  doubts: readonly Indicator[]
}
export type Warnings = Record<Evaluated, ReadonlyMap<number, Warned>>

/** The judged year of one organization week by week, beside what the city's shares let expect. */
export interface WeekChart extends Pick<Warning, 'weeks'> {
  /** Only of who has a past to be compared with. */
  change: Pick<Warning, 'path' | 'signals' | 'limit'> | null
}
export type WeekCharts = Record<Judged, ReadonlyMap<number, WeekChart>>

/** The measure whose figures look better if what an indicator asks about is so. */
const DOUBTED: Record<Indicator, Evaluated> = {
  unproven: 'reopened',
  premature: 'reopened',
  bunching: 'late',
  excessMass: 'late',
  heaping: 'late',
  massClosing: 'late',
  night: 'late',
  afterTheFact: 'late',
  scanReuse: 'reopened',
  duplicateAbuse: 'late',
  reworkLoop: 'reopened',
  downgrading: 'late',
  dropping: 'late',
}

/** So many last weeks are looked at: a month, and no week between two monthly evaluations is missed. */
const LAST_WEEKS = 5

/** Everybody's figures of the year before; null = there is no such year. */
export type Before = Record<Judged, readonly Standardised[] | null>

/**
 * Early signals and doubts of integrity by measure, and the charts that signal. A chart of change needs a past: only who had
 * enough in the year before (`before`) and did not begin anew has one, and it is compared with its own past. Pace has no chart:
 * it counts no outcomes of requests.
 */
export function warningsOf(
  inputs: Inputs,
  policy: Policy,
  { restarts, before }: { restarts: Restarts; before: Before },
): { warnings: Warnings; charts: WeekCharts } {
  const found: Record<Evaluated, Map<number, Warned>> = {
    reopened: new Map(),
    late: new Map(),
    pace: new Map(),
  }
  const charts: Record<Judged, Map<number, WeekChart>> = { reopened: new Map(), late: new Map() }
  const first = WEEKS - (policy.warning?.lastWeeks ?? LAST_WEEKS)
  for (const measure of JUDGED) {
    const past = before[measure]
    const ratios = past ? ratiosBefore(past, policy) : new Map<number, number>()
    for (const [unit, chart] of weeksOf(inputs, policy, { measure, ratios })) {
      const { weeks, path, signals, limit } = chart
      const hasPast = ratios.has(unit) && !restarts.has(unit)
      charts[measure].set(unit, { weeks, change: hasPast ? { path, signals, limit } : null })
      const last = signals.at(-1)
      if (hasPast && last !== undefined && last >= first)
        found[measure].set(unit, { week: last, doubts: [] })
    }
  }
  const { organization, indicator } = inputs.doubts
  for (const [row, unit] of organization.entries()) {
    const asked = INDICATORS[indicator[row] ?? -1]
    if (!asked) continue
    const of = found[DOUBTED[asked]]
    const known = of.get(unit) ?? { week: null, doubts: [] }
    of.set(unit, { ...known, doubts: [...known.doubts, asked] })
  }
  return { warnings: found, charts }
}

/** Of those who had enough in the year before, its ratio to the city drawn in to 1. */
function ratiosBefore(
  past: readonly Standardised[],
  { levels }: Pick<Policy, 'levels'>,
): Map<number, number> {
  const known = past.filter((unit) => unit.unit !== 0 && insufficiency(unit, levels) !== 'few')
  const spread = known
    .filter(({ expected }) => expected >= levels.minExpectedForSpread)
    .map(({ observed, expected, variance }) => distance(observed, expected, variance))
  const shape = priorShape(overdispersion(spread, levels.trim).tau2)
  return new Map(
    known.map(({ unit, observed, expected }) => [
      unit,
      posterior(observed, expected, [shape, shape]).mean,
    ]),
  )
}

function weeksOf(
  { weeks }: Inputs,
  { warning }: Policy,
  { measure, ratios }: { measure: Judged; ratios: ReadonlyMap<number, number> },
) {
  const { among, events } = COUNTED[measure]
  const charts = earlyWarnings(
    {
      ...{ unit: weeks.organization, week: weeks.week, stratum: weeks.stratum },
      ...{ n: weeks[among], events: weeks[events] },
    },
    ratios,
    warning ?? WARNING_POLICY,
  )
  charts.delete(0)
  return charts
}
