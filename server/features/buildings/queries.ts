import { z } from 'zod'
import { MATURE_INCIDENT, OPEN, OVERDUE, RETURNED, SOUND } from '#server/metrics.ts'
import type { ColumnQuestion } from '#server/store/ask.ts'

const key = z.number().int()
const instant = z.number().nullable()

/** Requests of one building that are open, or closed so lately that they may return. */
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
    due_at: instant,
    closed_at: instant,
    last_event_at: instant,
    reopenings: key,
    marks: key,
    entrance: key.nullable(),
    open: key,
    overdue: key,
    sound: key,
  }),
  sql: `
    SELECT request, number, organization, category, priority, state, outcome, registered_at,
      due_at, closed_at, last_event_at, reopenings, marks, entrance,
      CASE WHEN ${OPEN} THEN 1 ELSE 0 END AS open,
      CASE WHEN ${OVERDUE} THEN 1 ELSE 0 END AS overdue,
      CASE WHEN ${SOUND} THEN 1 ELSE 0 END AS sound
    FROM request
    WHERE building = $building AND test = false AND (closed_at IS NULL OR closed_at >= $recent)
    ORDER BY registered_at, request`,
}
export type BuildingRequest = z.output<typeof BUILDING_REQUESTS.row>

/** A request of the year of a building: when, and whether it came back. */
export interface YearRequest {
  at: number
  week: number
  mature: boolean
  returned: boolean
}

/** Every request of one building in its year, few columns of each: a year is read whole, and columns are what costs. */
export const BUILDING_YEAR = {
  name: 'buildings.ownYear',
  sql: `
    SELECT registered_at, week,
      CASE WHEN ${MATURE_INCIDENT} THEN 1 ELSE 0 END AS mature,
      CASE WHEN ${RETURNED} THEN 1 ELSE 0 END AS returned
    FROM request
    WHERE building = $building AND test = false AND week >= $firstWeek AND registered_at <= $now
    ORDER BY registered_at, request`,
  columns: ['registered_at', 'week', 'mature', 'returned'],
  read: ({ registered_at, week, mature, returned }) =>
    Array.from(registered_at, (at, i) => ({
      at,
      week: week[i] ?? 0,
      mature: mature[i] === 1,
      returned: returned[i] === 1,
    })),
} as const satisfies ColumnQuestion<'registered_at' | 'week' | 'mature' | 'returned', YearRequest[]>
