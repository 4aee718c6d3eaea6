import { type City, ensureCity, readCity } from '#server/config.ts'
import { stemOf } from './as-of.ts'
import type { Position } from './fields.ts'
import type { Mapping } from './mapping.ts'

/** Where the rows of a file are. */
export interface Place {
  /** What a register covers. */
  region: string
  /** Of the times in the file. */
  zone: string
  city: Omit<City, 'centre'> & { centre: Position | undefined }
}

export function placeOf(file: string, given: string | undefined, mapping: Mapping): Place {
  const region = stemOf(given ?? file).slice(0, 20) || 'all'
  const found = mapping.kind === 'register' ? mapping.regions[region] : undefined
  const { name, languages, centre } = found ?? mapping.city ?? {}
  const zone = found?.zone ?? mapping.zone
  return {
    region,
    zone,
    city: {
      name: name ?? { [mapping.language]: region },
      languages: languages ?? [mapping.language],
      zone,
      centre,
    },
  }
}

/** Writes city.json where there is none, with the middle of the file's positions if nobody knows better; warns where the folder is of another zone. */
export function settleCity(
  dataDir: string,
  { zone, city }: Place,
  middle: Position | undefined,
  sources: City['sources'],
): string[] {
  const known = readCity(dataDir)
  if (!known) {
    const [lon, lat] = city.centre ?? middle ?? [0, 0]
    ensureCity(dataDir, { ...city, centre: [lon, lat], ...(sources && { sources }) })
    return []
  }
  if (known.zone === zone) return []
  const name = Object.values(known.name)[0]
  return [
    `times of the file are of ${zone}; the city of this data folder (${name}) is shown in ${known.zone}`,
  ]
}
