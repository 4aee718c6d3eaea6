import type { Building } from '#server/domain/registry.ts'

/** Bands within which buildings are alike; both ends included. */
const FLOORS: readonly [number, number][] = [
  [1, 2],
  [3, 5],
  [6, 9],
  [10, 16],
  [17, 300],
]
const YEARS: readonly [number, number][] = [
  [1500, 1960],
  [1961, 1979],
  [1980, 1995],
  [1996, 2010],
  [2011, 2200],
]
/** Fewer tell nothing about what is usual. */
export const ENOUGH = 20
/** More tell nothing new. */
const MOST = 240

/** What the similar buildings have in common with this one; null = it was not asked for, or is not known. */
export interface Likeness {
  floors: readonly [number, number] | null
  years: readonly [number, number] | null
  lift: boolean | null
}
export interface Similar {
  likeness: Likeness
  /** How many are alike; the nearest of them are taken. */
  alike: number
  buildings: readonly Building[]
}

const bandOf = (bands: readonly [number, number][], value: number | null) =>
  value === null ? null : (bands.find(([low, high]) => low <= value && value <= high) ?? null)
const within = (band: readonly [number, number] | null, value: number | null) =>
  band === null || (value !== null && band[0] <= value && value <= band[1])
const hasLift = (building: Building) => (building.lifts === null ? null : building.lifts > 0)

/**
 * Buildings to compare with: standing, with known apartments, of the same band of floors and of years and both with a
 * lift or both without. Where too few are, the lift is no longer asked for, then the years. The nearest ones are taken.
 */
export function similarTo(building: Building, all: Iterable<Building>): Similar {
  const others = [...all].filter(
    (other) => other.key !== building.key && !other.gone && (other.apartments ?? 0) > 0,
  )
  const exact: Likeness = {
    floors: bandOf(FLOORS, building.floors),
    years: bandOf(YEARS, building.year),
    lift: hasLift(building),
  }
  const steps = [exact, { ...exact, lift: null }, { ...exact, lift: null, years: null }]
  let found = { likeness: exact, buildings: [] as Building[] }
  for (const likeness of steps) {
    found = { likeness, buildings: others.filter((other) => isLike(other, likeness)) }
    if (found.buildings.length >= ENOUGH) break
  }
  return {
    likeness: found.likeness,
    alike: found.buildings.length,
    buildings: nearest(building, found.buildings),
  }
}

const isLike = (other: Building, { floors, years, lift }: Likeness) =>
  within(floors, other.floors) &&
  within(years, other.year) &&
  (lift === null || hasLift(other) === lift)

function nearest(building: Building, found: readonly Building[]): Building[] {
  const distance = (other: Building) =>
    Math.abs((other.floors ?? 0) - (building.floors ?? 0)) * 3 +
    Math.abs((other.year ?? 0) - (building.year ?? 0)) / 5 +
    Math.abs(Math.log((other.apartments ?? 1) / (building.apartments || 1))) * 3
  return found
    .map((other) => ({ other, far: distance(other) }))
    .sort((a, b) => a.far - b.far || a.other.key - b.other.key)
    .slice(0, MOST)
    .map(({ other }) => other)
}
