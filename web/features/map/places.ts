import type { BuildingNames } from '#server/contract/geometry.ts'

/** A building of the register. */
export interface Place {
  key: number
  /** Its position in the register's columns. */
  at: number
  id: string
  address: string
  district: number
  apartments: number | null
}

export interface Places {
  all: readonly Place[]
  /** In the order of the register, as everything that is told by position. */
  keys: readonly number[]
  byKey: ReadonlyMap<number, Place>
  byId: ReadonlyMap<string, Place>
}

/** Done once for a register: forty thousand addresses are not prepared anew at every event. */
export function placesOf(names: BuildingNames): Places {
  const all = names.keys.map((key, at): Place => {
    const address = names.addresses[at] || (names.ids[at] ?? '')
    return {
      key,
      at,
      id: names.ids[at] ?? '',
      address,
      district: names.district[at] ?? 0,
      apartments: names.apartments[at] || null,
    }
  })
  return {
    all,
    keys: names.keys,
    byKey: new Map(all.map((place) => [place.key, place])),
    byId: new Map(all.map((place) => [place.id, place])),
  }
}
