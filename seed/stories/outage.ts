import type { Channel, Resource } from '#server/contract/vocabulary.ts'
import { dayOf, HOUR, hourOf, MINUTE, startOf } from '../calendar.ts'
import type { Call, Mass } from '../demand/arrival.ts'
import { TROUBLES, type Trouble } from '../demand/categories.ts'
import { whole } from '../life/steps.ts'
import { distance } from '../place/geometry.ts'
import type { House, Place } from '../place/place.ts'
import { createChooser, type Random } from '../random.ts'

export type Network = Extract<Resource, 'heating' | 'hot_water' | 'cold_water' | 'electricity'>

const TOLD_AS: Record<Network, string> = {
  heating: 'heat-cold',
  hot_water: 'hot-none',
  cold_water: 'water-none',
  electricity: 'power-none',
}
const SUPPLIERS: Record<Network, string> = {
  heating: 's-heat',
  hot_water: 's-heat',
  cold_water: 's-water',
  electricity: 's-power',
}
export const supplierOf = (network: Network) => SUPPLIERS[network]
export const categoryOf = (network: Network) => TOLD_AS[network]
export const troubleOf = (id: string): Trouble =>
  TROUBLES.find((trouble) => trouble.id === id) ?? (TROUBLES[0] as Trouble)

/** Positions of the houses that hang on one stretch of a network around a house drawn by chance. */
export function stretch(place: Place, network: Network, count: number, random: Random): number[] {
  const heated = network === 'heating' || network === 'hot_water'
  const all = place.houses
    .map((house, i) => ({ house, i }))
    .filter(({ house }) => house.apartments >= 12 && (!heated || house.heatingPoint !== null))
  const { house: centre } = random.pick(all)
  const away = (house: House) =>
    distance(house.centre, centre.centre) -
    (heated && house.heatingPoint === centre.heatingPoint ? 5_000 : 0)
  return all
    .map(({ house, i }) => ({ i, away: away(house) }))
    .sort((a, b) => a.away - b.away || a.i - b.i)
    .slice(0, count)
    .map(({ i }) => i)
}

const ASLEEP = 0.75
/** At night most callers wait until the morning. */
function awake(at: number, random: Random): number {
  const hour = hourOf(at)
  if ((hour >= 7 && hour < 23) || !random.chance(ASLEEP)) return at
  return startOf(dayOf(at) + (hour >= 23 ? 1 : 0)) + 7 * HOUR + random.logNormal(50, 0.6) * MINUTE
}

const WAYS: readonly Channel[] = ['phone', 'app', 'emergency_dispatch', 'web', 'messenger']
const way = createChooser([44, 28, 14, 8, 6])

/** Who misses heat, water or light calls after about half an hour: minutes of the median, spread of the logarithm. */
const PATIENCE = [18, 1.2] as const
/** Of the flats of these houses a share calls, most in the first hour after `since`. */
export function callsAbout(
  {
    place,
    houses,
    trouble,
    mass,
  }: { place: Place; houses: readonly number[]; trouble: Trouble; mass: Mass },
  share: number,
  { since, until }: { since: number; until: number },
  random: Random,
): Call[] {
  return houses.flatMap((house) => {
    const calls: Call[] = []
    for (let flat = 0; flat < (place.houses[house]?.apartments ?? 0); flat++) {
      if (!random.chance(share)) continue
      const at = whole(awake(since + random.logNormal(...PATIENCE) * MINUTE, random))
      const channel = WAYS[way(random)] as Channel
      if (at < until) calls.push({ at, house, flat, trouble, channel, mass })
    }
    return calls
  })
}
