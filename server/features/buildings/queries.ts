import { z } from 'zod'
import { MATURE_INCIDENT, OPEN, OVERDUE, RETURNED, SOUND } from '#server/metrics.ts'
import type { ColumnQuestion } from '#server/store/ask.ts'
import type { WeekCount } from './year.ts'

const key = z.number().int()
const instant = z.number().nullable()

/** Requests of one building that are open, were registered in its year, or closed so lately that they may return. */
export const BUILDING_REQUESTS = {
  name: 'buildings.requests',
  row: z.object({
    request: key,
    number: z.string(),
    organization: key,
    category: key,
    priority: key,
    state: key,
    outcome: key,
    registered_at: z.number(),
    week: key,
    due_at: instant,
    first_closed_at: instant,
    closed_at: instant,
    last_event_at: instant,
    reopenings: key,
    marks: key,
    open: key,
    overdue: key,
    sound: key,
    mature: key,
    returned: key,
  }),
  sql: `
    SELECT request, number, organization, category, priority, state, outcome, registered_at, week,
      due_at, first_closed_at, closed_at, last_event_at, reopenings, marks,
      CASE WHEN ${OPEN} THEN 1 ELSE 0 END AS open,
      CASE WHEN ${OVERDUE} THEN 1 ELSE 0 END AS overdue,
      CASE WHEN ${SOUND} THEN 1 ELSE 0 END AS sound,
      CASE WHEN ${MATURE_INCIDENT} THEN 1 ELSE 0 END AS mature,
      CASE WHEN ${RETURNED} THEN 1 ELSE 0 END AS returned
    FROM request
    WHERE building = $building AND test = false
      AND (week >= $firstWeek AND registered_on <= $today OR closed_at IS NULL OR closed_at >= $recent)
    ORDER BY registered_at, request`,
}
export type BuildingRequest = z.output<typeof BUILDING_REQUESTS.row>

/** Requests by week of buildings to compare with: thousands of small rows, so by columns. */
export const WEEKS_OF_SIMILAR = {
  name: 'buildings.similar',
  sql: `
    SELECT building, week, CAST(count(*) AS INTEGER) AS requests
    FROM request
    WHERE building IN (SELECT unnest($buildings)) AND test = false
      AND week >= $firstWeek AND registered_on <= $today
    GROUP BY building, week`,
  columns: ['building', 'week', 'requests'],
  read: ({ building, week, requests }) =>
    Array.from(building, (key, i) => ({
      building: key,
      week: week[i] ?? 0,
      requests: requests[i] ?? 0,
    })),
} as const satisfies ColumnQuestion<'building' | 'week' | 'requests', WeekCount[]>

/** Requests of every building in its year. */
export const YEAR_OF_ALL = {
  name: 'buildings.year',
  row: z.object({ building: key, requests: key }),
  sql: `
    SELECT building, count(*) AS requests
    FROM request
    WHERE test = false AND building <> 0 AND week >= $firstWeek AND registered_on <= $today
    GROUP BY building
    ORDER BY building`,
}
