import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import { type Evaluated, type Flagged, type FlagStatus, flagIdOf } from '#server/contract/flags.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import { versionOf } from '#server/contract/measures/versions.ts'
import type { ApartPart } from '#server/judgement/apart.ts'
import { isShare } from '#server/judgement/expectation.ts'
import type { FlagBook } from '#server/judgement/flag-book.ts'
import { weekStart } from '#server/judgement/inputs.ts'
import type { Evaluation } from '#server/judgement/kept.ts'
import { frozen, isoOf } from '#server/judgement/period.ts'
import type { RefinedMeasure, RefinedUnit, Rests } from '#server/judgement/refined.ts'
import { judgedSince } from '#server/judgement/restarts.ts'
import { funnelLimits, rulesOf } from '#server/stats/comparison.ts'
import { normalCdf } from '#server/stats/normal.ts'
import { wilson } from '#server/stats/proportion.ts'
import type { Context } from '#server/trpc.ts'
import { peersOf } from './peers.ts'

/** Rows behind the figures of a flag: those that were judged, and those of them that count; of pace all that were closed. */
const ROWS: Record<Evaluated, { among: Filter['is']; events: Filter['is'] }> = {
  reopened: {
    among: ['mature', 'incidentHead'],
    events: ['mature', 'returned', 'incidentHead'],
  },
  late: { among: ['due', 'incidentHead'], events: ['due', 'late', 'incidentHead'] },
  pace: {
    among: ['sound', 'kept', 'incidentHead'],
    events: ['sound', 'kept', 'incidentHead', 'closedByCut'],
  },
}

export interface Raised {
  measure: RefinedMeasure
  unit: RefinedUnit
  /** `composite` where two measures together call it out. */
  flagged: Flagged
}

/** One flag with all its figures and what opens their rows; empty where its organization is not registered. */
export function flagOf(
  context: Context,
  evaluation: Evaluation,
  book: FlagBook,
  { measure: { measure, tau2, units }, unit, flagged }: Raised,
) {
  const organization = context.registry.organization(unit.unit)
  if (!organization) return []
  const { revision, policy, restarts } = evaluation
  const since = judgedSince(evaluation.period, {
    widened: unit.widened,
    restart: restarts.get(unit.unit),
  })
  const period = { ...evaluation.period, from: since }
  const id = flagIdOf(flagged, organization.id)
  const pair = evaluation.composite.find((one) => one.unit === unit.unit)
  const now: Level =
    flagged !== 'composite'
      ? unit.level
      : !pair?.together
        ? 'none'
        : pair.driven
          ? 'watch'
          : 'inspect'
  const stands = book.standing.get(id)
  const ended = book.ended.get(id)
  const level = book.level(id, now)
  // Good practice is judged on its own side.
  const side = now === 'good' ? -1 : 1
  const { n, observed, expected, variance, ratio, l975, u975 } = unit
  const closed = unit.ended ?? null
  const events = closed ?? observed
  const [shareLower, shareUpper] = wilson(events, n)
  const rows = frozen({ ...EVERYTHING, organization: [organization.id] }, period)
  const peers = peersOf(context, units)
  const judged = peers.filter((other) => other.insufficient === null).length
  const pDispersed = side === 1 ? unit.pDispersed : normalCdf(unit.zDispersed)
  return [
    {
      id,
      measure,
      flagged,
      version: isShare(measure) ? versionOf(measure) : 1,
      rules: rulesOf(policy),
      policy: { version: policy.version, validFrom: policy.validFrom, hash: policy.hash },
      /** As it stands after the monthly evaluations; `now` is what the last midnight alone says. */
      level,
      now,
      path: flagged === 'composite' ? ('c' as const) : unit.path,
      status: (stands?.inspect?.state ?? null) satisfies FlagStatus | null,
      proposed: stands?.inspect?.proposed ?? null,
      issued: stands?.inspect?.issued ?? null,
      /** How it ended, where it was not proposed again since. */
      withdrawn: ended ? { at: ended.at, by: ended.by, reason: ended.reason } : null,
      alone: unit.insufficient === 'alone',
      why: unit.insufficient,
      /** Its figures alone ask for watch; and what else does: the week of an early signal, questions about its data. */
      beyond: unit.beyond,
      warned: unit.warned && {
        week: unit.warned.week === null ? null : isoOf(weekStart(period, unit.warned.week)),
        doubts: unit.warned.doubts,
      },
      /** Downgraded, because one building or one week carries it. */
      driven: unit.driven?.by ?? null,
      rests: unit.rests && restsOf(context, unit.rests),
      widened: unit.widened,
      organization: { id: organization.id, name: organization.name, kind: organization.kind },
      period,
      revision,
      figures: {
        ...{ n, observed, expected, variance, ratio: finite(ratio) },
        ...{ lower: l975, upper: finite(u975), ...limitsOf(measure, expected, tau2) },
      },
      /** Of pace what was closed by the cut; `observed` of it before the horizon, and the rest counts as waiting. */
      closed,
      /** Of what `rows.events` opens in what `rows.among` does. */
      share: { share: n === 0 ? 0 : events / n, lower: shareLower, upper: shareUpper },
      z: unit.z,
      pChance: side === 1 ? unit.pChance : normalCdf(unit.z),
      zDispersed: unit.zDispersed,
      pDispersed,
      q: unit.insufficient ? null : side === 1 ? unit.q : unit.qGood,
      spread: Math.sqrt(tau2),
      quarters: {
        above: unit.quartersAbove,
        of: unit.quarters.filter((part) => part.expected > 0).length,
      },
      /** With whom it was compared, and how many of them would ordinarily lie as far out. */
      peers: { organizations: peers.length, judged, thisFar: judged * pDispersed },
      rows: {
        among: { ...rows, is: ROWS[measure].among },
        events: { ...rows, is: ROWS[measure].events },
      },
    },
  ]
}

/** How much worse it remains without what weighs most, and by another model of the mix; a week by its Monday. */
function restsOf({ registry }: Context, { building, week, model }: Rests) {
  const house = building && registry.building(building.key)
  const ratioOf = (part: ApartPart | null) => part?.withoutRatio?.ratio ?? null
  return {
    building: house ? { id: house.id, address: house.address, ratio: ratioOf(building) } : null,
    week: week && {
      from: isoOf(week.key),
      observed: week.observed,
      ratio: ratioOf(week),
    },
    model: model?.ratio ?? null,
  }
}

/** JSON knows no infinity: where nothing of what was expected happened, a hundredfold. */
const finite = (ratio: number) => (Number.isFinite(ratio) ? ratio : 100)

/** Limits of the ratio at this volume; of pace turned over, because fewer closings are worse. */
function limitsOf(measure: Evaluated, expected: number, tau2: number) {
  const { chance, outer } = funnelLimits(expected, tau2)
  if (isShare(measure)) return { chance, outer }
  const over = ([lower, upper]: [number, number]): [number, number] => [
    1 / upper,
    finite(1 / Math.max(lower, 0.01)),
  ]
  return { chance: over(chance), outer: over(outer) }
}
