import { z } from 'zod'
import { METRICS } from '#server/metrics.ts'

const count = z.number().int()

/** How many requests have clocks of the same norms; a few hundred rows at most. */
export const GOVERNED = {
  name: 'norms.governed',
  row: z.object({ norms: z.string(), requests: count, open: count, overdue: count }),
  sql: `
    SELECT norms, count(*) AS requests, ${METRICS.open.numerator} AS open,
      ${METRICS.overdue.numerator} AS overdue
    FROM request
    WHERE test = false AND norms IS NOT NULL
    GROUP BY norms
    ORDER BY norms`,
}

/** Due times by who set them. */
export const BASES = {
  name: 'norms.bases',
  row: z.object({ basis: z.string().nullable(), requests: count, open: count }),
  sql: `
    SELECT CASE WHEN due_basis IS NULL THEN NULL WHEN due_basis = 'source' THEN 'source' ELSE 'norm' END AS basis,
      count(*) AS requests, ${METRICS.open.numerator} AS open
    FROM request
    WHERE test = false
    GROUP BY basis
    ORDER BY basis`,
}
