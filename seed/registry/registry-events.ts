import type { DomainEvent } from '#server/contract/events.ts'
import { DAY } from '../calendar.ts'
import { TROUBLES } from '../demand/categories.ts'
import { lonLat, ringOnEarth } from '../place/earth.ts'
import type { Place } from '../place/place.ts'
import type { Company } from './companies.ts'
import type { Tenures } from './tenures.ts'

const source = 'registry'

/** The register as it stands when the history begins. */
export function registryEvents(
  place: Place,
  companies: readonly Company[],
  tenures: Tenures,
  start: number,
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
    ...place.houses.map((house): DomainEvent => {
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
      }
    }),
    ...tenureEvents(place, companies, tenures).filter((event) => event.occurredAt < start),
  ]
}

/** All changes of tenure, in the order of time. */
export function tenureEvents(
  place: Place,
  companies: readonly Company[],
  tenures: Tenures,
): DomainEvent[] {
  return tenures
    .flatMap((own, i) => {
      const building = place.houses[i]?.id ?? ''
      return own.map(
        ({ company, from, contract }, turn): DomainEvent => ({
          type: 'tenure.changed',
          id: `${source}:tenure:${building}:${turn + 1}`,
          occurredAt: from,
          source,
          building,
          organization: companies[company]?.id ?? null,
          contract,
        }),
      )
    })
    .sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1))
}
