import { PLAIN, type Standardised, standardise } from '#server/stats/casemix.ts'
import type { Cell } from '#server/stats/cells.ts'
import type { Chance } from '#server/stats/random.ts'
import {
  binomialOf,
  type City,
  lateShare,
  poissonOf,
  QUARTERS,
  returnShare,
  STRATA,
} from './city.ts'

/** Requests of one company, quarter and stratum. */
export interface Place {
  unit: number
  quarter: number
  stratum: number
  n: number
}

/** A year of a city's requests. */
export function requestsOf({ companies }: City, chance: Chance): Place[] {
  const places: Place[] = []
  for (const [unit, { requests }] of companies.entries())
    for (let quarter = 0; quarter < QUARTERS; quarter++)
      for (let stratum = 0; stratum < STRATA; stratum++) {
        const n = poissonOf(requests[stratum] ?? 0, chance)
        if (n > 0) places.push({ unit, quarter, stratum, n })
      }
  return places
}

export type Counted = 'reopened' | 'late'
const SHARES = { reopened: returnShare, late: lateShare } as const
const EFFECTS = { reopened: 'returns', late: 'time' } as const

/** What became of them, standardised, and every company's true ratio. */
export function counted(city: City, places: readonly Place[], measure: Counted, chance: Chance) {
  const shares = city.companies.map((company) =>
    Float64Array.from({ length: STRATA }, (_, stratum) =>
      SHARES[measure](city, stratum, company[EFFECTS[measure]]),
    ),
  )
  const usual = Float64Array.from({ length: STRATA }, (_, stratum) =>
    SHARES[measure](city, stratum, 0),
  )
  const cells = places.map(
    (place): Cell<number> => ({
      ...place,
      events: binomialOf(place.n, shares[place.unit]?.[place.stratum] ?? 0, chance),
    }),
  )
  const [own, expected] = [new Float64Array(shares.length), new Float64Array(shares.length)]
  for (const { unit, stratum, n } of places) {
    own[unit] = (own[unit] ?? 0) + n * (shares[unit]?.[stratum] ?? 0)
    expected[unit] = (expected[unit] ?? 0) + n * (usual[stratum] ?? 0)
  }
  const units: Standardised[] = standardise(cells, PLAIN)
  return { units, truth: Array.from(own, (value, unit) => value / (expected[unit] || 1)) }
}
