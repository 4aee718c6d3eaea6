import { z } from 'zod'
import { localClock } from '#server/domain/local-time.ts'
import { ask } from '#server/store/ask.ts'
import { type Asker, IN_SCOPE, type Scope } from '#server/today/history.ts'

const QUARTER = 900_000
const DAY = 86_400_000
const count = z.number().int()

/**
 * Spells of open requests that began and that ended, by quarters of an hour, because local days may begin at any of them. A
 * request that comes back begins anew; one that passes to another organization ends and begins at once.
 */
const FLOWS = {
  name: 'todayFlows',
  row: z.object({ quarter: count, began: count, ended: count }),
  sql: `
    SELECT quarter, CAST(sum(began) AS INTEGER) AS began, CAST(sum(ended) AS INTEGER) AS ended
    FROM (
      SELECT CAST(floor(start_at / ${QUARTER}.0) AS INTEGER) AS quarter, 1 AS began, 0 AS ended
      FROM spell WHERE start_at >= $since AND start_at <= $now AND ${IN_SCOPE}
      UNION ALL
      SELECT CAST(floor(end_at / ${QUARTER}.0) AS INTEGER), 0, 1
      FROM spell WHERE end_at >= $since AND end_at <= $now AND ${IN_SCOPE}
    ) AS flows
    GROUP BY quarter ORDER BY quarter`,
}

export interface Flow {
  began: number
  ended: number
}

/** By local day, from so many days before today until now. */
export async function flowsOf(
  { engine, now, today }: Asker,
  scope: Scope,
  { zone, days }: { zone: string; days: number },
): Promise<ReadonlyMap<number, Flow>> {
  const local = localClock(zone)
  const rows = await ask(engine, FLOWS, { ...scope, now, since: (today - days - 1) * DAY })
  const flows = new Map<number, Flow>()
  for (const { quarter, began, ended } of rows) {
    const { day } = local(quarter * QUARTER)
    if (day < today - days) continue
    const flow = flows.get(day) ?? { began: 0, ended: 0 }
    flow.began += began
    flow.ended += ended
    flows.set(day, flow)
  }
  return flows
}
