import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import { versionOf } from '#server/contract/measures/versions.ts'
import type { UnitKind } from '#server/contract/organizations.ts'
import type { Standardised } from '#server/stats/casemix.ts'
import type { Cell } from '#server/stats/cells.ts'
import { type Compared, funnelLimits, ratioOf } from '#server/stats/comparison.ts'
import { askColumns } from '#server/store/ask.ts'
import { bindFilter } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { type BegunAnew, begunAnew, byDay } from './begun-anew.ts'
import { CELLS, CELLS_BEFORE } from './cells.ts'
import { type Evaluation, isWhole } from './kept.ts'
import { frozen, type Period, periodOf } from './period.ts'
import type { Policy } from './policy.ts'
import type { RefinedMeasure, RefinedUnit } from './refined.ts'
import { judgedSince } from './restarts.ts'

/** First day of the requests that a figure counts, where it is not the period's. */
interface Since {
  since?: string
  /** By two years, because one had too little. */
  widened?: boolean
}

export interface Judgement {
  measure: Judged
  /** Version of the measure's definition. */
  version: number
  period: Period
  /** Of the facts that answered. */
  revision: number
  phi: number
  /** Ordinary differences between organizations, a variance on the square-root scale. */
  tau2: number
  city: { n: number; observed: number }
  cells: readonly Cell[]
  /** The same of two years, of those who are judged by them and of all others together. */
  longer: readonly Cell[]
  /** How the policy expects by strata. */
  casemix: Policy['casemix']
  /** Who is compared; `unit` is the key of an organization, a contractor or a district. */
  whose: UnitKind
  units: (Compared & Since)[]
  /** Requests of no known unit. */
  nobody: Standardised | null
}

/** Fields that choose organizations or outcomes would make the city another city: they do not narrow a comparison. */
export const comparable = (filter: Filter, whose: UnitKind = 'organization'): Filter => ({
  ...filter,
  ...(whose === 'district' && { district: [] }),
  organization: [],
  contractor: [],
  building: [],
  state: [],
  outcome: [],
  mark: [],
  account: [],
  scan: [],
  closedMinute: [],
  closedIn: [],
  is: [],
})

export type JudgeContext = Pick<Context, 'engine' | 'registry' | 'city' | 'now' | 'log' | 'judging'>

/**
 * Every organization against the city on the organization's own mix, as things stood at the cut. Of the whole city over the
 * usual year the evaluation of the last midnight answers, with its levels; anything narrower is asked of the facts, by the same
 * rules but for what needs a year: nobody is to be inspected by it.
 */
export async function judge(
  context: JudgeContext,
  measure: Judged,
  filter: Filter,
  whose: UnitKind = 'organization',
): Promise<Judgement> {
  const { engine, registry, city, now } = context
  if (whose === 'organization' && isWhole(comparable(filter)))
    return ofEvaluation(await context.judging.evaluation(context), measure)
  const period = periodOf(filter, now(), city.zone)
  const revision = engine.revision()
  const { policy } = context.judging.policies.of(period.from)
  const asked = comparable(filter, whose)
  const since = whose === 'organization' ? begunAnew(context, policy, period) : NOBODY
  const [answer, ...before] = await Promise.all([
    askColumns(engine, CELLS[whose], bindFilter(frozen(asked, period), registry, now())),
    ...Array.from(byDay(since), ([to, keys]) => {
      const organization = keys.flatMap((key) => registry.organization(key)?.id ?? [])
      const own = frozen({ ...asked, organization }, { ...period, to })
      return askColumns(engine, CELLS_BEFORE, bindFilter(own, registry, now()))
    }),
  ])
  return {
    ...{ measure, version: versionOf(measure), whose, period, revision },
    ...{ longer: [], casemix: policy.casemix },
    ...answer[measure]({ policy, since, before }),
  }
}

const NOBODY: BegunAnew = new Map()

const judged = new WeakMap<RefinedMeasure, Judgement>()

/** The evaluation of all measures, as a judgement of one; the same as long as the evaluation. */
function ofEvaluation(evaluation: Evaluation, measure: Judged): Judgement {
  const known = judged.get(evaluation.measures[measure]) ?? judgementIn(evaluation, measure)
  judged.set(evaluation.measures[measure], known)
  return known
}

function judgementIn(
  { measures, cells, longer, policy, period, revision, restarts }: Evaluation,
  measure: Judged,
): Judgement {
  const { units, nobody, phi, tau2, city } = measures[measure]
  const compared = (unit: RefinedUnit): Compared & Since => ({
    ...unit,
    since: judgedSince(period, { widened: unit.widened, restart: restarts.get(unit.unit) }),
    ...ratioOf(unit),
    ...funnelLimits(unit.expected, tau2),
  })
  return {
    ...{ measure, version: versionOf(measure), whose: 'organization', period, revision },
    ...{ phi, tau2, city, cells: cells[measure] },
    ...{ longer: longer[measure], casemix: policy.casemix },
    units: units.map(compared),
    nobody,
  }
}
