import type { Evaluated } from '#server/contract/flags.ts'
import { INDICATORS, type Indicator } from '#server/contract/integrity.ts'
import { JUDGED, type Judged } from '#server/contract/measures/shape.ts'
import { standardiseColumns } from '#server/stats/casemix.ts'
import { earlyWarnings, WARNING_POLICY } from '#server/stats/cusum.ts'
import { insufficiency } from '#server/stats/levels.ts'
import { distance, overdispersion } from '#server/stats/overdispersion.ts'
import { posterior, priorShape } from '#server/stats/shrinkage.ts'
import { type Inputs, WEEKS } from './inputs.ts'
import type { Policy } from './policy.ts'
import { COUNTED, cellsWhere, modelOf, type Restarts, type ShareStandard } from './standard.ts'

/** Why an organization is watched by a measure whatever its figures (method, section 6). */
export interface Warned {
  /** The last week, from 0, in which the chart of its weeks signalled a change for the worse; null = in none of the last ones. */
  week: number | null
  /** What it is asked about by the indicators of integrity. */
  doubts: readonly Indicator[]
}
export type Warnings = Record<Evaluated, ReadonlyMap<number, Warned>>

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

/**
 * Early signals and doubts of integrity by measure. A chart needs a past: only who had enough in the year before (`before`) and
 * did not begin anew has one, and it is compared with its own past. Pace has no chart: it counts no outcomes of requests.
 */
export function warningsOf(
  inputs: Inputs,
  policy: Policy,
  { restarts, before }: { restarts: Restarts; before: Record<Judged, ShareStandard | null> },
): Warnings {
  const found: Record<Evaluated, Map<number, Warned>> = {
    reopened: new Map(),
    late: new Map(),
    pace: new Map(),
  }
  for (const measure of JUDGED) {
    const past = before[measure]
    if (!past) continue
    for (const [unit, week] of signalsOf(inputs, policy, { measure, past }))
      if (!restarts.has(unit)) found[measure].set(unit, { week, doubts: [] })
  }
  const { organization, indicator } = inputs.doubts
  for (const [row, unit] of organization.entries()) {
    const asked = INDICATORS[indicator[row] ?? -1]
    if (!asked) continue
    const of = found[DOUBTED[asked]]
    const known = of.get(unit) ?? { week: null, doubts: [] }
    of.set(unit, { ...known, doubts: [...known.doubts, asked] })
  }
  return found
}

/** Organizations with a signal in the last weeks of the year, and its week. */
function signalsOf(
  { weeks }: Inputs,
  { casemix, levels, warning }: Policy,
  { measure, past }: { measure: Judged; past: ShareStandard },
): Map<number, number> {
  const cells = cellsWhere(past.cells, (row) => (past.cells.quarter[row] ?? 0) < PARTS_BEFORE)
  const { quarter: _, ...whole } = cells
  const known = standardiseColumns(whole, casemix, modelOf(cells)).filter(
    (unit) => unit.unit !== 0 && insufficiency(unit, levels) !== 'few',
  )
  const spread = known
    .filter(({ expected }) => expected >= levels.minExpectedForSpread)
    .map(({ observed, expected, variance }) => distance(observed, expected, variance))
  const shape = priorShape(overdispersion(spread, levels.trim).tau2)
  const ratios = new Map(
    known.map(({ unit, observed, expected }) => [
      unit,
      posterior(observed, expected, [shape, shape]).mean,
    ]),
  )
  const { among, events } = COUNTED[measure]
  const charts = earlyWarnings(
    {
      ...{ unit: weeks.organization, week: weeks.week, stratum: weeks.stratum },
      ...{ n: weeks[among], events: weeks[events] },
    },
    ratios,
    warning ?? WARNING_POLICY,
  )
  const found = new Map<number, number>()
  for (const unit of ratios.keys()) {
    const last = charts.get(unit)?.signals.at(-1)
    if (last !== undefined && last >= WEEKS - (warning?.lastWeeks ?? LAST_WEEKS))
      found.set(unit, last)
  }
  return found
}
/** Of the four parts of two years, those of the year before. */
const PARTS_BEFORE = 2
