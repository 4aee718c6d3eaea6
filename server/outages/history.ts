import { z } from 'zod'
import { markBit } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Engine } from '#server/store/engine.ts'
import { BASELINE_DAYS } from './baseline.ts'
import type { Arrival } from './detector.ts'
import { resourceOf, SCANNED } from './resources.ts'
import { KEPT_DAYS } from './suspicions.ts'
import { CALIBRATION_DAYS } from './threshold.ts'

/** Days for which suspicions that are over are told. */
export const TOLD_DAYS = 30
const DAY = 86_400_000
/** What is kept rests on thresholds of two months before, and these on what was usual two months before that. */
const HISTORY_DAYS = KEPT_DAYS + CALIBRATION_DAYS + BASELINE_DAYS

const Row = z.object({
  request: z.number(),
  number: z.string(),
  building: z.number(),
  category: z.number(),
  subject: z.number(),
  at: z.number(),
  received: z.number(),
})

const BY_CATEGORY = 'coalesce(first_category, category)'
const ARRIVALS = `
  SELECT request, number, coalesce(first_building, building) AS building, ${BY_CATEGORY} AS category, subject,
    registered_at AS at, received_at AS received
  FROM request
  WHERE test = false AND received_at >= $since AND registered_at >= $from
    AND (marks & ${markBit('no_registration')}) = 0 AND ${BY_CATEGORY} IN (SELECT unnest($categories))
  ORDER BY received_at, request`

/** Keys of the categories that are scanned, with the position of their resource in SCANNED. */
export function scannedCategories(registry: Registry): Map<number, number> {
  const known = new Map<number, number>()
  for (const category of registry.categories()) {
    const resource = resourceOf(category)
    if (resource) known.set(category.key, SCANNED.indexOf(resource))
  }
  return known
}

/** The same for requests of one person; one that names nobody is an apartment of its own. */
export const apartmentOf = (subject: number, request: number): number =>
  subject === 0 ? -request : subject

/** Arrivals of the last months as the facts have them, in the order in which they reached us, chunk by chunk. */
export async function* arrivalsIn(
  engine: Engine,
  registry: Registry,
  now: number,
): AsyncGenerator<Arrival[]> {
  const categories = scannedCategories(registry)
  const since = now - HISTORY_DAYS * DAY
  const params = {
    ...{ since, from: since - BASELINE_DAYS * DAY },
    categories: [...categories.keys()],
  }
  for await (const rows of engine.stream(ARRIVALS, params))
    yield rows.map((row) => {
      const { request, number, building, category, subject, at, received } = Row.parse(row)
      return {
        number,
        at,
        receivedAt: received,
        resource: categories.get(category) ?? 0,
        building,
        apartment: apartmentOf(subject, request),
      }
    })
}
