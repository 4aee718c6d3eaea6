import { EVALUATED, type Evaluated } from '#server/contract/flags.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import type { Evaluation } from '#server/judgement/kept.ts'
import { stratumIn } from '#server/judgement/strata.ts'
import { compositeIndex, type Indexed } from '#server/stats/composite-index.ts'
import { chanceFrom } from '#server/stats/random.ts'
import { type Context, Refusal } from '#server/trpc.ts'

/** Shares of the index (method, section 6). */
const WEIGHTS: Record<Evaluated, number> = { late: 0.35, pace: 0.3, reopened: 0.35 }
const EMERGENCY = PRIORITIES.indexOf('emergency')
/** An emergency that was late counts for two. */
const EMERGENCY_WEIGHT = 2
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
  const all = reckoned.get(evaluation) ?? indexed(evaluation)
  reckoned.set(evaluation, all)
  const own = all.find(({ unit }) => unit === organization.key)
  if (!own) return { own: null, among: all.length, weights: WEIGHTS }
  const { index, parts, rank, thirdMoves } = own
  const named = EVALUATED.map((measure, i) => ({ measure, sd: parts[i] ?? 0 }))
  return {
    own: { index, parts: named, rank: { low: rank[0], high: rank[2] }, thirdMoves },
    among: all.length,
    weights: WEIGHTS,
  }
}

function indexed({ measures, cells }: Evaluation): Indexed[] {
  const late = emergenciesTwice(cells.late)
  return compositeIndex(
    EVALUATED.map((measure) => {
      const { worse, tau2, units } = measures[measure]
      const judged = units.filter(({ insufficient }) => insufficient === null)
      return {
        ...{ weight: WEIGHTS[measure], worse, tau2 },
        units: judged.map(({ unit, observed, expected }) => ({
          unit,
          ...((measure === 'late' && late.get(unit)) || { observed, expected }),
        })),
      }
    }),
    chanceFrom(SEED),
  )
}

/** Late requests and what the city's shares let expect of them, emergencies counted twice. */
function emergenciesTwice(cells: Evaluation['cells']['late']) {
  const city = new Map<string, { n: number; events: number }>()
  for (const { stratum, n, events } of cells) {
    const sum = city.get(stratum) ?? { n: 0, events: 0 }
    city.set(stratum, { n: sum.n + n, events: sum.events + events })
  }
  const sums = new Map<number, { observed: number; expected: number }>()
  for (const { unit, stratum, n, events } of cells) {
    const all = city.get(stratum)
    if (!all) continue
    const weight = stratumIn(Number(stratum)).priority === EMERGENCY ? EMERGENCY_WEIGHT : 1
    const sum = sums.get(unit) ?? { observed: 0, expected: 0 }
    sums.set(unit, {
      observed: sum.observed + weight * events,
      expected: sum.expected + (weight * n * all.events) / all.n,
    })
  }
  return sums
}
