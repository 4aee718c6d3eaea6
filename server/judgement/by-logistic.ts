import type { Evaluated } from '#server/contract/flags.ts'
import type { Standardised } from '#server/stats/casemix.ts'
import { standardiseByModel } from '#server/stats/casemix-model.ts'
import { strataIn } from '#server/stats/cells.ts'
import { isShare, worseRatio } from './expectation.ts'
import type { Tables } from './inputs.ts'
import type { Policy } from './policy.ts'
import { modelOf, othersWhereLarge, type Restarts, shareStandard } from './standard.ts'

/** One organization by one measure, as the evaluation counted it. */
export interface AskedUnit {
  key: number
  measure: Evaluated
  policy: Policy
  restarts: Restarts
  years: 1 | 2
}

/**
 * Every expectation from the logistic model alone, fitted without the organization where the strata leave it out: a large one
 * would otherwise draw the model to itself. Pace has none.
 */
export function byLogistic(
  inputs: Tables,
  { key, measure, policy, restarts, years }: AskedUnit,
): ReturnType<typeof rated> {
  if (!isShare(measure)) return null
  const { cells } = shareStandard(inputs, measure, { restarts, years })
  return rated(
    standardiseByModel(cells, modelOf(strataIn(othersWhereLarge(cells, key, policy.casemix)))).find(
      ({ unit }) => unit === key,
    ),
    'more',
  )
}

/** How much worse than expected, with what was counted; null where nothing was expected. */
export function rated(found: Standardised | undefined, worse: 'more' | 'fewer') {
  if (!found) return null
  const ratio = worseRatio(found, worse)
  return ratio && { n: found.n, observed: found.observed, expected: found.expected, ...ratio }
}
