import binomial from '@stdlib/stats-base-dists-binomial'
import { z } from 'zod'
import type { Question } from '#server/store/ask.ts'

/** Requests of one category in one place: in the window, and in the whole of the windows before it. */
export interface Place {
  category: number
  district: number
  /** 0 = the whole district. */
  building: number
  observed: number
  before: number
}
export interface Concentration extends Place {
  expected: number
}

/** The window looked at, and how many windows of its length before it say what is usual. */
export const WINDOW_HOURS = 24
export const WINDOWS_BEFORE = 56
/** Chance that a city as usual shows any concentration at all. */
const FALSE_ALARM = 0.05
/** A building that holds so much of a district's excess is where it is; houses that hold so much of it are where it is. */
export const MOSTLY = 0.6

const count = z.number().int()
const IN_TIME =
  'test = false AND registered_at >= $beforeStart AND registered_at < $now AND category > 0 AND ($only = 0 OR district = $only)'
const WINDOW = 'count(CASE WHEN registered_at >= $windowStart THEN 1 END)'
const BEFORE = 'count(CASE WHEN registered_at < $windowStart THEN 1 END)'

export const BY_DISTRICT: Question<Place> = {
  name: 'wallByDistrict',
  row: z.object({
    category: count,
    district: count,
    building: count,
    observed: count,
    before: count,
  }),
  sql: `
    SELECT category, district, 0 AS building, ${WINDOW} AS observed, ${BEFORE} AS before
    FROM request
    WHERE ${IN_TIME} AND district > 0
    GROUP BY category, district
    ORDER BY category, district`,
}

/** Fewer than three of a kind in one building are nothing to look at from five metres. */
export const BY_BUILDING: Question<Place> = {
  name: 'wallByBuilding',
  row: BY_DISTRICT.row,
  sql: `
    SELECT category, district, building, ${WINDOW} AS observed, ${BEFORE} AS before
    FROM request
    WHERE ${IN_TIME} AND building > 0
    GROUP BY category, district, building
    HAVING ${WINDOW} >= 3
    ORDER BY category, building`,
}

/** Buildings that took part in the window. */
export const TAKING_PART: Question<{ building: number }> = {
  name: 'wallTakingPart',
  row: z.object({ building: count }),
  sql: `
    SELECT building FROM request
    WHERE ${IN_TIME} AND registered_at >= $windowStart AND category = $category
      AND district = $district AND ($building = 0 OR building = $building)
    GROUP BY building
    ORDER BY building`,
}

/**
 * Chance of so many in the window when each request is as likely to fall into it as into any of the windows before: given both
 * counts together the window's is binomial (Przyborowski and Wilenski 1940). What is usual need not be known without error.
 */
export function chanceOf({ observed, before }: Pick<Place, 'observed' | 'before'>): number {
  if (observed === 0) return 1
  const share = 1 / (1 + WINDOWS_BEFORE)
  return 1 - binomial.cdf(observed - 1, observed + before, share)
}

/**
 * Places with more than chance would bring anywhere in the city (Bonferroni over `tests`, all places there are), the largest excess first.
 * One thing is told once: by its building where most of it is in one, else by its district.
 */
export function concentrationsOf(
  districts: readonly Place[],
  buildings: readonly Place[],
  tests: number,
): Concentration[] {
  const limit = FALSE_ALARM / Math.max(1, tests)
  const beyond = (places: readonly Place[]) =>
    places
      .map((place) => ({ ...place, expected: place.before / WINDOWS_BEFORE }))
      .filter((place) => place.observed > place.expected && chanceOf(place) <= limit)
  const wide = beyond(districts)
  const single = beyond(buildings)
  const excess = (place: Concentration) => place.observed - place.expected
  const isWithin = (inner: Place, outer: Place) =>
    inner.category === outer.category && inner.district === outer.district
  const told = wide.filter(
    (place) => !single.some((one) => isWithin(one, place) && excess(one) >= MOSTLY * excess(place)),
  )
  const alone = single.filter((one) => !told.some((place) => isWithin(one, place)))
  return [...told, ...alone].sort(
    (a, b) =>
      excess(b) - excess(a) ||
      a.category - b.category ||
      a.district - b.district ||
      a.building - b.building,
  )
}
