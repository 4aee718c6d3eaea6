import { JUDGED, type Judged } from '#server/contract/measures/shape.ts'
import { weekStart } from '#server/judgement/inputs.ts'
import { isoOf, type Period } from '#server/judgement/period.ts'
import { judgedSince } from '#server/judgement/restarts.ts'
import type { WeekChart } from '#server/judgement/warnings.ts'
import { WARNING_POLICY } from '#server/stats/early-warnings.ts'
import { EWMA_LAMBDA, EWMA_LIMIT, ewma } from '#server/stats/ewma.ts'
import type { Context } from '#server/trpc.ts'
import type { Asked } from './own.ts'
import { unitBy } from './unit.ts'

export interface Week {
  /** Days of [from, to); the last week ends with the judged year. */
  from: string
  to: string
  /** Mature requests, those that count against it, and how many the city's shares let expect. */
  n: number
  observed: number
  expected: number
  /** The moving average of what weeks differ from what was expected, in standard deviations, and the limit on both sides. */
  average: number
  limit: number
  /** The chart of change; null without a past. */
  change: number | null
}
export interface Weekly {
  weeks: Week[]
  /** Where the chart of change signals, and its weeks that did; null = no year before, or begun anew within this one. */
  change: { limit: number; signals: string[] } | null
}

export interface YearOfWeeks extends Record<Judged, Weekly | null> {
  period: Period
  /** Weight of the newest week in the average, its limits in standard deviations, and the change of odds that is looked for. */
  rules: { lambda: number; limit: number; oddsRatio: number }
}

/** An organization of the judged year week by week, as the evaluation of the last midnight watches it. Others are not watched. */
export async function weeklyOf(
  context: Context,
  { unit, id }: Pick<Asked, 'unit' | 'id'>,
): Promise<YearOfWeeks | null> {
  const { key } = unitBy(context, { unit, id })
  if (unit !== 'organization') return null
  const { period, charts, restarts, policy } = await context.judging.evaluation(context)
  const since = judgedSince(period, { widened: false, restart: restarts.get(key) })
  const of = (measure: Judged) => {
    const chart = charts[measure].get(key)
    return chart ? weeklyIn(chart, period, since) : null
  }
  const [reopened, late] = JUDGED.map(of)
  const { oddsRatio } = policy.warning ?? WARNING_POLICY
  return {
    ...{ period, reopened: reopened ?? null, late: late ?? null },
    rules: { lambda: EWMA_LAMBDA, limit: EWMA_LIMIT, oddsRatio },
  }
}

/**
 * The average runs over (observed − expected) / √variance, which is 0 in the mean however few requests a week has; weeks before
 * `since` and those of which nothing is expected have none.
 */
function weeklyIn({ weeks, change }: WeekChart, period: Period, since: string): Weekly {
  const all = Array.from(weeks.n, (n, week) => {
    const days = { from: isoOf(weekStart(period, week)), to: isoOf(weekStart(period, week + 1)) }
    const [observed, expected] = [weeks.events[week] ?? 0, weeks.expected[week] ?? 0]
    const variance = weeks.variance[week] ?? 0
    const z = variance > 0 ? (observed - expected) / Math.sqrt(variance) : null
    return { ...days, week, n, observed, expected, z }
  }).filter(({ from }) => from >= since)
  const averages = ewma(all.map(({ z }) => z))
  return {
    weeks: all.map(({ from, to, n, observed, expected, week }, i) => ({
      ...{ from, to, n, observed, expected },
      average: averages[i]?.value ?? 0,
      limit: EWMA_LIMIT * (averages[i]?.sd ?? 0),
      change: change?.path[week] ?? null,
    })),
    change: change && {
      limit: change.limit,
      signals: change.signals.map((week) => isoOf(weekStart(period, week))),
    },
  }
}
