import { z } from 'zod'
import type { RuleDraft, ScopeOf } from '#server/contract/notices.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { localClock } from '#server/domain/local-time.ts'
import { SLOT_MS } from '#server/log/intake.ts'
import { SCANNED } from '#server/outages/resources.ts'
import { endsAt, housesOf } from '#server/outages/suspicions.ts'
import { knownSources, settingsOf, usualArrivals } from '#server/sources/known.ts'
import { sourceName } from '#server/sources/source-name.ts'
import { silenceOf } from '#server/sources/usual.ts'
import { ask } from '#server/store/ask.ts'
import { hourlyValues } from './hourly.ts'
import type { World } from './observe.ts'
import { keyIn, partsOf } from './parts.ts'
import type { Course, Point } from './replay.ts'

const MINUTE = 60_000
/** So long before the days that are looked at a source may have been heard last. */
const BEFORE = 30 * 86_400_000
const EMERGENCY = PRIORITIES.indexOf('emergency')

/** How finely the past is known: to the minute, at whole hours, at quarters of an hour. */
export type Grain = 'minute' | 'hour' | 'quarter'

/** What a rule of a kind would have seen, subject by subject, and how finely that is known. */
export async function coursesOf(
  world: World,
  draft: RuleDraft,
  from: number,
  now: number,
): Promise<{ courses: Course[]; grain: Grain }> {
  switch (draft.kind) {
    case 'emergencyOpen':
      return { courses: await emergencies(world, draft, from, now), grain: 'minute' }
    case 'emergencyAge':
      return { courses: await ages(world, draft, from, now), grain: 'minute' }
    case 'outageSuspected':
      return { courses: suspicions(world, draft, now), grain: 'minute' }
    case 'sourceSilent':
      return { courses: silences(world, from, now), grain: 'quarter' }
    case 'overdueGrowth':
    case 'openAboveUsual':
      return { courses: await hourlyValues(world, draft, from, now), grain: 'hour' }
  }
}

const instant = z.number()
const KEY: Record<ScopeOf, string> = {
  city: '0',
  district: 'district',
  organization: 'organization',
}
const openBy = (of: ScopeOf) => ({
  name: `noticesEmergencies-${of}`,
  row: z.object({ part: instant, start: instant, stop: instant.nullable() }),
  sql: `
    SELECT ${KEY[of]} AS part, start_at AS start, end_at AS stop
    FROM spell
    WHERE test = false AND priority = ${EMERGENCY} AND start_at <= $now AND (end_at IS NULL OR end_at > $from)
    ORDER BY part, start, stop, request`,
})

async function emergencies(world: World, draft: RuleDraft, from: number, now: number) {
  const rows = await ask(world.engine, openBy(draft.scope.of), { from, now })
  const byPart = Map.groupBy(rows, ({ part }) => part)
  return partsOf(draft, world.registry).map(({ key, named }): Course => {
    const changes = (byPart.get(key) ?? [])
      .flatMap(({ start, stop }) => [
        { at: Math.max(start, from), by: 1 },
        ...(stop !== null && stop <= now ? [{ at: stop, by: -1 }] : []),
      ])
      .sort((a, b) => a.at - b.at || a.by - b.by)
    let value = 0
    const points = new Map<number, number>()
    for (const { at, by } of changes) {
      value += by
      points.set(at, value)
    }
    return { points: [...points].map(([at, value]) => ({ at, value })), evidence: named }
  })
}

const OLD = {
  name: 'noticesLongEmergencies',
  row: z.object({
    number: z.string(),
    building: instant,
    district: instant,
    organization: instant,
    category: instant,
    start: instant,
    stop: instant.nullable(),
  }),
  sql: `
    SELECT number, building, district, current_organization AS organization, category,
      registered_at AS start, closed_at AS stop
    FROM request
    WHERE test = false AND priority = ${EMERGENCY} AND registered_at <= $now - $long
      AND (closed_at IS NULL OR closed_at > $from) AND coalesce(closed_at, $now) >= registered_at + $long
    ORDER BY registered_at DESC, number
    LIMIT 5000`,
}

async function ages({ engine, registry }: World, draft: RuleDraft, from: number, now: number) {
  const long = draft.threshold * MINUTE
  const rows = await ask(engine, OLD, { from, now, long })
  const keys = new Set(partsOf(draft, registry).map(({ key }) => key))
  return rows
    .filter((row) => keys.has(keyIn(draft.scope.of, row)))
    .map(({ number, building, category, organization, start, stop }): Course => {
      const house = registry.building(building)
      const company = registry.organization(organization)
      return {
        points: [
          { at: start + long, value: draft.threshold },
          ...(stop === null ? [] : [{ at: stop, value: 0 }]),
        ],
        evidence: {
          request: number,
          building: house ? { id: house.id, name: house.address } : null,
          organization: company ? { id: company.id, name: { ru: company.name } } : null,
          category: registry.category(category)?.name ?? null,
        },
      }
    })
}

function suspicions({ outages, registry }: World, { scope }: RuleDraft, now: number): Course[] {
  return outages.suspicions().flatMap((one) => {
    const houses = housesOf(one.calls.values())
    const [first] = houses
    const house = first && registry.building(first.key)
    const district = house && registry.district(house.district)
    if (scope.of === 'district' && scope.ids.length > 0 && !scope.ids.includes(district?.id ?? ''))
      return []
    const over = endsAt(one)
    return {
      points: [
        { at: one.raisedAt, value: houses.length },
        ...(over <= now ? [{ at: over, value: 0 }] : []),
      ],
      evidence: {
        resource: SCANNED[one.resource] ?? null,
        building: house ? { id: house.id, name: house.address } : null,
        district: district ? { id: district.id, name: district.name } : null,
      },
    }
  })
}

/** Minutes of silence at each quarter of an hour, where it was longer than chance explains. */
function silences(world: World, from: number, now: number): Course[] {
  const { arrivals } = usualArrivals(world)
  const { settings } = settingsOf(world)
  const clock = localClock(world.city.zone)
  const heardIn = new Map<string, Set<number>>()
  for (const { source, slot, arrived } of world.log.intake.rows(from - BEFORE))
    if (arrived > 0) heardIn.set(source, (heardIn.get(source) ?? new Set()).add(slot))
  return knownSources(world).flatMap(({ id, kind }): Course[] => {
    const heard = heardIn.get(id)
    if (!heard || kind === 'desk') return []
    const minutes = settings.silentAfter.get(id)
    const usual = arrivals.usual.get(id)
    if (kind === 'file' && minutes === undefined && !usual) return []
    const isLong = (since: number, at: number) =>
      silenceOf({ since, now: at, minutes }, usual, clock).tooLong
    const start = Math.floor(from / SLOT_MS) * SLOT_MS
    const slots = [...heard].sort((one, other) => one - other)
    const points: Point[] = []
    for (const [i, slot] of slots.entries()) {
      const since = slot + SLOT_MS
      const next = slots[i + 1] ?? now
      if (next < start) continue
      points.push({ at: Math.max(since, start), value: 0 })
      const first = firstOf(since, Math.floor(next / SLOT_MS) * SLOT_MS, (at) => isLong(since, at))
      for (let at = Math.max(first, start); at <= next; at += SLOT_MS)
        points.push({ at, value: Math.floor((at - since) / MINUTE) })
    }
    const name = sourceName(world.city, id) ?? { ru: id }
    return [{ points, evidence: { source: { id, name } } }]
  })
}

/** The first quarter of an hour after `from` and up to `to` that is so; infinity where none is. What is so once stays so. */
function firstOf(from: number, to: number, is: (at: number) => boolean): number {
  if (to <= from || !is(to)) return Number.POSITIVE_INFINITY
  let [low, high] = [0, (to - from) / SLOT_MS]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (is(from + middle * SLOT_MS)) high = middle
    else low = middle
  }
  return from + high * SLOT_MS
}
