import { type Apartments, apartmentsOf } from '#server/domain/apartments.ts'
import type { Building, Registry } from '#server/domain/registry.ts'
import {
  chanceHeavy,
  chanceOfSoFew,
  type Exposed,
  isHeavy,
  isSilent,
  type Moments,
  marshall,
  smoothedRate,
  type Trend,
  trendOf,
} from '#server/stats/building-intensity.ts'
import { poissonRegression } from '#server/stats/poisson-regression.ts'
import type { Context } from '#server/trpc.ts'
import { type BuildingCounts, buildingCounts } from './building-counts.ts'
import { type Neighbourhood, neighbourhoods } from './neighbourhoods.ts'
import { AGE_BANDS, ageBandOf } from './strata.ts'

/** Last floors of the bands of height; above them, and without known floors, are bands of their own. */
const HEIGHT_TO = [2, 5, 9, 16] as const
const UNKNOWN_HEIGHT = HEIGHT_TO.length + 1
const heightOf = (floors: number | null) => {
  if (floors === null) return UNKNOWN_HEIGHT
  const band = HEIGHT_TO.findIndex((to) => floors <= to)
  return band < 0 ? HEIGHT_TO.length : band
}

/** The reporting of one building, judged over 365 days to the last midnight. */
export interface JudgedBuilding {
  key: number
  requests: number
  recent: number
  apartments: Apartments
  /** Requests that its apartments, age and height make likely. */
  expected: number
  /** Per apartment, drawn towards the city's rate by how little the building tells. */
  smoothed: number
  /** P(rate > 2 × expected). */
  chance: number
  /** It belongs to the list of those that weigh most. */
  heavy: boolean
  trend: Trend
  /** How readily its neighbours report. */
  neighbours: Neighbourhood | null
  /** P(so few) by the expectation alone, and where its neighbours report as they do. */
  fewChance: number
  fewChanceHere: number | null
  silent: boolean
}

export interface JudgedBuildings {
  /** Local days since 1970-01-01, half-open. */
  from: number
  to: number
  counts: BuildingCounts
  of: ReadonlyMap<number, JudgedBuilding>
  /** Of counts over expectations. */
  moments: Moments
  city: { buildings: number; requests: number; apartments: number; recent: number }
  /** Districts from which much less is heard than from their like, the quietest first; the city's propensity is 1. */
  quiet: { district: number; propensity: number }[]
}

const judgements = new WeakMap<
  BuildingCounts,
  { registry: Registry; revision: number; judged: JudgedBuildings }
>()

/**
 * Every standing building of which the size is known, against what is expected of its like (method, section 10). The same for
 * everyone until midnight, while nothing is told late and the register stays.
 */
export async function judgeBuildings(
  context: Pick<Context, 'engine' | 'registry' | 'city' | 'now'>,
): Promise<JudgedBuildings> {
  const counts = await buildingCounts(context)
  const { registry } = context
  const known = judgements.get(counts)
  if (known?.registry === registry && known.revision === registry.revision()) return known.judged
  const judged = judgementOf(counts, registry.buildings())
  judgements.set(counts, { registry, revision: registry.revision(), judged })
  return judged
}

export function judgementOf(
  counts: BuildingCounts,
  buildings: Iterable<Building>,
): JudgedBuildings {
  const sized = Array.from(buildings).flatMap((building) => {
    const apartments = building.gone ? null : apartmentsOf(building)
    const { requests = 0, recent = 0 } = counts.of.get(building.key) ?? {}
    const levels = [ageBandOf(building.year), heightOf(building.floors)]
    return apartments ? [{ building, apartments, requests, recent, levels }] : []
  })
  const sum = (value: (one: (typeof sized)[number]) => number) =>
    sized.reduce((total, one) => total + value(one), 0)
  const city = {
    buildings: sized.length,
    requests: sum((one) => one.requests),
    apartments: sum((one) => one.apartments.count),
    recent: sum((one) => one.recent),
  }
  const fit = poissonRegression(
    sized.map(({ requests, apartments, levels }) => ({
      events: requests,
      exposure: apartments.count,
      levels,
    })),
    [AGE_BANDS.length, UNKNOWN_HEIGHT + 1],
  )
  const held = sized.map((one) => ({
    ...one,
    expected: fit ? one.apartments.count * fit.rate(one.levels) : 0,
  }))
  const around = neighbourhoods(
    held.map(({ building, requests, expected }) => ({ ...building, requests, expected })),
  )
  const exposed = (one: (typeof held)[number], propensity = 1): Exposed => ({
    events: one.requests,
    exposure: one.expected * propensity,
  })
  const propensityOf = (key: number) => around.get(key)?.propensity
  const counted = held.filter(({ expected }) => expected > 0)
  const moments = marshall(counted.map((one) => exposed(one)))
  const here = marshall(
    counted
      .map((one) => exposed(one, propensityOf(one.building.key)))
      .filter(({ exposure }) => exposure > 0),
  )
  const perApartment = marshall(
    held.map(({ requests, apartments }) => ({ events: requests, exposure: apartments.count })),
  )
  const share = city.requests === 0 ? 0 : city.recent / city.requests
  const of = new Map<number, JudgedBuilding>()
  for (const one of held) {
    const { building, requests, recent, apartments, expected } = one
    const against = exposed(one)
    const chance = expected > 0 ? chanceHeavy(against, moments) : 0
    const fewChance = chanceOfSoFew(against, moments)
    const propensity = propensityOf(building.key)
    of.set(building.key, {
      key: building.key,
      requests,
      recent,
      apartments,
      expected,
      smoothed: smoothedRate({ events: requests, exposure: apartments.count }, perApartment),
      chance,
      heavy: isHeavy(against, chance),
      trend: trendOf(recent, requests - recent, share),
      neighbours: around.get(building.key) ?? null,
      fewChance,
      fewChanceHere:
        propensity === undefined ? null : chanceOfSoFew(exposed(one, propensity), here),
      silent: isSilent(against, moments, fewChance),
    })
  }
  return {
    from: counts.from,
    to: counts.to,
    counts,
    of,
    moments,
    city,
    quiet: quietDistricts(held),
  }
}

const QUIET = 0.7
const LEAST_EXPECTED = 50

function quietDistricts(
  held: readonly { building: Building; requests: number; expected: number }[],
): JudgedBuildings['quiet'] {
  const sums = new Map<number, { requests: number; expected: number }>()
  for (const { building, requests, expected } of held) {
    const sum = sums.get(building.district) ?? { requests: 0, expected: 0 }
    sum.requests += requests
    sum.expected += expected
    sums.set(building.district, sum)
  }
  return [...sums]
    .filter(([district, { expected }]) => district !== 0 && expected >= LEAST_EXPECTED)
    .map(([district, { requests, expected }]) => ({ district, propensity: requests / expected }))
    .filter(({ propensity }) => propensity <= QUIET)
    .sort((a, b) => a.propensity - b.propensity)
}
