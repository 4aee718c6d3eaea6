import { z } from 'zod'
import { named } from '#server/contract/measures/named.ts'
import type { CountedId } from '#server/contract/measures/shape.ts'
import { requestsOf } from '#server/contract/organizations.ts'
import type { Building } from '#server/domain/registry.ts'
import { comparable } from '#server/judgement/judge.ts'
import type { Period } from '#server/judgement/period.ts'
import { METRICS } from '#server/metrics.ts'
import { ask } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { shareOf } from './compare.ts'
import { type Asked, countOf, ownOf } from './own.ts'
import { unitBy } from './unit.ts'

/** Open requests of a contractor: no house tells of them, so the board does not. */
export const OPEN_NOW = {
  name: 'unitOpenNow',
  row: z.object({ open: z.number(), overdue: z.number() }),
  sql: `
    SELECT CAST(${METRICS.open.numerator} AS INTEGER) AS open,
      CAST(${METRICS.overdue.numerator} AS INTEGER) AS overdue
    FROM request
    WHERE ${WITHIN_FILTER}`,
}

/** What a unit manages and since when, and how much of its work is open. */
export async function profile(context: Context, asked: Asked) {
  const { registry, now } = context
  const { unit } = asked
  const { key, id, name, kind } = unitBy(context, asked)
  const own = await ownOf(context, asked)
  const { period } = own
  const share = (measure: CountedId) => {
    const { cases, n } = countOf(own, measure)
    return shareOf(cases, n)
  }
  return {
    ...{ unit, id, name, kind, period },
    phone: unit === 'district' ? null : (registry.organization(key)?.phone ?? null),
    ...holdings(registry.buildings(), { unit, key }, { ...period, now: now() }),
    ...(await openNow(context, asked, key)),
    measures: named('open', 'overdue', 'registered', 'confirmedOfAnswered', 'answered'),
    requests: own.count,
    confirmed: share('confirmed'),
    confirmedOfAnswered: share('confirmedOfAnswered'),
    answered: share('answered'),
    withinNorm: share('withinNorm'),
  }
}

async function openNow(context: Context, asked: Asked, key: number) {
  const { board, engine, registry, now } = context
  const counts =
    asked.unit === 'organization'
      ? board.byOrganization(now()).get(key)
      : asked.unit === 'district'
        ? board.byDistrict(now()).get(key)
        : (
            await ask(
              engine,
              OPEN_NOW,
              bindFilter(
                { ...requestsOf(comparable(asked.filter), asked), from: undefined, to: undefined },
                registry,
                now(),
              ),
            )
          )[0]
  return { open: counts?.open ?? 0, overdue: counts?.overdue ?? 0 }
}

function holdings(
  buildings: Iterable<Building>,
  { unit, key }: Pick<Asked, 'unit'> & { key: number },
  { cut, now }: Pick<Period, 'cut'> & { now: number },
) {
  const yearAgo = cut - 365 * 86_400_000
  const held = { buildings: 0, apartments: 0, unknownApartments: 0, gained: 0, lost: 0 }
  const districts = new Set<number>()
  let since: number | null = null
  const hold = (building: Building) => {
    if (building.gone) return
    held.buildings++
    held.apartments += building.apartments ?? 0
    if (building.apartments === null) held.unknownApartments++
    if (building.district) districts.add(building.district)
  }
  for (const building of buildings) {
    if (unit === 'district') {
      if (building.district === key) hold(building)
      continue
    }
    for (const tenure of building.tenures) {
      if (tenure.organization !== key || tenure.start > now) continue
      since = Math.min(since ?? tenure.start, tenure.start)
      if (tenure.start > yearAgo) held.gained++
      if (tenure.end !== null && tenure.end > yearAgo && tenure.end <= now) held.lost++
      if (tenure.end === null) hold(building)
    }
  }
  return { ...held, districts: unit === 'district' ? 0 : districts.size, since }
}
