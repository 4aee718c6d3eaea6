import type { Evaluated } from '#server/contract/flags.ts'
import { type AskedUnit, rated } from '#server/judgement/by-logistic.ts'
import { isShare } from '#server/judgement/expectation.ts'
import { evaluationParams, OBSERVED_BIN, QUARTER, type Tables } from '#server/judgement/inputs.ts'
import type { Period } from '#server/judgement/period.ts'
import { paceColumns, shareStandard } from '#server/judgement/standard.ts'
import { stratified } from '#server/judgement/strata.ts'
import { HEAD, IS, KEPT, SOUND } from '#server/metrics.ts'
import { type Standardised, standardiseColumns } from '#server/stats/casemix.ts'
import { GAMMA } from '#server/stats/log-bins.ts'
import { standardisedPace } from '#server/stats/nelson-aalen.ts'
import { dayOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import type { Happened, Ratio } from './dossier-facts.ts'

const EACH = `${SOUND} AND ${KEPT}`
const ENDED = 'closed_at <= $now'
/** Pauses up to the cut, in seconds. */
const PAUSED = `(coalesce(paused_s, 0) + CASE WHEN paused_since < $now THEN ($now - paused_since) / 1000.0 ELSE 0 END)`
const OBSERVED_S = `(CASE WHEN ${ENDED} THEN resolution_s ELSE ($now - registered_at) / 1000.0 END)`
const NET_BIN = `CAST(round(ln(greatest(${OBSERVED_S} - ${PAUSED}, 60)) / ${Math.log(GAMMA)}) AS INTEGER)`
const RETURNED_ITSELF = `effective_reopen_delay_s <= ${14 * 86_400}`
const LATE_NET = `(due_at + 1000 * ${PAUSED} < coalesce(closed_at, $now))`
const DUE = `${IS.duePassed} AND ${IS.appeal}`

interface Asked {
  among: string
  events: string
  rows: string
  bin: string
}

/** The whole city asked otherwise: by net time, and with every request of an incident for itself. */
const OTHERWISE: Partial<Record<`${Evaluated}.${'netClock' | 'duplicatesApart'}`, Asked>> = {
  'late.netClock': { among: DUE, events: LATE_NET, rows: `${EACH} AND ${HEAD}`, bin: '0' },
  'pace.netClock': { among: 'true', events: ENDED, rows: `${EACH} AND ${HEAD}`, bin: NET_BIN },
  'reopened.duplicatesApart': {
    ...{ among: IS.closedLongAgo, events: RETURNED_ITSELF, rows: EACH, bin: '0' },
  },
  'late.duplicatesApart': { among: DUE, events: IS.pastDue, rows: EACH, bin: '0' },
  'pace.duplicatesApart': { among: 'true', events: ENDED, rows: EACH, bin: OBSERVED_BIN },
}

const COLUMNS = ['organization', 'quarter', 'stratum', 'bin', 'n', 'events'] as const

const sqlOf = ({ among, events, rows, bin }: Asked) => `
    SELECT organization, quarter, stratum, bin,
      CAST(count(*) AS INTEGER) AS n, CAST(sum(event_1) AS INTEGER) AS events
    FROM ${stratified(
      `organization, ${QUARTER}, ${bin} AS bin, CASE WHEN ${events} THEN 1 ELSE 0 END AS event_1`,
      `${WITHIN_FILTER} AND ${rows} AND ${among}`,
    )} AS one
    GROUP BY organization, quarter, stratum, bin
    ORDER BY organization, quarter, stratum, bin`

type Kind = 'netClock' | 'duplicatesApart'
/** By the tables of an evaluation: all its dossiers ask the same of the whole city. */
const shared = new WeakMap<Tables, Map<string, Promise<readonly Standardised[]>>>()

/** Null where the measure has no such question. `tables`: those of the evaluation of the period. */
export async function askedOtherwise(
  context: Pick<Context, 'engine' | 'registry' | 'now'>,
  kind: Kind,
  { period, tables }: { period: Period; tables: Tables },
  unit: AskedUnit,
): Promise<(Happened & Ratio) | null> {
  const asked = OTHERWISE[`${unit.measure}.${kind}`]
  if (!asked) return null
  const answers = shared.get(tables) ?? new Map<string, Promise<readonly Standardised[]>>()
  shared.set(tables, answers)
  const name = `${unit.measure} ${kind} ${unit.years}`
  const read = async () =>
    everybody(await tablesOf(context, asked, { period, years: unit.years }), unit)
  const answer = answers.get(name) ?? read()
  answers.set(name, answer)
  answer.catch(() => answers.delete(name))
  const own = (await answer).find((one) => one.unit === unit.key)
  return rated(own, isShare(unit.measure) ? 'more' : 'fewer')
}

async function tablesOf(
  context: Pick<Context, 'engine' | 'registry' | 'now'>,
  asked: Asked,
  { period, years }: { period: Period; years: 1 | 2 },
): Promise<Tables> {
  const all = evaluationParams(context, period)
  // Parts of the judged year are counted by whole months.
  const judged = { ...all, from: dayOf(`${period.from.slice(0, 7)}-01`) }
  const found = await context.engine.columns(sqlOf(asked), years === 1 ? judged : all)
  const column = (name: (typeof COLUMNS)[number]) => found[name] ?? new Float64Array()
  const place = {
    organization: column('organization'),
    quarter: column('quarter'),
    stratum: column('stratum'),
  }
  const [n, events] = [column('n'), column('events')]
  return {
    shares: { ...place, mature: n, returned: events, due: n, late: events },
    pace: { ...place, bin: column('bin'), events, n },
  }
}

function everybody(
  inputs: Tables,
  { measure, policy, restarts, years }: AskedUnit,
): readonly Standardised[] {
  if (!isShare(measure))
    return standardisedPace(paceColumns(inputs, { restarts, years }), policy.pace)
  const { cells, model } = shareStandard(inputs, measure, { restarts, years })
  return standardiseColumns(cells, policy.casemix, model)
}
