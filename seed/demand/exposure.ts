import { exp } from '../exact.ts'
import type { House, Place } from '../place/place.ts'
import { createChooser, createRandom, mix, type Random } from '../random.ts'
import { type Exposure, TROUBLES } from './categories.ts'

/** How one trouble is spread over the houses. */
export interface Spread {
  /** The house it visits. */
  pick(random: Random): number
  /** Of all its visits, by house. */
  shares: Float64Array
}

/** One for every trouble. */
export function createExposures(place: Place, seed: number): Spread[] {
  const random = createRandom(mix(seed, 'exposure'))
  const moods = new Map<string, number>()
  const frailty = place.houses.map((house) => {
    const around = house.heatingPoint ?? `own-${house.district}`
    const mood = moods.get(around) ?? exp(0.16 * random.normal())
    moods.set(around, mood)
    return mood * exp(0.32 * random.normal())
  })
  const told = ({ district }: House) => place.plan.districts[district]?.propensity ?? 1
  return TROUBLES.map(({ exposure, aroundTheClock }) => {
    const weights = Float64Array.from(
      place.houses,
      (house, i) =>
        loadOf(house, exposure) *
        (frailty[i] as number) *
        // An emergency is told wherever it happens.
        (aroundTheClock ? 1 : told(house)) *
        exp(0.25 * random.normal()),
    )
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    return { pick: createChooser(weights), shares: weights.map((weight) => weight / total) }
  })
}

function loadOf(house: House, exposure: Exposure): number {
  const { apartments, floors, entrances, lifts, area, year } = house
  const age = year < 1950 ? 1.7 : year < 1970 ? 1.45 : year < 1990 ? 1.2 : year < 2010 ? 0.8 : 0.5
  switch (exposure) {
    case 'flats':
      return apartments
    case 'pipes':
      return apartments * age
    case 'height':
      return apartments * (floors >= 9 ? 1.5 : 0.5) * (0.5 + age / 2)
    case 'lifts':
      return lifts * (year < 2000 ? 1.3 : 0.8)
    case 'chute':
      return floors >= 9 ? apartments : 0
    case 'district_heat':
      return house.heatingPoint ? apartments * (0.5 + age / 2) : 0.1
    case 'roof':
      return (area / floors) * age
    case 'panel':
      return floors >= 5 && year > 1960 && year < 2000 ? apartments : 0
    case 'entrances':
      return entrances * (0.6 + floors / 10)
  }
}
