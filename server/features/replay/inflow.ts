import type { ReplayInflow } from '#server/contract/replay.ts'
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
import { type Context, Refusal } from '#server/trpc.ts'

const PARTS = 96
const LONGEST_MS = 20 * 366 * 86_400_000

/** Registrations by equal parts of a time, and how many of them the log heard there: what the slider is drawn over. */
const TEXT = `
  SELECT CAST(floor((came_at - $from) / $part) AS INTEGER) AS part,
    CAST(sum(was) AS INTEGER) AS was, CAST(sum(known) AS INTEGER) AS known
  FROM (
    SELECT registered_at AS came_at, 1 AS was, 0 AS known FROM request
    WHERE registered_at >= $from AND registered_at < $to AND test = false
      AND (len($district) = 0 OR list_contains($district, district))
      AND (len($category) = 0 OR list_contains($category, category))
      AND (len($organization) = 0 OR list_contains($organization, organization))
      AND (len($building) = 0 OR list_contains($building, building))
    UNION ALL
    SELECT greatest(registered_at, received_at) AS came_at, 0 AS was, 1 AS known FROM request
    WHERE greatest(registered_at, received_at) >= $from AND greatest(registered_at, received_at) < $to
      AND test = false
      AND (len($district) = 0 OR list_contains($district, district))
      AND (len($category) = 0 OR list_contains($category, category))
      AND (len($organization) = 0 OR list_contains($organization, organization))
      AND (len($building) = 0 OR list_contains($building, building))
  ) AS told
  GROUP BY part ORDER BY part`

const COLUMNS = ['part', 'was', 'known'] as const
export const INFLOW = {
  name: 'replay.inflow',
  sql: TEXT,
  columns: COLUMNS,
  read: (columns) => columns,
} satisfies ColumnQuestion<(typeof COLUMNS)[number], unknown>

export interface Inflow {
  from: number
  /** Milliseconds of a part. */
  part: number
  was: number[]
  known: number[]
}

export async function inflow(
  { engine, registry }: Pick<Context, 'engine' | 'registry'>,
  { from, to, district, category, organization, building }: ReplayInflow,
): Promise<Inflow> {
  if (to <= from || to - from > LONGEST_MS)
    throw new Refusal(
      'BAD_REQUEST',
      'the time of the slider ends after it begins, and within twenty years',
    )
  const keys = (ids: readonly string[], find: (id: string) => { key: number } | undefined) =>
    ids.map((id) => find(id)?.key ?? -1)
  const part = (to - from) / PARTS
  const columns = await askColumns(engine, INFLOW, {
    ...{ from, to, part },
    district: keys(district, (id) => registry.districtById(id)),
    category: keys(category, (id) => registry.categoryById(id)),
    organization: keys(organization, (id) => registry.organizationById(id)),
    building: keys(building, (id) => registry.buildingById(id)),
  })
  const was = Array.from({ length: PARTS }, () => 0)
  const known = Array.from({ length: PARTS }, () => 0)
  for (const [row, at] of columns.part.entries()) {
    was[at] = columns.was[row] ?? 0
    known[at] = columns.known[row] ?? 0
  }
  return { from, part, was, known }
}
