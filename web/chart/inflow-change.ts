import type { Inflow } from './inflow-view.ts'

/** Today so far against the median of the same weekdays; `outside` = beyond their usual band. */
export function inflowChange({ total, usual }: Inflow): { share: number; outside: boolean } | null {
  if (!usual || usual.soFar.median <= 0) return null
  const { median, band } = usual.soFar
  return { share: total / median - 1, outside: total < band[0] || total > band[1] }
}
