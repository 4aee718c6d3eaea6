import { PRIORITIES, type Words } from '#server/contract/vocabulary.ts'
import { minuteOf } from '#server/store/within.ts'
import { type Context, Refusal } from '#server/trpc.ts'

/** Enough for a panel beside the map; the rest is a link away. */
const SHOWN = 50

/** A building as the panel beside the map shows it. */
export interface MapBuilding {
  key: number
  id: string
  address: Words
  district: Words | null
  year: number | null
  floors: number | null
  apartments: number | null
  /** Who answers for it now; null = nobody is known to. */
  organization: { id: string; name: string; phone: string | null } | null
  placed: boolean
  open: number
  overdue: number
  /** Overdue first, then by registration; at most fifty. */
  requests: {
    number: string
    category: Words | null
    emergency: boolean
    overdue: boolean
    registeredAt: number
    dueAt: number | null
  }[]
}

export function mapBuilding(
  { board, registry, now }: Pick<Context, 'board' | 'registry' | 'now'>,
  id: string,
): MapBuilding {
  const building = registry.buildingById(id)
  if (!building)
    throw new Refusal('NOT_FOUND', `no building "${id}" is known; look for its address in the list`)
  const minute = minuteOf(now())
  const holder = building.tenures.find(
    ({ start, end }) => start <= minute && (end === null || minute < end),
  )
  const organization = registry.organization(holder?.organization ?? 0)
  const requests = [...board.open()]
    .filter((request) => request.building === building.key)
    .map(({ number, category, priority, registeredAt, dueAt }) => ({
      number,
      category: registry.category(category)?.name ?? null,
      emergency: PRIORITIES[priority] === 'emergency',
      overdue: dueAt !== null && dueAt < minute,
      registeredAt,
      dueAt,
    }))
    .sort(
      (a, b) =>
        Number(b.overdue) - Number(a.overdue) ||
        Number(b.emergency) - Number(a.emergency) ||
        a.registeredAt - b.registeredAt ||
        a.number.localeCompare(b.number, 'en'),
    )
  return {
    key: building.key,
    id: building.id,
    address: building.address,
    district: registry.district(building.district)?.name ?? null,
    year: building.year,
    floors: building.floors,
    apartments: building.apartments,
    organization: organization
      ? { id: organization.id, name: organization.name, phone: organization.phone }
      : null,
    placed: building.lon !== null || building.outline !== null,
    open: requests.length,
    overdue: requests.filter(({ overdue }) => overdue).length,
    requests: requests.slice(0, SHOWN),
  }
}
