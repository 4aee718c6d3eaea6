import type { Judged } from '#server/contract/measures/shape.ts'
import { type Standardised, standardisedIn } from '#server/stats/casemix.ts'
import { countsIn, sortedCells, strataWithin } from '#server/stats/sorted-cells.ts'
import { groupsOf, type Window } from '#server/stats/window.ts'
import type { Tables } from './inputs.ts'
import type { Policy } from './policy.ts'
import { COUNTED, modelOf, partOf, type Restarts } from './standard.ts'

/** What is read of the judged year; of it and the year before; of the year before alone, as one part. */
export type Years = 'judged' | 'both' | 'before'

/** Of every unit, or of some alone, its figures against the city, by measure and years: the tables are sorted once. */
export type Standards = (
  measure: Judged,
  years: Years,
  only?: ReadonlySet<number>,
) => readonly Standardised[]

export function standardsOf(
  { shares }: Pick<Tables, 'shares'>,
  { casemix }: Pick<Policy, 'casemix'>,
  restarts: Restarts,
): Standards {
  const { organization: unit, quarter, stratum } = shares
  const cells = sortedCells({ unit, quarter, stratum })
  const countsOf = (measure: Judged) => {
    const { among, events } = COUNTED[measure]
    return countsIn(cells, { n: shares[among], events: shares[events] })
  }
  const all = { reopened: countsOf('reopened'), late: countsOf('late') }
  const groupsIn = (years: Years) => groupsOf(cells, windowOf(years, restarts))
  const within = { judged: groupsIn('judged'), both: groupsIn('both'), before: groupsIn('before') }
  return (measure, years, only) => {
    const counts = all[measure]
    const groups = within[years]
    const model = modelOf(strataWithin(cells, counts, groups))
    return standardisedIn(cells, counts, { groups, policy: casemix, model, only })
  }
}

/** Whose a row is and in which of the four parts. What an organization did before it began anew is nobody's. */
export const windowOf =
  (years: Years, restarts: Restarts): Window =>
  (named, quarter) => {
    const part = PARTS[years](quarter)
    const restart = restarts.get(named)
    return part === null
      ? null
      : { unit: restart !== undefined && quarter < restart ? 0 : named, part }
  }

const fromZero = (part: number) => (part < 0 ? null : part)
const PARTS: Record<Years, (quarter: number) => number | null> = {
  judged: (quarter) => fromZero(partOf(quarter, 1)),
  both: (quarter) => fromZero(partOf(quarter, 2)),
  before: (quarter) => (partOf(quarter, 2) < 0 || quarter >= 0 ? null : 0),
}
