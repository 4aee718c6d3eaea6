import type { Filter, IsWord } from '#server/contract/filter.ts'
import { COUNTED, type Rows } from '#server/contract/measures/counted.ts'
import type { CountedId } from '#server/contract/measures/shape.ts'
import type { UnitId, UnitKind } from '#server/contract/organizations.ts'
import { OUTCOMES, SPELL_ENDS } from '#server/contract/vocabulary.ts'
import { localClock } from '#server/domain/local-time.ts'
import { createHeld, sharedInstant } from '#server/judgement/held.ts'
import { comparable } from '#server/judgement/judge.ts'
import { frozen, isoOf, midnightOf, type Period, periodOf } from '#server/judgement/period.ts'
import { stratified } from '#server/judgement/strata.ts'
import { IS, partsOf } from '#server/metrics.ts'
import { bindFilter, dayOf, WITHIN_FILTER } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { unitBy } from './unit.ts'

/** The time allowed, in minutes; from three days on in whole days, which a change of clocks would blur. */
export const NORM_MINUTES = `CAST(CASE WHEN due_at - registered_at < 3 * 86400000
  THEN round((due_at - registered_at) / 60000.0)
  ELSE round((due_at - registered_at) / 86400000.0) * 1440 END AS INTEGER)`

/** Words of the dictionary that panels ask of a request, one bit each. */
const WORDS: readonly IsWord[] = [
  ...(['sound', 'kept', 'appeal', 'open', 'closed', 'incidentHead'] as const),
  ...(['withDue', 'duePassed', 'pastDue', 'notPastDue', 'closedByDue', 'doneByDue'] as const),
  ...(['closedOrOverdue', 'overdue', 'closedLongAgo', 'cameBack', 'cameBackTold'] as const),
  ...(['asked', 'answered'] as const),
]
const BITS = WORDS.map((word, i) => `CASE WHEN ${IS[word]} THEN ${2 ** i} ELSE 0 END`).join(' + ')

/** The bits of words that hold together. Throws where a word is not among those read. */
export function maskOf(...words: readonly IsWord[]): number {
  let mask = 0
  for (const word of words.flatMap(partsOf)) {
    const bit = WORDS.indexOf(word)
    if (bit === -1) throw new Error(`the word ${word} is not read of a unit's requests`)
    mask |= 2 ** bit
  }
  return mask
}
export const has = (bits: number | undefined, mask: number) => ((bits ?? 0) & mask) === mask

const COLUMNS = [
  ...([
    'stratum',
    'month',
    'category',
    'priority',
    'channel',
    'organization',
    'contractor',
  ] as const),
  ...([
    'district',
    'registered',
    'due',
    'response',
    'resolution',
    'allowed',
    'closed',
    'transferred',
  ] as const),
  ...(['routed', 'acknowledged', 'assigned', 'arrived', 'workDone', 'done'] as const),
  ...(['outcome', 'returns', 'bits', 'building', 'day'] as const),
] as const
type Column = (typeof COLUMNS)[number]

/** Requests of one unit by column: instants are UTC epoch milliseconds, durations seconds; NaN where nobody told. */
export type OwnColumns = Readonly<Record<Column, Float64Array>>

const TRANSFERRED = SPELL_ENDS.indexOf('transferred')

const INSTANTS: readonly Column[] = [
  ...(['registered', 'due', 'closed', 'transferred', 'routed', 'acknowledged'] as const),
  ...(['assigned', 'arrived', 'workDone', 'done'] as const),
]
/** Whole columns are copied only of 32-bit integers and doubles; others are read number by number, at ten times the cost. */
const SELECTED = COLUMNS.map((name) => {
  const column = name === 'building' ? 'house' : `"${name}"`
  return `CAST(${column} AS ${INSTANTS.includes(name) ? 'DOUBLE' : 'INTEGER'}) AS "${name}"`
}).join(', ')

/**
 * Every panel of a page reads the same rows, once: an organization has thousands of requests, not millions. The unit is told
 * by a plain equality, which lets the engine skip what is not its own; a list does not.
 */
const ownRows = (unit: UnitKind) => `
    SELECT ${SELECTED}
    FROM ${stratified(
      `request AS moved, month, channel, organization, contractor, district, registered_at AS registered,
      due_at AS due, response_s AS response, resolution_s AS resolution, ${NORM_MINUTES} AS allowed,
      closed_at AS closed, routed_at AS routed, acknowledged_at AS acknowledged, assigned_at AS assigned,
      arrived_at AS arrived, work_done_at AS "workDone",
      CASE WHEN confirmed_at IS NULL OR verified_at < confirmed_at THEN verified_at ELSE confirmed_at END AS done,
      outcome, returns, CAST(${BITS} AS INTEGER) AS bits, registered_on AS day`,
      `${unit} = $own AND ${WITHIN_FILTER}`,
    )} AS own
    LEFT JOIN (
      SELECT request AS moved, min(end_at) AS transferred FROM spell
      WHERE end_reason = ${TRANSFERRED} GROUP BY request
    ) AS transfer USING (moved)`
const OWN = {
  organization: ownRows('organization'),
  contractor: ownRows('contractor'),
  district: ownRows('district'),
}

export interface Own {
  period: Period
  /** Open requests have been watched until then: whole ten minutes, so that answers can be shared. */
  until: number
  columns: OwnColumns
  count: number
  /** Registered after the period, up to today: too young to be judged. */
  later: OwnColumns
}

const held = createHeld<Pick<Own, 'columns' | 'later'>>(6)

export interface Asked extends UnitId {
  filter: Filter
}

/** Requests of a unit registered in the period, judged at the cut and watched until now. */
export async function ownOf(context: Context, { unit, id, filter }: Asked): Promise<Own> {
  const { engine, registry, city, now } = context
  const period = periodOf(filter, now(), city.zone)
  const { key: own } = unitBy(context, { unit, id })
  const shown = { ...period, to: laterEnd(filter, period, city.zone) }
  const params = { ...bindFilter(frozen(comparable(filter, unit), shown), registry, now()), own }
  const key = `${engine.revision()} ${unit} ${period.to} ${JSON.stringify(params)}`
  const { columns, later } = await held(engine, key, async () =>
    splitAt((await engine.columns(OWN[unit], params)) as OwnColumns, dayOf(period.to)),
  )
  return {
    ...{ period, until: sharedInstant(now()), columns, later },
    count: columns.bits.length,
  }
}

/** The months after a period that nobody chose are shown up to today. */
const laterEnd = (filter: Filter, period: Period, zone: string) =>
  filter.to ?? isoOf(localClock(zone)(period.cut).day)

/** Rows of the period and those after it. */
function splitAt(all: OwnColumns, end: number): { columns: OwnColumns; later: OwnColumns } {
  const columns = taken(all, (day) => day < end)
  return {
    columns: columns.day.length === all.day.length ? all : columns,
    later: taken(all, (day) => day >= end),
  }
}

function taken(all: OwnColumns, isWanted: (day: number) => boolean): OwnColumns {
  const rows = new Int32Array(all.day.length)
  let count = 0
  for (let row = 0; row < rows.length; row++) if (isWanted(all.day[row] ?? 0)) rows[count++] = row
  const own = (column: Float64Array) => {
    const values = new Float64Array(count)
    for (let i = 0; i < count; i++) values[i] = column[rows[i] ?? 0] ?? Number.NaN
    return values
  }
  return Object.fromEntries(COLUMNS.map((name) => [name, own(all[name])])) as OwnColumns
}

/** Seconds for which even the last day of the period has been watched; 0 while the period runs. */
export const leastWatched = ({ period, until }: Own, zone: string) =>
  Math.max(0, (until - midnightOf(dayOf(period.to), zone)) / 1000)

/** A measure of the dictionary over a unit's own rows: the words of its filter, read as bits. */
export function countOf({ columns, count }: Own, measure: CountedId): { cases: number; n: number } {
  const { rows, among } = COUNTED[measure]
  const [cases, all] = [conditionOf(rows), conditionOf(among ?? {})]
  const { bits, outcome } = columns
  const sum = { cases: 0, n: 0 }
  for (let i = 0; i < count; i++) {
    if (cases(bits[i], outcome[i])) sum.cases++
    if (all(bits[i], outcome[i])) sum.n++
  }
  return sum
}

function conditionOf({ is = [], outcome = [] }: Rows) {
  const mask = maskOf(...is)
  const outcomes = outcome.map((word) => OUTCOMES.indexOf(word))
  return (bits: number | undefined, ended: number | undefined) =>
    has(bits, mask) && (outcomes.length === 0 || outcomes.includes(ended ?? -1))
}
