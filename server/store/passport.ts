import type { Recorded, RegistryEvent } from '#server/contract/events.ts'
import type { Building } from '#server/domain/registry.ts'

/** Takes from a registration what it tells; what is older than the known only fills its gaps. */
export function describe(
  building: Building,
  event: Extract<Recorded<RegistryEvent>, { type: 'building.registered' }>,
  news: boolean,
) {
  const tell = <F extends keyof Building>(field: F, value: Building[F] | undefined) => {
    if (value !== undefined && (news || building[field] === null)) building[field] = value
  }
  if (news || Object.keys(building.address).length === 0) building.address = event.address
  tell('lon', event.lon)
  tell('lat', event.lat)
  tell('outline', event.outline)
  tell('year', event.year)
  tell('series', event.series)
  tell('floors', event.floors)
  tell('entrances', event.entrances)
  tell('apartments', event.apartments)
  tell('area', event.area)
  tell('lifts', event.lifts)
  tell('heatingPoint', event.heatingPoint)
}

export const emptyBuilding = (key: number, id: string): Building => ({
  key,
  id,
  address: {},
  district: 0,
  lon: null,
  lat: null,
  outline: null,
  year: null,
  series: null,
  floors: null,
  entrances: null,
  apartments: null,
  area: null,
  lifts: null,
  heatingPoint: null,
  gone: false,
  tenures: [],
})
