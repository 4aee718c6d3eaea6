import type { Judged } from '#server/contract/measures/shape.ts'
import {
  APPEAL,
  DUE,
  DUE_LATE,
  HEAD,
  IS,
  KEPT,
  MATURE_INCIDENT,
  RETURNED,
  SOUND,
} from '#server/metrics.ts'

/** Which requests are judged, one of each incident, and which of them count against the organization. */
export const JUDGES: Record<Judged, { among: string; events: string }> = {
  reopened: { among: MATURE_INCIDENT, events: RETURNED },
  late: { among: `(${DUE} AND ${HEAD})`, events: `(${DUE_LATE} AND ${HEAD})` },
}

/** What all judged requests have in common: sound times, neither withdrawn nor a duplicate, one of each incident. */
export const JUDGED_ROWS = `${SOUND} AND ${KEPT} AND ${HEAD}`

const bit = (condition: string) => `CASE WHEN ${condition} THEN 1 ELSE 0 END`
const DUE_NOW = `${IS.duePassed} AND ${APPEAL}`
/** Of such rows, what each measure counts, as columns of ones and zeros: summing them costs less than counting by conditions. */
export const JUDGED_BITS = `
        ${bit(IS.closedLongAgo)} AS mature_1, ${bit(`${IS.closedLongAgo} AND ${IS.cameBack}`)} AS returned_1,
        ${bit(DUE_NOW)} AS due_1, ${bit(`${DUE_NOW} AND ${IS.pastDue}`)} AS late_1`
/** To be summed by group. */
export const JUDGED_SUMS = (['mature', 'returned', 'due', 'late'] as const)
  .map((name) => `CAST(sum(${name}_1) AS INTEGER) AS ${name}`)
  .join(', ')
