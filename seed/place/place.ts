import type { Words } from '#server/contract/vocabulary.ts'
import { createRandom, mix, type Random } from '../random.ts'
import { numberHouses } from './addresses.ts'
import { type Dwelling, dwellingOf } from './dwellings.ts'
import { buildUp, type Standing } from './footprints.ts'
import { distance, type Point } from './geometry.ts'
import { createGround } from './ground.ts'
import { createPlan, type Plan } from './plan.ts'
import type { Street } from './streets.ts'

export interface House extends Dwelling {
  id: string
  address: Words
  district: number
  centre: Point
  rings: Standing['rings']
  shape: Standing['shape']
  /** Null where the house has its own boiler. */
  heatingPoint: string | null
}

export interface Place {
  plan: Plan
  streets: readonly Street[]
  houses: readonly House[]
}

/** Central heating points serve some twenty houses around them. */
const HOUSES_PER_HEATING_POINT = 18

export function createPlace({
  seed,
  scale,
  buildings,
}: {
  seed: number
  scale: number
  buildings: number
}): Place {
  const plan = createPlan(scale)
  const random = createRandom(mix(seed, 'place'))
  const built = buildUp(plan, createGround(plan), random)
  const standing = thinned(built.standing, buildings, random)
  const addresses = numberHouses(standing, random)
  const houses = standing.map((one, index): House => {
    const fabric = plan.districts[one.district]?.fabric ?? 'panel'
    return {
      ...dwellingOf(one, fabric, random),
      id: `b-${index + 1}`,
      address: addresses[index] ?? {},
      district: one.district,
      centre: one.centre,
      rings: one.rings,
      shape: one.shape,
      heatingPoint: null,
    }
  })
  connect(houses, random)
  return { plan, streets: built.streets, houses }
}

function thinned(standing: readonly Standing[], wanted: number, random: Random): Standing[] {
  if (standing.length < wanted)
    throw new Error(
      `the ground holds ${standing.length} buildings, ${wanted} are wanted: raise the scale of the preset`,
    )
  const kept = new Set(random.shuffled(standing.map((_, i) => i)).slice(0, wanted))
  return standing.filter((_, i) => kept.has(i))
}

function connect(houses: House[], random: Random): void {
  const left = new Set(houses.filter(({ shape }) => shape !== 'house'))
  let point = 1
  while (left.size > 0) {
    const [first] = left as Set<House>
    if (!first) return
    const near = [...left]
      .filter((house) => house.district === first.district)
      .map((house) => ({ house, away: distance(house.centre, first.centre) }))
      .sort((a, b) => a.away - b.away || (a.house.id < b.house.id ? -1 : 1))
      .slice(0, HOUSES_PER_HEATING_POINT + random.whole(-4, 4))
    for (const { house } of near) {
      house.heatingPoint = `ЦТП-${point}`
      left.delete(house)
    }
    point++
  }
}
