import type { Standing, Statement } from '#server/domain/knowledge.ts'
import type { Building } from '#server/domain/registry.ts'

type Passport = Omit<Building, 'key' | 'id' | 'district' | 'tenures'>

export const emptyBuilding = (key: number, id: string): Building => ({
  key,
  id,
  district: 0,
  tenures: [],
  ...passportOf([], []).passport,
})

interface Told {
  passport: Passport
  /** Id of the district, by the source. */
  district: string | null
  registered: boolean
}

/**
 * What events in order say of the building: the latest news stand, and what they do not speak of stays. A building of which every
 * registration was wrong is gone, with the passport that it had: its requests were told to be there.
 */
export function passportOf(
  events: readonly Statement[],
  corrected: Pick<Standing, 'corrected'>['corrected'],
): Told {
  const told = toldBy(events)
  if (told.registered || corrected.length === 0) return told
  const wrong = toldBy(corrected.map(({ event }) => event))
  return { ...wrong, passport: { ...wrong.passport, gone: true } }
}

function toldBy(events: readonly Statement[]): Told {
  const passport: Passport = {
    address: {},
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
    cityShare: null,
    gone: false,
  }
  let district: string | null = null
  let registered = false
  for (const event of events) {
    if (event.type === 'building.removed') passport.gone = true
    if (event.type !== 'building.registered') continue
    registered = true
    passport.gone = false
    passport.address = event.address
    passport.lon = event.lon ?? passport.lon
    passport.lat = event.lat ?? passport.lat
    passport.outline = event.outline ?? passport.outline
    passport.year = event.year ?? passport.year
    passport.series = event.series ?? passport.series
    passport.floors = event.floors ?? passport.floors
    passport.entrances = event.entrances ?? passport.entrances
    passport.apartments = event.apartments ?? passport.apartments
    passport.area = event.area ?? passport.area
    passport.lifts = event.lifts ?? passport.lifts
    passport.heatingPoint = event.heatingPoint ?? passport.heatingPoint
    passport.cityShare = event.cityShare ?? passport.cityShare
    district = event.district ?? district
  }
  return { passport, district, registered }
}
