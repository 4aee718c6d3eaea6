import { inLanguage } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Row } from './engine.ts'

/** Rows of the dimension tables for the buildings among the touched keys. */
export function buildingRows(registry: Registry, touched: Iterable<number>) {
  const buildings: Row[] = []
  const tenures: Row[] = []
  for (const key of touched) {
    const building = registry.building(key)
    if (!building) continue
    const { id, district, lon, lat, year, floors, apartments, gone } = building
    const address = inLanguage(building.address, 'ru')
    const organization = building.tenures.at(-1)?.organization ?? 0
    buildings.push({
      ...{ building: key, id, address, district, organization },
      ...{ lon, lat, year, floors, apartments, gone },
    })
    for (const { organization, start, end } of building.tenures)
      tenures.push({ building: key, organization, start_at: start, end_at: end })
  }
  return { buildings, tenures }
}
