import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { type Detail, type DetailRow, talliesOf } from './detail.ts'
import type { JudgedMeasure, JudgedUnit } from './evaluation.ts'
import { type Excess, nothing } from './excess.ts'
import { expectationOf, worseBy, worseRatio } from './expectation.ts'
import type { Inputs } from './inputs.ts'
import type { Policy } from './policy.ts'
import { partOf, type Restarts } from './standard.ts'
import { stratumIn } from './strata.ts'

export interface Basis {
  inputs: Inputs
  policy: Policy
  restarts: Restarts
  detail: Detail
}

/** Part of an organization's requests, by the key of what holds them together, and the rest without it. */
export interface ApartPart extends Excess {
  key: number
  /** Figures of everything else, and how much worse than expected that is; null where nothing is expected of it. */
  without: Excess
  withoutRatio: ReturnType<typeof worseRatio>
}

/** An organization by one measure, taken apart; parts that weigh most first. */
export interface Apart {
  whole: Excess
  buildings: ApartPart[]
  /** By the day number of their Monday. */
  weeks: ApartPart[]
  categories: ApartPart[]
  /** Share of what is worse than expected that lies among emergencies; 0 where nothing is. */
  emergencies: number
}

const EMERGENCY = PRIORITIES.indexOf('emergency')

/** Takes apart what the evaluation found of an organization whose rows are in `detail`. */
export function takenApart(
  basis: Basis,
  { measure, worse }: Pick<JudgedMeasure, 'measure' | 'worse'>,
  { unit, widened }: Pick<JudgedUnit, 'unit' | 'widened'>,
): Apart {
  const years = widened ? 2 : 1
  const { inputs, policy, restarts } = basis
  const expectation = expectationOf(inputs, policy, { unit, measure, restarts, years })
  const rows = rowsWithin(basis, { unit, years })
  const part = (some: readonly DetailRow[]) => expectation(talliesOf(some, measure))
  const whole = part(rows)
  const by = (keyOf: (row: DetailRow) => number): ApartPart[] =>
    Array.from(Map.groupBy(rows, keyOf), ([key, some]) => {
      const own = part(some)
      const without = subtract(whole, own)
      return { key, ...own, without, withoutRatio: worseRatio(without, worse) }
    })
      .filter(({ n }) => n > 0)
      .sort((a, b) => worseBy(b, worse) - worseBy(a, worse) || a.key - b.key)
  const urgent = part(rows.filter(({ stratum }) => stratumIn(stratum).priority === EMERGENCY))
  const excess = worseBy(whole, worse)
  return {
    whole,
    buildings: by(({ house }) => house),
    weeks: by(({ week }) => week),
    categories: by(({ stratum }) => stratumIn(stratum).category),
    emergencies: excess > 0 ? worseBy(urgent, worse) / excess : 0,
  }
}

/** The rows of an organization that its window holds. */
function rowsWithin(
  { detail, restarts }: Basis,
  { unit, years }: { unit: number; years: 1 | 2 },
): DetailRow[] {
  const restart = restarts.get(unit) ?? Number.NEGATIVE_INFINITY
  return (detail.get(unit) ?? []).filter(
    ({ quarter }) => partOf(quarter, years) >= 0 && quarter >= restart,
  )
}

function subtract(whole: Excess, part: Excess): Excess {
  const rest = nothing()
  for (const field of ['n', 'observed', 'expected', 'variance'] as const)
    rest[field] = Math.max(0, whole[field] - part[field])
  return rest
}
