import type { Evaluated } from '#server/contract/flags.ts'
import { JUDGED } from '#server/contract/measures/shape.ts'
import type { Standardised } from '#server/stats/casemix.ts'
import type { CompositeUnit } from '#server/stats/composite.ts'
import { evaluate, insufficiency, type Leveled, type Measured } from '#server/stats/levels.ts'
import { pacedWithin } from '#server/stats/nelson-aalen.ts'
import { placedRows } from '#server/stats/pace-rows.ts'
import type { Inputs } from './inputs.ts'
import type { Policy } from './policy.ts'
import type { Restarts } from './standard.ts'
import { standardsOf, windowOf } from './standards.ts'
import { type Warned, type WeekCharts, warningsOf } from './warnings.ts'

export interface JudgedUnit extends Leveled {
  /** The window was widened to two years, because one had too little. */
  widened: boolean
  /** An early signal, or doubts of integrity; null = neither. */
  warned: Warned | null
}

export interface JudgedMeasure {
  measure: Evaluated
  worse: 'more' | 'fewer'
  phi: number
  tau2: number
  published: { phi: number; tau2: number }
  city: { n: number; observed: number }
  /** Organizations by their keys. */
  units: JudgedUnit[]
  /** Requests that no known organization answers for: part of the city, and judged by nobody. */
  nobody: Standardised | null
}

export interface Figures {
  measures: Record<Evaluated, JudgedMeasure>
  composite: { rho: number; units: CompositeUnit[] } | null
  /** Tests of the one family. */
  tested: number
  /** Everybody week by week, by the measures that count outcomes. */
  charts: WeekCharts
}

/** Levels of every organization by every measure, from the tables alone: no facts, no clock. */
export function evaluateInputs(
  inputs: Inputs,
  policy: Policy,
  restarts: Restarts = new Map(),
): Figures {
  const standards = standardsOf(inputs, policy, restarts)
  const hasBefore = hasYearBefore(inputs)
  const { warnings, charts } = warningsOf(inputs, policy, {
    restarts,
    before: {
      reopened: hasBefore ? standards('reopened', 'before') : null,
      late: hasBefore ? standards('late', 'before') : null,
    },
  })
  const shares = JUDGED.map((measure) =>
    measured(measure, 'more', policy, {
      year: standards(measure, 'judged'),
      years: hasBefore ? (units) => standards(measure, 'both', units) : null,
    }),
  )
  const { organization, bin, ...rest } = inputs.pace
  const paceOf = pacedWithin(
    placedRows([{ ...rest, unit: organization, time: bin }]),
    policy.pace,
    { judged: windowOf('judged', restarts), both: windowOf('both', restarts) },
  )
  const pace = measured('pace', 'fewer', policy, {
    year: paceOf('judged'),
    years: hasBefore ? (units) => paceOf('both', units) : null,
  })
  const all = [...shares, pace]
  const { measures, composite } = evaluate(
    all.map(({ measured }) => ({
      ...measured,
      warned: new Set(warnings[measured.measure].keys()),
    })),
    policy.levels,
  )
  const found = measures.map((one, i) => {
    const { city, nobody, widened } = all[i] ?? { city: { n: 0, observed: 0 }, nobody: null }
    return [
      one.measure,
      {
        ...one,
        city,
        nobody: nobody ?? null,
        units: one.units.map((unit) => ({
          ...unit,
          widened: widened?.has(unit.unit) ?? false,
          warned: warnings[one.measure].get(unit.unit) ?? null,
        })),
      },
    ]
  })
  return {
    measures: Object.fromEntries(found) as Figures['measures'],
    composite,
    charts,
    tested: measures.reduce((sum, { units }) => sum + units.length, 0),
  }
}

interface Windows {
  year: readonly Standardised[]
  /** Asked only where somebody has too little in one; null = there is no year before. */
  years: ((units: ReadonlySet<number>) => readonly Standardised[]) | null
}

/** One year of everybody, but two of those of whom one has too little, where two are enough. */
function measured(
  measure: Evaluated,
  worse: Measured['worse'],
  policy: Policy,
  { year, years }: Windows,
) {
  const widened = new Set<number>()
  const isFew = (unit: Standardised) => insufficiency(unit, policy.levels) === 'few'
  const few = new Set(year.flatMap((one) => (one.unit !== 0 && isFew(one) ? [one.unit] : [])))
  const longer = new Map(few.size > 0 ? years?.(few).map((unit) => [unit.unit, unit]) : [])
  const units = year.map((unit) => {
    const two = longer.get(unit.unit)
    if (!two || unit.unit === 0 || !isFew(unit) || isFew(two)) return unit
    widened.add(unit.unit)
    return two
  })
  const known = units.filter(({ unit }) => unit !== 0)
  return {
    measured: { measure, worse, units: known } satisfies Measured<Evaluated>,
    widened,
    nobody: year.find(({ unit }) => unit === 0) ?? null,
    city: year.reduce(
      (sum, unit) => ({ n: sum.n + unit.n, observed: sum.observed + unit.observed }),
      { n: 0, observed: 0 },
    ),
  }
}

const hasYearBefore = ({ shares: { quarter } }: Inputs) => {
  for (let row = 0; row < quarter.length; row++) if ((quarter[row] ?? 0) < 0) return true
  return false
}
