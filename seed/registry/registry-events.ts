import type { DomainEvent } from '#server/contract/events.ts'
import { DAY } from '../calendar.ts'
import { TROUBLES } from '../demand/categories.ts'
import { lonLat, ringOnEarth } from '../place/earth.ts'
import type { Place } from '../place/place.ts'
import { createRandom, mix } from '../random.ts'
import type { Company } from './companies.ts'

const source = 'registry'

/** The register as it stands when the history begins. */
export function registryEvents(
  place: Place,
  companies: readonly Company[],
  { seed, start }: { seed: number; start: number },
): DomainEvent[] {
  const occurredAt = start - 30 * DAY
  const envelope = (id: string) => ({ id: `${source}:${id}`, occurredAt, source })
  return [
    ...place.plan.districts.map(
      ({ id, name, ring }): DomainEvent => ({
        type: 'district.registered',
        ...envelope(`district:${id}`),
        district: id,
        name,
        outline: [ringOnEarth(ring)],
      }),
    ),
    ...TROUBLES.map(
      ({ id, name, group }): DomainEvent => ({
        type: 'category.registered',
        ...envelope(`category:${id}`),
        category: id,
        name,
        group,
      }),
    ),
    ...companies.map(
      ({ id, name, kind, phone }): DomainEvent => ({
        type: 'organization.registered',
        ...envelope(`organization:${id}`),
        organization: id,
        name,
        kind,
        phone,
      }),
    ),
    ...place.houses.map((house, i): DomainEvent => {
      const [lon, lat] = lonLat(house.centre)
      const {
        id,
        address,
        year,
        series,
        floors,
        entrances,
        apartments,
        area,
        lifts,
        heatingPoint,
      } = house
      return {
        type: 'building.registered',
        ...envelope(`building:${id}`),
        building: id,
        address,
        district: place.plan.districts[house.district]?.id ?? '',
        lon,
        lat,
        outline: house.rings.map((ring, i) => ringOnEarth(ring, i > 0)),
        year,
        series,
        floors,
        entrances,
        apartments,
        area,
        lifts,
        ...(heatingPoint ? { heatingPoint } : {}),
        ...cityShareOf(seed, i),
      }
    }),
  ]
}

/** In half of the houses some flats were never privatised. */
function cityShareOf(seed: number, house: number): { cityShare?: number } {
  const random = createRandom(mix(seed, 'city share', house))
  if (!random.chance(0.5)) return {}
  return { cityShare: Math.round(100 * Math.min(0.6, random.logNormal(0.07, 0.8))) / 100 }
}
