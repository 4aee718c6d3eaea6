import { EVERYTHING } from '#server/contract/filter.ts'
import { type Judgement, judge } from '#server/judgement/judge.ts'
import type { Compared } from '#server/stats/comparison.ts'
import type { Context } from '#server/trpc.ts'
import type { WallOrganizations } from './schema.ts'

/** Rows that can be read from five metres. */
const WORSE = 5
const BETTER = 2

/** Organizations beyond the limits, in the measure that calls out more of them; the others are counted and stay unnamed. */
export async function wallOrganizations(context: Context): Promise<WallOrganizations> {
  const [reopened, late] = await Promise.all([
    judge(context, 'reopened', EVERYTHING),
    judge(context, 'late', EVERYTHING),
  ])
  const flagged = ({ units }: Judgement) => units.filter(({ level }) => level === 'inspect').length
  const judgement = flagged(late) > flagged(reopened) ? late : reopened
  const { measure, period, units } = judgement
  const counts = { inspect: 0, watch: 0, good: 0, none: 0, insufficient: 0 }
  for (const { level } of units) counts[level]++
  const worse = byLower(units, ['inspect', 'watch']).slice(0, WORSE)
  const better = byLower(units, ['good'])
    .slice(-BETTER)
    .sort((a, b) => b.ratio - a.ratio)
  return {
    measure,
    ...period,
    counts,
    rows: [...worse, ...better].flatMap(({ unit, ratio, lower, upper, level, n }) => {
      const name = context.registry.organization(unit)?.name
      if (!name || level === 'none' || level === 'insufficient') return []
      return [{ name, ratio, lower, upper, level, n }]
    }),
  }
}

const byLower = (units: readonly Compared[], levels: readonly Compared['level'][]) =>
  units
    .filter(({ level }) => levels.includes(level))
    .sort(
      (a, b) =>
        levels.indexOf(a.level) - levels.indexOf(b.level) || b.lower - a.lower || a.unit - b.unit,
    )
