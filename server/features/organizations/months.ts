import type { Judged } from '#server/contract/measures/shape.ts'
import { type Month, type MonthColumns, monthsOf } from '#server/judgement/months.ts'
import { firstDayOf, isoOf, type Period } from '#server/judgement/period.ts'
import type { Context } from '#server/trpc.ts'
import { type Share, shareOf } from './compare.ts'
import { type Asked, has, maskOf, type Own, ownOf } from './own.ts'
import { unitBy } from './unit.ts'

const MATURE = maskOf('mature')
const TOLD = maskOf('cameBackTold')

export interface Months extends Record<Judged, Month[]> {
  period: Period
  /** What sources themselves told of returns, beside what came back under a new number: by month of the period. */
  told: { month: string; share: Share | null }[]
}

/** A unit by month of registration: what came back, in both senses, and what was late. */
export async function months(context: Context, asked: Asked): Promise<Months> {
  const { key } = unitBy(context, asked)
  const own = await ownOf(context, asked)
  const { columns, count } = own
  const chosen = { unit: key, filter: asked.filter, whose: asked.unit, own: judgedRows(own) }
  const [reopened, late] = await Promise.all([
    monthsOf(context, 'reopened', chosen),
    monthsOf(context, 'late', chosen),
  ])
  const told = new Map<number, { cases: number; n: number }>()
  for (let i = 0; i < count; i++) {
    if (!has(columns.bits[i], MATURE)) continue
    const month = columns.month[i] ?? 0
    const known = told.get(month)
    const sum = known ?? { cases: 0, n: 0 }
    if (!known) told.set(month, sum)
    sum.n++
    if (has(columns.bits[i], TOLD)) sum.cases++
  }
  return {
    period: own.period,
    reopened,
    late,
    told: [...told.entries()]
      .sort(([a], [b]) => a - b)
      .map(([month, { cases, n }]) => ({
        month: isoOf(firstDayOf(month)).slice(0, 7),
        share: shareOf(cases, n),
      })),
  }
}

const MATURE_FIRST = maskOf('mature', 'incidentHead')
const DUE_FIRST = maskOf('due', 'incidentHead')
const CAME_BACK = maskOf('cameBack')
const PAST_DUE = maskOf('pastDue')

/** What the evaluation counts, of each request up to today. */
function judgedRows({ columns, later }: Own): MonthColumns {
  const both = (name: 'month' | 'stratum' | 'bits') => {
    const all = new Float64Array(columns[name].length + later[name].length)
    all.set(columns[name])
    all.set(later[name], columns[name].length)
    return all
  }
  const bits = both('bits')
  const ones = (mask: number) => bits.map((row) => (has(row, mask) ? 1 : 0))
  return {
    month: both('month'),
    stratum: both('stratum'),
    mature: ones(MATURE_FIRST),
    returned: ones(MATURE_FIRST | CAME_BACK),
    due: ones(DUE_FIRST),
    late: ones(DUE_FIRST | PAST_DUE),
  }
}
