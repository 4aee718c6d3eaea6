import { EVALUATED } from '#server/contract/flags.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import type { Excess } from '#server/judgement/excess.ts'
import type { Evaluation } from '#server/judgement/kept.ts'
import { byPriority } from '#server/judgement/parts.ts'
import type { Policy } from '#server/judgement/policy.ts'
import { compositeIndex, type Indexed } from '#server/stats/composite-index.ts'
import { chanceFrom } from '#server/stats/random.ts'
import { type Context, Refusal } from '#server/trpc.ts'

/** Shares of the index, and for how many an emergency that was late counts, where the policy does not say (method, section 6). */
const INDEX_POLICY: NonNullable<Policy['index']> = {
  weights: { late: 0.35, pace: 0.3, reopened: 0.35 },
  emergencyWeight: 2,
}
const EMERGENCY = PRIORITIES.indexOf('emergency')
const SEED = 1

/** Of everybody of whom every measure has something to say, one evaluation at a time. */
const reckoned = new WeakMap<Evaluation, readonly Indexed[]>()

/**
 * The index of an overview of one organization, with its parts and how certain its place is; null where too little is known by
 * one of the measures. No level comes from it.
 */
export async function indexOf(context: Context, id: string) {
  const organization = context.registry.organizationById(id)
  if (!organization)
    throw new Refusal('NOT_FOUND', `no organization has the id "${id}"; see the list`)
  const evaluation = await context.judging.evaluation(context)
  const { weights, emergencyWeight } = evaluation.policy.index ?? INDEX_POLICY
  const all = reckoned.get(evaluation) ?? indexed(evaluation)
  reckoned.set(evaluation, all)
  const own = all.find(({ unit }) => unit === organization.key)
  if (!own) return { own: null, among: all.length, weights, emergencyWeight }
  const { index, parts, rank, thirdMoves } = own
  const named = EVALUATED.map((measure, i) => ({ measure, sd: parts[i] ?? 0 }))
  return {
    own: { index, parts: named, rank: { low: rank[0], high: rank[2] }, thirdMoves },
    among: all.length,
    ...{ weights, emergencyWeight },
  }
}

function indexed({ measures, cells, longer, policy }: Evaluation): Indexed[] {
  const { weights, emergencyWeight } = policy.index ?? INDEX_POLICY
  const late = {
    ...{ cells: cells.late, longer: longer.late, casemix: policy.casemix },
    units: measures.late.units,
  }
  return compositeIndex(
    EVALUATED.map((measure) => {
      const { worse, tau2, units } = measures[measure]
      const judged = units.filter(({ insufficient }) => insufficient === null)
      return {
        ...{ weight: weights[measure], worse, tau2 },
        units: judged.map(({ unit, observed, expected }) => ({
          unit,
          ...(measure === 'late'
            ? emergenciesWeighted(byPriority(late, unit), emergencyWeight)
            : { observed, expected }),
        })),
      }
    }),
    chanceFrom(SEED),
  )
}

/** Late requests, and what the evaluation expects of them, emergencies counted more than once. */
function emergenciesWeighted(parts: ReadonlyMap<number, Excess>, times: number) {
  const sum = { observed: 0, expected: 0 }
  for (const [priority, { observed, expected }] of parts) {
    const weight = priority === EMERGENCY ? times : 1
    sum.observed += weight * observed
    sum.expected += weight * expected
  }
  return sum
}
