import type { Filter } from '#server/contract/filter.ts'
import type { ComparedDays } from '#server/contract/geometry.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { bindFilter, minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

const DAY = 86_400_000
const EMERGENCY = PRIORITIES.indexOf('emergency')

type Columns = 'building' | 'open' | 'overdue' | 'emergency' | 'emergencyOverdue'

/** Who stood open at an instant, by building; 0 = at none. */
export const OPEN_AT: ColumnQuestion<Columns, Record<Columns, number[]>> = {
  name: 'mapOpenAt',
  sql: `
    SELECT building,
      CAST(count(*) AS INTEGER) AS open,
      CAST(count(CASE WHEN due_at < $at THEN 1 END) AS INTEGER) AS overdue,
      CAST(count(CASE WHEN priority = ${EMERGENCY} THEN 1 END) AS INTEGER) AS emergency,
      CAST(count(CASE WHEN priority = ${EMERGENCY} AND due_at < $at THEN 1 END) AS INTEGER)
        AS "emergencyOverdue"
    FROM spell
    WHERE test = false AND start_at <= $at AND (end_at IS NULL OR end_at > $at)
      AND (len($district) = 0 OR list_contains($district, district))
      AND (len($category) = 0 OR list_contains($category, category))
      AND (len($organization) = 0 OR list_contains($organization, organization))
    GROUP BY building
    ORDER BY building`,
  columns: ['building', 'open', 'overdue', 'emergency', 'emergencyOverdue'],
  read: (columns) => ({
    building: Array.from(columns.building),
    open: Array.from(columns.open),
    overdue: Array.from(columns.overdue),
    emergency: Array.from(columns.emergency),
    emergencyOverdue: Array.from(columns.emergencyOverdue),
  }),
}

/** Open requests by building as columns, at the same time of day so many days ago. */
export interface Before {
  at: number
  keys: number[]
  open: number[]
  overdue: number[]
  emergency: number[]
  emergencyOverdue: number[]
  totals: Record<'open' | 'overdue' | 'emergency' | 'emergencyOverdue', number>
}

export async function before(
  { engine, registry, now }: Pick<Context, 'engine' | 'registry' | 'now'>,
  filter: Filter,
  days: ComparedDays,
): Promise<Before> {
  const at = minuteOf(now()) - days * DAY
  const { district, category, organization } = bindFilter(filter, registry, at)
  const { building, ...counts } = await askColumns(engine, OPEN_AT, {
    ...{ district: district ?? [], category: category ?? [], organization: organization ?? [] },
    at,
  })
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
  const { open, overdue, emergency, emergencyOverdue } = counts
  return {
    at,
    keys: building,
    ...counts,
    totals: {
      open: total(open),
      overdue: total(overdue),
      emergency: total(emergency),
      emergencyOverdue: total(emergencyOverdue),
    },
  }
}
