import type { Registry, Tenure } from '#server/domain/registry.ts'
import { wilson } from '#server/stats/proportion.ts'
import type { YearRequest } from './queries.ts'

/** What became of the requests registered while one organization answered; mature closings only. */
export interface Period {
  organization: string | null
  /** UTC ms; the tenure's own ends, which may lie outside the year. */
  start: number
  end: number | null
  closed: number
  returned: number
  /** Wilson, 95 %. */
  interval: [low: number, high: number]
}

export function periodsOf(
  rows: readonly YearRequest[],
  tenures: readonly Tenure[],
  registry: Registry,
  now: number,
): Period[] {
  const mature = rows.filter((row) => row.mature)
  return tenures.flatMap(({ organization, start, end }) => {
    const those = mature.filter(({ at }) => at >= start && at < (end ?? Number.POSITIVE_INFINITY))
    if (those.length === 0 || start > now) return []
    const returned = those.filter((row) => row.returned).length
    const interval = wilson(returned, those.length)
    const name = registry.organization(organization)?.name ?? null
    return [{ organization: name, start, end, closed: those.length, returned, interval }]
  })
}
