import type { Filter } from '#server/contract/filter.ts'
import type { Building, Registry } from '#server/domain/registry.ts'

const DAY = 86_400_000
const DAYS_OF_MONTH = 365.25 / 12

/** Time at risk: apartments, and square metres, times months under management. */
export interface Exposure {
  flatMonths: number
  areaMonths: number
  /** Buildings managed in the time whose apartments, or area, are not known. */
  unknownFlats: number
  unknownArea: number
}

/** Over [from, to), of the buildings and organizations that a filter names. Categories, channels and the like do not narrow it. */
export function exposureOf(registry: Registry, filter: Filter, from: number, to: number): Exposure {
  const asked = narrowed(registry, filter)
  const total: Exposure = { flatMonths: 0, areaMonths: 0, unknownFlats: 0, unknownArea: 0 }
  for (const building of registry.buildings()) {
    if (!asked.building(building)) continue
    let managed = 0
    for (const { organization, start, end } of building.tenures)
      if (asked.organization(organization))
        managed += Math.max(0, Math.min(end ?? to, to) - Math.max(start, from))
    if (managed === 0) continue
    const months = managed / DAY / DAYS_OF_MONTH
    total.flatMonths += (building.apartments ?? 0) * months
    total.areaMonths += (building.area ?? 0) * months
    if (building.apartments === null) total.unknownFlats++
    if (building.area === null) total.unknownArea++
  }
  return total
}

function narrowed(registry: Registry, filter: Filter) {
  const organizations = new Set(
    filter.organization.map((id) => registry.organizationById(id)?.key ?? -1),
  )
  const districts = new Set(filter.district.map((id) => registry.districtById(id)?.key ?? -1))
  const buildings = new Set(filter.building)
  return {
    building: ({ id, district }: Building) =>
      (buildings.size === 0 || buildings.has(id)) &&
      (districts.size === 0 || districts.has(district)),
    /** 0 = nobody is known to answer: not under management. */
    organization: (key: number) =>
      key !== 0 && (organizations.size === 0 || organizations.has(key)),
  }
}
