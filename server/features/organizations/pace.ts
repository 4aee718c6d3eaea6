import type { Filter } from '#server/contract/filter.ts'
import { versionOf } from '#server/contract/measures/versions.ts'
import type { UnitKind } from '#server/contract/organizations.ts'
import { begunAnew, byDay } from '#server/judgement/begun-anew.ts'
import { belowInspection } from '#server/judgement/cells.ts'
import { createHeld, sharedInstant } from '#server/judgement/held.ts'
import { ENDED_1, OBSERVED_BIN } from '#server/judgement/inputs.ts'
import { comparable } from '#server/judgement/judge.ts'
import { JUDGED_ROWS } from '#server/judgement/judged-rows.ts'
import { isWhole } from '#server/judgement/kept.ts'
import { frozen, periodOf } from '#server/judgement/period.ts'
import { judgedSince } from '#server/judgement/restarts.ts'
import { stratified } from '#server/judgement/strata.ts'
import { levelsOf } from '#server/stats/levels.ts'
import { type Paced, slowness, standardisedPace } from '#server/stats/nelson-aalen.ts'
import { Z999 } from '#server/stats/normal.ts'
import type { PaceColumns } from '#server/stats/pace-rows.ts'
import { askParts, type PartsQuestion } from '#server/store/ask.ts'
import { DAY } from '#server/store/by-month.ts'
import type { Numbers } from '#server/store/month-rows.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

const COLUMNS = ['unit', 'stratum', 'bin', 'events', 'n'] as const

type Parts = readonly Readonly<Record<(typeof COLUMNS)[number], Numbers>>[]
const timed = (parts: Parts): PaceColumns[] =>
  parts.map(({ bin, ...part }) => ({ ...part, time: bin }))

/** Requests of every unit by stratum and observed time, as the nightly evaluation reads them; those of a stratum and unit lie together, because they are summed as one run. */
const pacedBy = (unit: UnitKind) =>
  ({
    name: `pace.${unit}`,
    sql: `
      SELECT day, unit, stratum, bin, CAST(sum(ended_1) AS INTEGER) AS events, CAST(count(*) AS INTEGER) AS n
      FROM ${stratified(
        `${unit} AS unit, ${DAY}, ${OBSERVED_BIN} AS bin, ${ENDED_1}`,
        `${WITHIN_FILTER} AND ${JUDGED_ROWS}`,
      )} AS one
      GROUP BY day, unit, stratum, bin
      ORDER BY stratum, unit`,
    within: 'filter',
    columns: COLUMNS,
    read: timed,
  }) satisfies PartsQuestion<(typeof COLUMNS)[number], PaceColumns[]>
export const PACED = {
  organization: pacedBy('organization'),
  contractor: pacedBy('contractor'),
  district: pacedBy('district'),
}

const held = createHeld<Paced[]>(8)
/** Where nothing was closed the slowness has no end; it is told as this many times. */
const MOST = 99

/**
 * How many times slower than the city's pace each unit closes its requests for good: E / O on its own strata, open requests
 * counted (method, 2.2). Limits as of the funnel, on the scale of the ratio.
 */
export async function paceOf(context: Context, filter: Filter, whose: UnitKind) {
  const { of, revision, ...judged } =
    whose === 'organization' && isWhole(comparable(filter))
      ? await ofEvaluation(context)
      : await ofFacts(context, filter, whose)
  const known = judgements.get(of) ?? judgementOf(judged)
  judgements.set(of, known)
  return { measure: 'pace' as const, version: versionOf('pace'), whose, revision, ...known }
}

type Told = Omit<
  Awaited<ReturnType<typeof ofEvaluation>> | Awaited<ReturnType<typeof ofFacts>>,
  'of' | 'revision'
>
/** By what was read: whoever asks again is answered with the same units. */
const judgements = new WeakMap<object, ReturnType<typeof judgementOf>>()

function judgementOf({ period, reckon }: Told) {
  const { tau2, city, nobody, units } = reckon()
  return {
    ...{ period, tau2, city, nobody },
    units: units.map((unit) => {
      const { ratio, upper, ...rest } = slowness(unit.observed, unit.expected)
      return {
        ...unit,
        ...rest,
        ...{ ratio: Math.min(MOST, ratio), upper: Math.min(MOST, upper) },
        ...paceLimits(unit.expected, tau2),
      }
    }),
  }
}

/** Of the whole city over the usual year the evaluation of the last midnight answers. */
async function ofEvaluation(context: Context) {
  const { measures, period, revision, restarts } = await context.judging.evaluation(context)
  return {
    ...{ of: measures.pace, period, revision },
    reckon: () => ({
      ...measures.pace,
      units: measures.pace.units.map((unit) => ({
        ...unit,
        since: judgedSince(period, { widened: unit.widened, restart: restarts.get(unit.unit) }),
      })),
    }),
  }
}

async function ofFacts(context: Context, filter: Filter, whose: UnitKind) {
  const { engine, registry, city, now } = context
  const period = periodOf(filter, now(), city.zone)
  const { policy } = context.judging.policies.of(period.from)
  const asked = comparable(filter, whose)
  const params = bindFilter(frozen(asked, period), registry, now())
  const since = whose === 'organization' ? begunAnew(context, policy, period) : new Map()
  // Of everybody and frozen: read once in ten minutes, however many commits there are.
  const rules = `${policy.hash} ${JSON.stringify([...since])}`
  const key = `${whose} ${sharedInstant(now())} ${rules} ${JSON.stringify(params)}`
  const all = await held(engine, key, async () => {
    const before = await Promise.all(
      Array.from(byDay(since), ([to, keys]) => {
        const organization = keys.flatMap((one) => registry.organization(one)?.id ?? [])
        const own = frozen({ ...asked, organization }, { ...period, to })
        return askParts(engine, PACED[whose], bindFilter(own, registry, now()))
      }),
    )
    const moved = before.flat().flatMap(handedOver)
    const read = (parts: Parts) => standardisedPace([...timed(parts), ...moved], policy.pace)
    return askParts(engine, { ...PACED[whose], by: rules, read }, params)
  })
  return {
    ...{ of: all, period, revision: engine.revision() },
    reckon: () => {
      const { tau2, units } = levelsOf(
        { measure: 'pace', worse: 'fewer', units: all.filter(({ unit }) => unit !== 0) },
        policy.levels,
      )
      return {
        tau2,
        units: units.map((unit) => ({ ...belowInspection(unit), since: since.get(unit.unit) })),
        city: all.reduce(
          (sum, { n, observed }) => ({ n: sum.n + n, observed: sum.observed + observed }),
          { n: 0, observed: 0 },
        ),
        nobody: all.find(({ unit }) => unit === 0) ?? null,
      }
    },
  }
}

/** What makes of some rows nobody's. */
function handedOver(rows: PaceColumns): PaceColumns[] {
  const minus = (column: ArrayLike<number>) => Int32Array.from(column, (n) => -n)
  return [
    { ...rows, n: minus(rows.n), events: minus(rows.events) },
    { ...rows, unit: new Int32Array(rows.n.length) },
  ]
}

/** Limits of E / O at 99.8 %: 1 / (1 ± z √(1/4E + τ²))², at most 99. */
export function paceLimits(expected: number, tau2: number) {
  const limits = (spread: number): [number, number] => [
    1 / (1 + Z999 * spread) ** 2,
    1 / Math.max(1 / Math.sqrt(MOST), 1 - Z999 * spread) ** 2,
  ]
  return {
    chance: limits(Math.sqrt(1 / (4 * expected))),
    outer: limits(Math.sqrt(1 / (4 * expected) + tau2)),
  }
}
