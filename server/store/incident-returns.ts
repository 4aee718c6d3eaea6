import { OUTCOMES, UNSOUND_BITS } from '#server/contract/vocabulary.ts'
import { REPEAT_WINDOW_MS } from '#server/domain/incident.ts'
import type { Writer } from './duckdb.ts'
import type { Params } from './engine.ts'

const outcome = (name: (typeof OUTCOMES)[number]) => OUTCOMES.indexOf(name)
const backAt = 'm.first_closed_at + m.effective_reopen_delay_s::BIGINT * 1000'

/**
 * An incident is closed by its first request, and came back with the first of its requests that did: after that closing, or
 * before it where that request was itself said to be done (seconds from the closing, then 0). A withdrawn request says
 * nothing; one closed as a duplicate says nothing while the first is open.
 */
const DELAYS = `
  SELECT m.incident, min(greatest(0, round((${backAt} - head.first_closed_at) / 1000)))::INTEGER AS delay
  FROM request m JOIN request head ON head.request = m.incident
  WHERE m.effective_reopen_delay_s IS NOT NULL AND head.first_closed_at IS NOT NULL
    AND m.test = false AND (m.marks & ${UNSOUND_BITS}) = 0 AND m.outcome <> ${outcome('cancelled')}
    AND (m.request = m.incident OR ${backAt} >= head.first_closed_at
      OR (m.outcome <> ${outcome('duplicate')}
        AND m.effective_reopen_delay_s <= ${REPEAT_WINDOW_MS / 1000}))
  GROUP BY m.incident`

// A second condition in the join would make the engine compare every request with every incident.
const differing = (which: string) => `
  SELECT request, registered_on, delay
  FROM (
    SELECT head.request, head.registered_on, head.incident_reopen_delay_s AS before,
      CASE WHEN head.incident = head.request THEN came_back.delay END AS delay
    FROM request head LEFT JOIN (${DELAYS}) came_back ON came_back.incident = head.request
    WHERE ${which}
  )
  WHERE before IS DISTINCT FROM delay
  ORDER BY request`

const OF_ALL = differing('true')
const OF_SOME = differing(`head.request IN (
    SELECT unnest([request, incident]) FROM request
    WHERE (building, category) IN (SELECT (unnest($buildings), unnest($categories)))
    UNION ALL SELECT incident FROM request WHERE request IN (SELECT unnest($touched))
    UNION ALL SELECT unnest($touched))`)

const ROWS_AT_ONCE = 40_000

/** Writes when incidents came back: of these groups, and of these requests and the incidents that they are in. */
export function noteReturns(
  writer: Writer,
  groups: readonly { building: number; category: number }[],
  touched: readonly number[],
) {
  const buildings = groups.map(({ building }) => building)
  const categories = groups.map(({ category }) => category)
  return note(writer, OF_SOME, { buildings, categories, touched })
}

/** The same of every incident. */
export const noteAllReturns = (writer: Writer) => note(writer, OF_ALL, {})

async function note(writer: Writer, sql: string, params: Params) {
  const rows = await writer.query(sql, params)
  for (const row of rows) writer.touches(Number(row.registered_on))
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const some = rows.slice(start, start + ROWS_AT_ONCE)
    await writer.run(
      `UPDATE request SET incident_reopen_delay_s = NULLIF(found.delay, -1)
       FROM (SELECT unnest($requests) AS request, unnest($delays) AS delay) AS found
       WHERE request.request = found.request`,
      {
        requests: some.map((row) => Number(row.request)),
        delays: some.map((row) => (row.delay === null ? -1 : Number(row.delay))),
      },
    )
  }
}
