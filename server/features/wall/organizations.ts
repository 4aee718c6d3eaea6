import { EVERYTHING } from '#server/contract/filter.ts'
import { flagIdOf } from '#server/contract/flags.ts'
import type { Judged, Level } from '#server/contract/measures/shape.ts'
import { isAuthority } from '#server/domain/addressees.ts'
import { flagBook } from '#server/judgement/flag-book.ts'
import { type Judgement, judge } from '#server/judgement/judge.ts'
import type { Compared } from '#server/stats/comparison.ts'
import type { Context } from '#server/trpc.ts'
import { idsOf, type Place } from './place.ts'
import type { WallOrganizations } from './schema.ts'

/** Rows that can be read from five metres. */
const ROWS = 8
const WORSE = 5
const BETTER = 3

/**
 * Organizations beyond the limits, in the measure that calls out more of them. Where these are few, the largest of those that are
 * as expected stand beside them, called just that; the others are counted and stay unnamed.
 */
export async function wallOrganizations(
  context: Context,
  place: Place,
): Promise<WallOrganizations> {
  const book = flagBook(context.log, context.judging.policies)
  const stood = async (measure: Judged) => {
    const answer = await judge(context, measure, { ...EVERYTHING, district: idsOf(place) })
    const units = answer.units.flatMap((unit): Compared[] => {
      const known = context.registry.organization(unit.unit)
      if (!known || isAuthority(known)) return []
      const flag = flagIdOf(measure, known.id)
      const issued = book.standing.get(flag)?.inspect?.state === 'issued'
      // A district is judged upon a part of the requests: at most "watch", whatever the judgement of the city.
      const within = unit.level === 'watch' && issued ? 'inspect' : unit.level
      const stands = place ? within : book.level(flag, unit.level)
      return [{ ...unit, level: levelOnWall(unit, stands, issued) }]
    })
    return { ...answer, units }
  }
  const [reopened, late] = await Promise.all([stood('reopened'), stood('late')])
  const flagged = ({ units }: Judgement) => units.filter(({ level }) => level === 'inspect').length
  const judgement = flagged(late) > flagged(reopened) ? late : reopened
  const { measure, period, units } = judgement
  const counts = { inspect: 0, watch: 0, good: 0, none: 0, insufficient: 0 }
  for (const { level } of units) counts[level]++
  return {
    measure,
    ...period,
    counts,
    rows: chosen(units).flatMap(({ unit, ratio, lower, upper, level, n }) => {
      const name = context.registry.organization(unit)?.name
      if (!name || level === 'insufficient') return []
      return [{ name, ratio, lower, upper, level, n }]
    }),
  }
}

/**
 * A wall calls out nobody whose flag was not issued, after the right of reply; nor, in a district, anybody whom the judgement of
 * the city does not. Watched are those whose own figures say so: of an early signal or of doubts about data a row tells nothing.
 */
export function levelOnWall(
  { level, lower }: Pick<Compared, 'level' | 'lower'>,
  stands: Level,
  issued: boolean,
): Level {
  if (stands === 'inspect' && issued) return 'inspect'
  if (stands !== 'inspect' && stands !== 'watch') return stands
  if (level === 'insufficient' || level === 'good') return level
  return lower > 1 ? 'watch' : 'none'
}

const byLower = (units: readonly Compared[], levels: readonly Compared['level'][]) =>
  units
    .filter(({ level }) => levels.includes(level))
    .sort(
      (a, b) =>
        levels.indexOf(a.level) - levels.indexOf(b.level) || b.lower - a.lower || a.unit - b.unit,
    )

/** Worse than expected by how far beyond chance, then the largest as expected, then good practice; each group by its own order. */
export function chosen(units: readonly Compared[]): Compared[] {
  const worse = byLower(units, ['inspect', 'watch']).slice(0, WORSE)
  const better = byLower(units, ['good']).slice(-BETTER)
  const expected = units
    .filter(({ level }) => level === 'none')
    .sort((a, b) => b.n - a.n || a.unit - b.unit)
    .slice(0, ROWS - worse.length - better.length)
  return [...worse, ...byRatio(expected), ...byRatio(better)]
}

const byRatio = (units: Compared[]) => units.sort((a, b) => b.ratio - a.ratio)
