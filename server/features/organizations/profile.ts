import type { Filter } from '#server/contract/filter.ts'
import type { Building, Organization } from '#server/domain/registry.ts'
import { type Period, periodOf } from '#server/judgement/period.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { shares } from './shares.ts'

export function organizationBy({ registry }: Context, id: string): Organization {
  const organization = registry.organizationById(id)
  if (organization) return organization
  throw new Refusal(
    'NOT_FOUND',
    `no organization "${id}" is registered; look for it by name on the Organizations page`,
  )
}

/** What an organization manages and since when, and how much of its work is open. */
export async function profile(context: Context, id: string, filter: Filter) {
  const { registry, board, city, now } = context
  const organization = organizationBy(context, id)
  const period = periodOf(filter, now(), city.zone)
  const open = board.byOrganization(now()).get(organization.key)
  const { units } = await shares(context, filter)
  const mine = units.find((unit) => unit.id === id)
  return {
    id: organization.id,
    name: organization.name,
    kind: organization.kind,
    phone: organization.phone,
    period,
    ...holdings(registry.buildings(), organization.key, { ...period, now: now() }),
    open: open?.open ?? 0,
    overdue: open?.overdue ?? 0,
    requests: mine?.requests ?? 0,
    confirmed: mine?.confirmed ?? null,
    withinNorm: mine?.withinNorm ?? null,
  }
}

function holdings(
  buildings: Iterable<Building>,
  key: number,
  { cut, now }: Pick<Period, 'cut'> & { now: number },
) {
  const yearAgo = cut - 365 * 86_400_000
  const held = { buildings: 0, apartments: 0, unknownApartments: 0, gained: 0, lost: 0 }
  const districts = new Set<number>()
  let since: number | null = null
  for (const building of buildings)
    for (const tenure of building.tenures) {
      if (tenure.organization !== key || tenure.start > now) continue
      since = Math.min(since ?? tenure.start, tenure.start)
      if (tenure.start > yearAgo) held.gained++
      if (tenure.end !== null && tenure.end > yearAgo && tenure.end <= now) held.lost++
      if (tenure.end !== null || building.gone) continue
      held.buildings++
      held.apartments += building.apartments ?? 0
      if (building.apartments === null) held.unknownApartments++
      if (building.district) districts.add(building.district)
    }
  return { ...held, districts: districts.size, since }
}
