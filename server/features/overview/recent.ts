import type { LiveEvent } from '#server/contract/live.ts'
import { OUTCOMES, type Outcome, PRIORITIES } from '#server/contract/vocabulary.ts'
import { ask } from '#server/store/ask.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { RECENT } from './queries.ts'

const WEEK = 7 * 86_400_000

const EVENT_OF: Readonly<Record<Outcome, string>> = {
  open: 'request.registered',
  confirmed: 'request.confirmed',
  closed_no_response: 'request.closed_no_response',
  closed: 'request.closed',
  refused: 'request.refused',
  cancelled: 'request.cancelled',
  duplicate: 'request.marked_duplicate',
  forwarded: 'request.forwarded',
}

export interface Recent extends Omit<LiveEvent, 'seq' | 'key' | 'recordedAt'> {
  /** The source dates it more than a day after it reached us: `occurredAt` is when it did. */
  ahead: boolean
}

/** What happened last in some districts: the stream remembers only the newest events of the whole city. */
export async function recent(
  { engine, registry, now }: Context,
  scope: { district: readonly string[] },
): Promise<Recent[]> {
  const until = minuteOf(now()) + 60_000
  const rows = await ask(engine, RECENT, {
    district: scope.district.map((id) => registry.districtById(id)?.key ?? -1),
    since: until - WEEK,
    now: until,
  })
  return rows.map((row) => {
    const building = registry.building(row.building)
    const organization = registry.organization(row.organization)
    const category = registry.category(row.category)
    return {
      type: EVENT_OF[OUTCOMES[row.outcome] ?? 'open'],
      request: row.number,
      building: building?.id ?? null,
      address: building?.address ?? null,
      district: (building && registry.district(building.district)?.id) ?? null,
      organization: organization?.id ?? null,
      organizationName: organization?.name ?? null,
      category: category?.id ?? null,
      categoryName: category?.name ?? null,
      priority: PRIORITIES[row.priority] ?? 'ordinary',
      occurredAt: row.happened,
      tookS: row.took,
      ahead: row.ahead,
    }
  })
}
