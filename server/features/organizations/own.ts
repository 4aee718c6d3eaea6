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
import { askColumns, type ColumnQuestion } from '#server/store/ask.ts'
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

const DONE =
  'CASE WHEN confirmed_at IS NULL OR verified_at < confirmed_at THEN verified_at ELSE confirmed_at END'

/** What is read of a request. */
const COLUMNS = {
  ...{ request: 'request', stratum: 'stratum', month: 'month', category: 'category' },
  ...{ channel: 'channel', organization: 'organization', contractor: 'contractor' },
  ...{ district: 'district', building: 'house', day: 'registered_on', outcome: 'outcome' },
  ...{ response: 'response_s', resolution: 'resolution_s', allowed: NORM_MINUTES },
  ...{ returns: 'returns', bits: BITS },
} as const
const INSTANTS = {
  ...{ registered: 'registered_at', due: 'due_at', closed: 'closed_at', routed: 'routed_at' },
  ...{ acknowledged: 'acknowledged_at', assigned: 'assigned_at', arrived: 'arrived_at' },
  ...{ workDone: 'work_done_at', done: DONE },
} as const
type Read = Readonly<Record<keyof typeof COLUMNS | keyof typeof INSTANTS, Float64Array>>

/**
 * Requests of one unit by column: instants are UTC epoch milliseconds, durations seconds; NaN where nobody told. `transferred`
 * is when a request first passed to another organization.
 */
export type OwnColumns = Omit<Read, 'request'> & Readonly<Record<'transferred', Float64Array>>

/** Whole columns are copied only of 32-bit integers and doubles; others are read number by number, at ten times the cost. */
const selected = (columns: Readonly<Record<string, string>>, type: 'INTEGER' | 'DOUBLE') =>
  Object.entries(columns).map(([name, column]) => `CAST(${column} AS ${type}) AS "${name}"`)

/**
 * Every panel of a page reads the same rows, once: an organization has thousands of requests, not millions. The unit is told
 * by a plain equality, which lets the engine skip what is not its own; a list does not. Words are looked at after the building
 * has been joined, when rows from everywhere stand together.
 */
const ownRows = (unit: UnitKind) => `
    SELECT ${[...selected(COLUMNS, 'INTEGER'), ...selected(INSTANTS, 'DOUBLE')].join(', ')}
    FROM ${stratified(
      `request, month, channel, organization, contractor, district, registered_on, registered_at, due_at, closed_at,
      routed_at, acknowledged_at, assigned_at, arrived_at, work_done_at, first_closed_at, confirmed_at, verified_at, appeal_at,
      response_s, resolution_s, reopen_delay_s, incident_reopen_delay_s, outcome, state, returns, rejections, marks, incident`,
      `${unit} = $own AND ${WITHIN_FILTER}`,
    )} AS own`
const OWN = {
  organization: ownRows('organization'),
  contractor: ownRows('contractor'),
  district: ownRows('district'),
}

/** When requests first passed to another organization, by key of the request: of all that began since then, for they are few. */
export const TRANSFERS = {
  name: 'unitTransfers',
  sql: `
    SELECT request, CAST(min(end_at) AS DOUBLE) AS transferred
    FROM spell
    WHERE end_reason = ${SPELL_ENDS.indexOf('transferred')} AND start_at >= $since
    GROUP BY request`,
  columns: ['request', 'transferred'],
  read: ({ request, transferred }) =>
    new Map(Array.from(request, (key, i) => [key, transferred[i] ?? 0])),
} as const satisfies ColumnQuestion<'request' | 'transferred', Map<number, number>>

const LATER = ['month', 'stratum', 'bits'] as const
export interface Own {
  period: Period
  /** Open requests have been watched until then: whole ten minutes, so that answers can be shared. */
  until: number
  columns: OwnColumns
  count: number
  /** Registered after the period, up to today: too young to be judged. */
  later: Pick<OwnColumns, (typeof LATER)[number]>
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
  // The day before: in no zone does a day begin earlier.
  const since = (dayOf(shown.from) - 1) * 86_400_000
  const { columns, later } = await held(engine, key, async () => {
    const [read, transfers] = await Promise.all([
      engine.columns(OWN[unit], params),
      askColumns(engine, TRANSFERS, { since }),
    ])
    return splitAt(read as Read, transfers, dayOf(period.to))
  })
  return {
    ...{ period, until: sharedInstant(now()), columns, later },
    count: columns.bits.length,
  }
}

/** The months after a period that nobody chose are shown up to today. */
const laterEnd = (filter: Filter, period: Period, zone: string) =>
  filter.to ?? isoOf(localClock(zone)(period.cut).day)

/** Rows of the period and those after it. */
function splitAt(
  { request, ...read }: Read,
  transfers: ReadonlyMap<number, number>,
  end: number,
): Pick<Own, 'columns' | 'later'> {
  const all = {
    ...read,
    transferred: request.map((key) => transfers.get(key) ?? Number.NaN),
  }
  const [inside, after] = [
    placesWhere(all.day, (day) => day < end),
    placesWhere(all.day, (day) => day >= end),
  ]
  return {
    columns:
      after.length === 0 ? all : taken(all, Object.keys(all) as (keyof OwnColumns)[], inside),
    later: taken(all, LATER, after),
  }
}

function placesWhere(days: Float64Array, isWanted: (day: number) => boolean): Int32Array {
  const rows = new Int32Array(days.length)
  let count = 0
  for (let row = 0; row < rows.length; row++) if (isWanted(days[row] ?? 0)) rows[count++] = row
  return rows.subarray(0, count)
}

function taken<C extends keyof OwnColumns>(all: OwnColumns, names: readonly C[], rows: Int32Array) {
  const own = (column: Float64Array) => {
    const values = new Float64Array(rows.length)
    for (let i = 0; i < values.length; i++) values[i] = column[rows[i] ?? 0] ?? Number.NaN
    return values
  }
  return Object.fromEntries(names.map((name) => [name, own(all[name])])) as Pick<OwnColumns, C>
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
