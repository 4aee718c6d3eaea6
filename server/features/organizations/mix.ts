import type { Judged } from '#server/contract/measures/shape.ts'
import type { Words } from '#server/contract/vocabulary.ts'
import { type Excess, excess, nothing } from '#server/judgement/excess.ts'
import { judge } from '#server/judgement/judge.ts'
import {
  type BuildingCell,
  byCategory,
  excessByBuilding,
  ratesOf,
} from '#server/judgement/parts.ts'
import { placesByFirst } from '#server/stats/columns.ts'
import { ratioOf } from '#server/stats/comparison.ts'
import type { Context } from '#server/trpc.ts'
import { JUDGED_ROWS, judgedOwn } from './judged-own.ts'
import { type Asked, has, ownOf } from './own.ts'
import { groupsOf, ownTimes, waitOfTimes } from './own-times.ts'
import { unitBy } from './unit.ts'

const HEAVIEST = 6

const compared = (part: Excess) => (part.expected > 0 && part.variance > 0 ? ratioOf(part) : null)

/**
 * Requests of a unit by group of categories, most first: its share and the city's, what came back against what
 * was expected, and how long they wait.
 */
export async function mixOf(context: Context, measure: Judged, asked: Asked) {
  const { registry } = context
  const { key } = unitBy(context, asked)
  const judgement = await judge(context, measure, asked.filter, asked.unit)
  const own = await ownOf(context, asked)
  const times = ownTimes(own, 'resolution')
  type Group = Excess & { place: number; name: Words | null; ids: string[]; city: number }
  const groups = new Map<string, Group>()
  const groupOf = (category: number): Group => {
    const found = registry.category(category)
    const name = found ? (found.group ?? found.name) : null
    const label = JSON.stringify(name)
    const place = groups.size
    const group = groups.get(label) ?? { ...nothing(), place, name, ids: [], city: 0 }
    if (found && !group.ids.includes(found.id)) group.ids.push(found.id)
    groups.set(label, group)
    return group
  }
  for (const [category, part] of byCategory(judgement, key)) {
    const group = groupOf(category)
    for (const field of ['n', 'observed', 'expected', 'variance', 'city'] as const)
      group[field] += part[field]
  }
  const categories = placesByFirst(times.row.map((row) => own.columns.category[row] ?? 0))
  const placeOf = categories.values.map((category) => groupOf(category).place)
  const waits = groupsOf(
    times,
    categories.of.map((category) => placeOf[category] ?? 0),
    groups.size,
  ).map(waitOfTimes)
  const judged = judgement.units.find(({ unit }) => unit === key)?.n ?? 0
  let everyone = 0
  for (const { city } of groups.values()) everyone += city
  return {
    n: judged,
    groups: [...groups.values()]
      .map((group) => ({ ...group, wait: waits[group.place] ?? waitOfTimes(times) }))
      .filter(({ n, wait }) => n > 0 || wait.n > 0)
      .map(({ name, ids, n, observed, expected, variance, city, wait }) => ({
        name,
        ids,
        n,
        observed,
        expected,
        ratio: compared({ n, observed, expected, variance }),
        share: judged === 0 ? 0 : n / judged,
        cityShare: everyone === 0 ? 0 : city / everyone,
        wait,
      }))
      .sort(
        (a, b) =>
          b.n - a.n || b.wait.n - a.wait.n || ((a.ids[0] ?? '') < (b.ids[0] ?? '') ? -1 : 1),
      ),
  }
}

/** The buildings that weigh most in a unit's excess, and the rest of them together. */
export async function heaviestBuildings(context: Context, measure: Judged, asked: Asked) {
  const judgement = await judge(context, measure, asked.filter, asked.unit)
  const { key } = unitBy(context, asked)
  const own = await judgedOwn(context, judgement, { asked, key })
  const { whole, buildings } = excessByBuilding(cellsOf(own, measure), ratesOf(judgement, key))
  const heaviest = buildings.slice(0, HEAVIEST)
  const rest = nothing()
  for (const part of buildings.slice(HEAVIEST))
    for (const field of ['n', 'observed', 'expected', 'variance'] as const)
      rest[field] += part[field]
  return {
    whole: { ...whole, ratio: compared(whole) },
    heaviest: heaviest.map(({ building, without, ...part }) => {
      const found = context.registry.building(building)
      return {
        id: found?.id ?? null,
        address: found?.address ?? null,
        ...part,
        excess: excess(part),
        without: without && { ratio: without.ratio, lower: without.lower },
      }
    }),
    rest: { buildings: buildings.length - heaviest.length, ...rest, excess: excess(rest) },
  }
}

/** Each judged request of a unit by its building. */
function* cellsOf(
  { columns, count, isJudged }: Awaited<ReturnType<typeof judgedOwn>>,
  measure: Judged,
): Generator<BuildingCell> {
  const { among, events } = JUDGED_ROWS[measure]
  const { bits, building, stratum } = columns
  for (let i = 0; i < count; i++)
    if (has(bits[i], among) && isJudged(i))
      yield {
        building: building[i] ?? 0,
        stratum: stratum[i] ?? 0,
        n: 1,
        events: has(bits[i], events) ? 1 : 0,
      }
}
