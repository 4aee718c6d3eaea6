import type { Evaluated, Flagged } from '#server/contract/flags.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import { versionOf } from '#server/contract/measures/versions.ts'
import type { Organization } from '#server/domain/registry.ts'
import { type AskedUnit, byLogistic } from '#server/judgement/by-logistic.ts'
import { readDetail } from '#server/judgement/detail.ts'
import type { JudgedUnit } from '#server/judgement/evaluation.ts'
import { expectationOf, isShare, worseRatio } from '#server/judgement/expectation.ts'
import { horizonsOf } from '#server/judgement/horizon.ts'
import { type Inputs, QUARTERS, weekStart } from '#server/judgement/inputs.ts'
import { isoOf, type Period } from '#server/judgement/period.ts'
import type { Policy } from '#server/judgement/policy.ts'
import type { Refined } from '#server/judgement/refined.ts'
import { judgedSince } from '#server/judgement/restarts.ts'
import { paceColumns, type Restarts } from '#server/judgement/standard.ts'
import { stratumIn } from '#server/judgement/strata.ts'
import { normalCdf } from '#server/stats/normal.ts'
import { wilson } from '#server/stats/proportion.ts'
import type { Context } from '#server/trpc.ts'
import type { DossierFacts } from './dossier-facts.ts'
import { type Apart, heaviest, quartersOf, withoutPart } from './dossier-parts.ts'
import { normsOf, requestNumbers } from './dossier-rows.ts'
import { askedOtherwise } from './dossier-variants.ts'
import { peersOf } from './peers.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'now' | 'city' | 'norms'>

/** One flag of one evaluation, and where its story stands. */
export interface Sheet {
  flag: string
  flagged: Flagged
  /** Whose figures are told: its own measure, or the one that weighs most of a composite. */
  measure: Evaluated
  level: Level
  path: DossierFacts['path']
  organization: Organization
  inputs: Inputs
  figures: Pick<Refined, 'measures' | 'tested'>
  restarts: Restarts
  policy: Policy
  period: Period
  /** Number of the last event of the log that the evaluation knew. */
  head: number
  afterwards: boolean
  proposedOn: string | null
  replyUntil: string | null
  nextOn: string | null
}

/** Everything that the dossier of a flag says, from the facts as they stood at the cut. */
export async function dossierFacts(context: Asked, sheet: Sheet): Promise<DossierFacts> {
  const { organization, measure, level, figures, policy, inputs, restarts, period } = sheet
  const judged = figures.measures[measure]
  const unit = judged.units.find(({ unit }) => unit === organization.key)
  if (!unit) throw new Error(`no figures of ${organization.id} in ${measure}`)
  const years = unit.widened ? 2 : 1
  const restart = restarts.get(organization.key)
  const since = judgedSince(period, { widened: unit.widened, restart })
  const own = { ...period, from: since }
  const asked: AskedUnit = { key: organization.key, measure, policy, restarts, years }
  const whose = { organization: organization.id, measure, period: own }
  const horizons = isShare(measure)
    ? new Map()
    : horizonsOf(paceColumns(inputs, { restarts, years }), policy.pace.horizon)
  const [detail, numbers, norms, net, apart] = await Promise.all([
    readDetail(context, period, [organization.id]),
    requestNumbers(context, whose, horizons),
    normsOf(context, whose),
    askedOtherwise(context, 'netClock', { period, tables: inputs }, asked),
    askedOtherwise(context, 'duplicatesApart', { period, tables: inputs }, asked),
  ])
  const first = Math.max(years === 2 ? -QUARTERS : 0, restart ?? Number.NEGATIVE_INFINITY)
  const rows = (detail.get(organization.key) ?? []).filter(
    (row) => row.quarter >= first && row.of[measure].n > 0,
  )
  const taken: Apart = {
    measure,
    worse: judged.worse,
    expected: expectationOf(inputs, policy, { unit: organization.key, measure, restarts, years }),
  }
  const buildings = heaviest(rows, ({ house }) => house, taken)
  const weeks = heaviest(rows, ({ week }) => week, taken)
  const categories = heaviest(rows, ({ stratum }) => stratumIn(stratum).category, taken)
  const side = level === 'good' ? -1 : 1
  const pDispersed = side === 1 ? unit.pDispersed : normalCdf(unit.zDispersed)
  const peers = peersOf(context, judged.units)
  const judges = peers.filter(({ insufficient }) => insufficient === null)
  const [building] = buildings
  const [week] = weeks
  return {
    flag: sheet.flag,
    flagged: sheet.flagged,
    measure,
    version: isShare(measure) ? versionOf(measure) : 1,
    level,
    path: sheet.path,
    organization: { id: organization.id, name: organization.name, kind: organization.kind },
    city: context.city.name,
    zone: context.city.zone,
    period: own,
    figures: { ...figuresOf(unit), variance: unit.variance },
    share: isShare(measure) ? shareOf(unit) : null,
    whole: judged.city,
    strata: new Set(rows.map(({ stratum }) => stratum)).size,
    z: unit.z,
    zDispersed: unit.zDispersed,
    pChance: side === 1 ? unit.pChance : normalCdf(unit.z),
    pDispersed,
    q: unit.insufficient ? null : side === 1 ? unit.q : unit.qGood,
    tested: figures.tested,
    thresholds: {
      z: policy.levels.zAct,
      q: policy.levels.qAct,
      excess: sheet.path === 'b' ? policy.levels.excess.b : policy.levels.excess.a,
    },
    peers: {
      organizations: peers.length,
      judged: judges.length,
      thisFar: judges.length * pDispersed,
      tau2: judged.tau2,
      points: peers
        .filter((other) => other !== unit && Number.isFinite(other.ratio))
        .map(({ expected, ratio }) => ({ expected, ratio })),
      names: peers
        .flatMap(({ unit, n }) => {
          const known = context.registry.organization(unit)
          return known ? [{ id: known.id, name: known.name, n }] : []
        })
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1)),
    },
    others: Object.values(figures.measures)
      .filter((other) => other.measure !== measure)
      .flatMap(({ measure, units }) =>
        units
          .filter((other) => other.unit === organization.key)
          .map((other) => ({
            ...{ measure, level: other.level, zDispersed: other.zDispersed },
            ...figuresOf(other),
          })),
      ),
    quarters: quartersOf(rows, taken, { period, first }),
    variants: [
      { variant: 'accepted', figures: figuresOf(unit) },
      { variant: 'logistic', figures: byLogistic(inputs, asked) },
      {
        variant: 'withoutBuilding',
        building: (building && context.registry.building(building.key)?.address) ?? null,
        figures: building ? withoutPart(rows, ({ house }) => house === building.key, taken) : null,
      },
      {
        variant: 'withoutWeek',
        ...(week && { week: weekOf(week.key) }),
        figures: week ? withoutPart(rows, (row) => row.week === week.key, taken) : null,
      },
      { variant: 'netClock', figures: net },
      { variant: 'duplicatesApart', figures: apart },
    ],
    categories: categories.slice(0, MOST).map(({ key, ...sum }) => {
      const known = context.registry.category(key)
      const { n, observed, expected } = sum
      const ratio = worseRatio(sum, judged.worse)
      return { id: known?.id ?? null, name: known?.name ?? null, n, observed, expected, ratio }
    }),
    buildings: buildings.slice(0, MOST).map(({ key, n, observed, expected }) => {
      const known = context.registry.building(key)
      const rest = withoutPart(rows, ({ house }) => house === key, taken)
      const ratio = rest && { ratio: rest.ratio, lower: rest.lower, upper: rest.upper }
      return { id: known?.id ?? null, name: known?.address ?? null, n, observed, expected, ratio }
    }),
    norms,
    ...numbers,
    expectation: {
      ...policy.casemix,
      ...(isShare(measure) ? {} : { maxStratumShare: policy.pace.maxStratumShare }),
      horizon: policy.pace.horizon,
    },
    policy: { version: policy.version, validFrom: policy.validFrom, hash: policy.hash },
    data: { seq: sheet.head, hash: inputs.hash },
    warned: unit.warned && {
      week: unit.warned.week === null ? null : isoOf(weekStart(period, unit.warned.week)),
      doubts: unit.warned.doubts,
    },
    afterwards: sheet.afterwards,
    proposedOn: sheet.proposedOn,
    replyUntil: sheet.replyUntil,
    nextOn: sheet.nextOn,
  }
}

const MOST = 5
const DAY = 86_400_000

const weekOf = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)

type Ratioed = Pick<JudgedUnit, 'n' | 'observed' | 'expected' | 'ratio' | 'l975' | 'u975'>

function figuresOf({ n, observed, expected, ratio, l975, u975 }: Ratioed) {
  return { n, observed, expected, ratio, lower: l975, upper: u975 }
}

function shareOf({ observed, n }: Ratioed) {
  const [lower, upper] = wilson(observed, n)
  return { share: observed / n, lower, upper }
}
