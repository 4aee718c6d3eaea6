import type { Apartments } from '#server/domain/apartments.ts'
import { RECENT_DAYS } from '#server/judgement/building-counts.ts'
import type { JudgedBuildings } from '#server/judgement/buildings.ts'
import type { Neighbourhood } from '#server/judgement/neighbourhoods.ts'
import { smoothedLimits, smoothedRate, type Trend } from '#server/stats/building-intensity.ts'
import { poissonLimits } from '#server/stats/poisson.ts'

/** How often requests come from a building, against what its apartments, age and height make likely. */
export interface Reporting {
  /** Local days since 1970-01-01, half-open. */
  from: number
  to: number
  requests: number
  apartments: Apartments
  expected: number
  /** Requests over expected, with its exact Poisson interval of 95 %; null where nothing is expected. */
  ratio: { value: number; low: number; high: number } | null
  /** The ratio drawn towards the usual, and its interval of 95 % by the gamma law. */
  smoothed: { value: number; low: number; high: number } | null
  per100: number
  /** Drawn towards the city's rate. */
  smoothedPer100: number
  expectedPer100: number
  cityPer100: number
  /** P(rate > 2 × expected). */
  chance: number
  heavy: boolean
  trend: Trend & { days: number; recent: number; before: number }
  neighbours: Neighbourhood | null
  /** P(so few) by the expectation, and where the neighbours report as they do. */
  fewChance: number
  fewChanceHere: number | null
  silent: boolean
}

/** null where the building is gone, or neither its apartments nor its entrances are known. */
export function reportingOf(
  { from, to, of, moments, city }: JudgedBuildings,
  building: number,
): Reporting | null {
  const one = of.get(building)
  if (!one) return null
  const { requests, recent, apartments, expected } = one
  const per100 = (count: number) => (count / apartments.count) * 100
  const [low, high] = poissonLimits(requests)
  const exposed = { events: requests, exposure: expected }
  const [smoothedLow, smoothedHigh] = smoothedLimits(exposed, moments)
  return {
    from,
    to,
    requests,
    apartments,
    expected,
    ratio:
      expected > 0
        ? { value: requests / expected, low: low / expected, high: high / expected }
        : null,
    smoothed:
      expected > 0
        ? { value: smoothedRate(exposed, moments), low: smoothedLow, high: smoothedHigh }
        : null,
    per100: per100(requests),
    smoothedPer100: one.smoothed * 100,
    expectedPer100: per100(expected),
    cityPer100: city.apartments > 0 ? (city.requests / city.apartments) * 100 : 0,
    chance: one.chance,
    heavy: one.heavy,
    trend: { ...one.trend, days: RECENT_DAYS, recent, before: requests - recent },
    neighbours: one.neighbours,
    fewChance: one.fewChance,
    fewChanceHere: one.fewChanceHere,
    silent: one.silent,
  }
}
