import {
  type Evidence,
  NO_EVIDENCE,
  type NoticeKind,
  type ScopeOf,
} from '#server/contract/notices.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { outagesNow } from '#server/features/outages/list.ts'
import type { OpenRequest } from '#server/live/board.ts'
import { knownSources } from '#server/sources/known.ts'
import { sourceName } from '#server/sources/source-name.ts'
import { FactsUnavailableError } from '#server/store/engine.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { keyIn, partsOf } from './parts.ts'
import type { Observation, Rule } from './rule.ts'
import { keptUsual } from './usual.ts'

export type World = Pick<
  Context,
  'board' | 'registry' | 'outages' | 'engine' | 'city' | 'log' | 'sources' | 'now' | 'report'
>

const EMERGENCY = PRIORITIES.indexOf('emergency')
const MINUTE = 60_000
/** Requests that one rule tells of each by itself; the younger ones are told as one. */
const MOST_REQUESTS = 200

type Look = (world: World, rule: Rule) => Promise<Observation[] | null> | Observation[] | null

/** What each rule sees now; null where nothing is known. The numbers are those of the pages at the same minute. */
export async function observe(
  world: World,
  rules: readonly Rule[],
): Promise<Map<string, Observation[] | null>> {
  const seen = new Map<string, Observation[] | null>()
  for (const rule of rules) {
    if (rule.paused) continue
    try {
      seen.set(rule.id, await LOOKS[rule.kind](world, rule))
    } catch (cause) {
      seen.set(rule.id, null)
      if (!(cause instanceof FactsUnavailableError)) world.report('notices.observe', cause)
    }
  }
  return seen
}

const LOOKS: Record<NoticeKind, Look> = {
  emergencyOpen: ({ board, registry }, rule) => {
    const counts = countBy(board.open(), rule.scope.of, ({ priority }) => priority === EMERGENCY)
    return partsOf(rule, registry).map(({ subject, key, named }) =>
      observed(rule, subject, counts.get(key) ?? 0, named),
    )
  },
  emergencyAge: ({ board, registry, now }, rule) => {
    const at = minuteOf(now())
    const keys = new Set(partsOf(rule, registry).map(({ key }) => key))
    const old: { age: number; open: OpenRequest }[] = []
    for (const open of board.open()) {
      if (open.priority !== EMERGENCY || !keys.has(keyIn(rule.scope.of, open))) continue
      const age = Math.floor((at - open.registeredAt) / MINUTE)
      if (age >= rule.recovery) old.push({ age, open })
    }
    // The oldest stay among the first until they are closed, so that nothing goes to and fro.
    old.sort(
      (a, b) =>
        a.open.registeredAt - b.open.registeredAt || (a.open.number < b.open.number ? -1 : 1),
    )
    const [next] = old.slice(MOST_REQUESTS)
    return [
      ...old
        .slice(0, MOST_REQUESTS)
        .map(({ age, open }) => observed(rule, `request:${open.number}`, age, of(open, registry))),
      ...(next
        ? [observed(rule, 'requests', next.age, { count: old.length - MOST_REQUESTS })]
        : []),
    ]
  },
  outageSuspected: (world, rule) => {
    if (!world.outages.ready()) return null
    const { of: by, ids } = rule.scope
    const known = by === 'district' && ids.length > 0 ? new Set(ids) : null
    return outagesNow(world).lines.flatMap(
      ({ state, id, count, resource, place, houses, districts }) => {
        if (state !== 'suspected' || (known && !districts.some((one) => known.has(one)))) return []
        const [house] = houses
        const district = world.registry.districtById(districts[0] ?? '')
        return observed(rule, `outage:${id}`, count, {
          resource,
          point: place.heatingPoint,
          building: house ? { id: house.id, name: place.address ?? house.address } : null,
          district: district ? { id: district.id, name: district.name } : null,
        })
      },
    )
  },
  sourceSilent: (world, rule) =>
    knownSources(world).flatMap(({ id, silence, heardAt, newestAt }) => {
      const heard = heardAt ?? newestAt
      if (!silence.tooLong || heard === null) return []
      const minutes = Math.floor((world.now() - heard) / MINUTE)
      const name = sourceName(world.city, id) ?? { ru: id }
      return observed(rule, `source:${id}`, minutes, {
        source: { id, name },
        usual: silence.expected,
      })
    }),
  overdueGrowth: async (world, rule) => {
    const at = minuteOf(world.now())
    const usual = await keptUsual(world, rule.scope.of, at)
    const counts = countBy(
      world.board.open(),
      rule.scope.of,
      ({ dueAt }) => dueAt !== null && dueAt < at,
    )
    return partsOf(rule, world.registry).map(({ subject, key, named }) => {
      const { dayAgo, high } = usual.growth(key)
      const grown = (counts.get(key) ?? 0) - dayAgo
      const value = high === null ? null : Math.max(0, Math.round(grown - high))
      return observed(rule, subject, value, { ...named, count: grown, usual: high })
    })
  },
  openAboveUsual: async (world, rule) => {
    const usual = await keptUsual(world, rule.scope.of, minuteOf(world.now()))
    const counts = countBy(world.board.open(), rule.scope.of, () => true)
    return partsOf(rule, world.registry).map(({ subject, key, named }) => {
      const high = usual.open(key)
      const open = counts.get(key) ?? 0
      const value =
        high === null || high <= 0 ? null : Math.max(0, Math.floor((open / high - 1) * 100))
      return observed(rule, subject, value, { ...named, count: open, usual: high })
    })
  },
}

export const observed = (
  { threshold }: Pick<Rule, 'threshold'>,
  subject: string,
  value: number | null,
  evidence: Partial<Evidence>,
): Observation => ({
  subject,
  value,
  evidence: { ...NO_EVIDENCE, ...evidence, value: value ?? 0, threshold },
})

function countBy(open: Iterable<OpenRequest>, of: ScopeOf, counts: (one: OpenRequest) => boolean) {
  const found = new Map<number, number>()
  for (const one of open) {
    if (!counts(one)) continue
    const key = keyIn(of, one)
    found.set(key, (found.get(key) ?? 0) + 1)
  }
  return found
}

function of(open: OpenRequest, registry: World['registry']): Partial<Evidence> {
  const building = registry.building(open.building)
  const organization = registry.organization(open.organization)
  const district = registry.district(open.district)
  return {
    request: open.number,
    category: registry.category(open.category)?.name ?? null,
    building: building ? { id: building.id, name: building.address } : null,
    organization: organization ? { id: organization.id, name: { ru: organization.name } } : null,
    district: district ? { id: district.id, name: district.name } : null,
  }
}
