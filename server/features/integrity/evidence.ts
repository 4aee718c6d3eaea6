import { z } from 'zod'
import type { Filter } from '#server/contract/filter.ts'
import { INDICATED, type Indicator } from '#server/contract/integrity.ts'
import { localClock } from '#server/domain/local-time.ts'
import type { Integrity } from '#server/judgement/integrity.ts'
import { dayOfClosings, monthsOfOne } from '#server/judgement/integrity-questions.ts'
import { firstDayOf, isoOf } from '#server/judgement/period.ts'
import { MATURE_INCIDENT, RETURNED } from '#server/metrics.ts'
import type { Burst } from '#server/stats/mass-closing.ts'
import { wilson } from '#server/stats/proportion.ts'
import { ask } from '#server/store/ask.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { casesOf, sampleOf, timeOf } from './cases.ts'
import { evaluated, rowsOf, told } from './integrity.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'now' | 'city' | 'judging'>
const MINUTE = 60_000

export type Picture =
  | { kind: 'terms'; own: number[]; others: number[]; curve: number[] | null }
  | { kind: 'minutes'; own: number[]; others: number[]; minutes: number[] }
  /** Closings of one account on one local day by tens of minutes. */
  | { kind: 'day'; day: string; counts: number[]; from: number; to: number }
  | { kind: 'months'; months: { month: string; n: number; observed: number; expected: number }[] }

/** What one finding was drawn from, and the rows behind it. Throws a Refusal where there is no such finding. */
export async function evidence(
  context: Asked,
  { organization: id, indicator }: { organization: string; indicator: Indicator },
) {
  const answer = await evaluated(context)
  const organization = context.registry.organizationById(id)
  const finding = answer.findings.find(
    (one) => one.indicator === indicator && one.unit === organization?.key,
  )
  const [one] = finding ? told(context, answer, finding) : []
  if (!organization || !finding || !one)
    throw new Refusal(
      'NOT_FOUND',
      'this organization is not looked at by this indicator: it has no such requests in the period',
    )
  const { period } = answer
  const rows = rowsOf(indicator, id, period)
  const all = answer.bursts.get(organization.key) ?? []
  const cases = await casesOf(context, indicator, { events: rows.events, bursts: all })
  const exact = exactRows(indicator, rows, { answer, unit: organization.key, all })
  const sampled = exact.events ?? cases[0]?.filter
  return {
    finding: one,
    period,
    revision: answer.revision,
    rows: exact,
    picture: await pictureOf(context, indicator, { answer, unit: organization.key, rows, all }),
    cases,
    casesInAll: indicator === 'massClosing' ? all.length : cases.length,
    sample: sampled ? await sampleOf(context, sampled) : [],
    returns: await returnsOf(context, indicator, rows),
  }
}

interface Found {
  answer: Integrity
  unit: number
  rows: { among: Filter; events: Filter }
  all: readonly Burst[]
}

/** Of closings that heap or crowd, the minutes say which ones count; more than an address holds cannot be opened at once. */
function exactRows(
  indicator: Indicator,
  rows: Found['rows'],
  { answer, unit, all }: Pick<Found, 'answer' | 'unit' | 'all'>,
): { among: Filter; events: Filter | null } {
  if (indicator === 'heaping') {
    const minutes = answer.heaps.get(unit)?.minutes ?? []
    return { ...rows, events: { ...rows.events, closedMinute: minutes.map(String) } }
  }
  if (indicator !== 'massClosing') return rows
  // Two accounts may be crowded at one time, and each alone at another.
  const accounts = new Set(all.map(({ account }) => account))
  const exact = accounts.size === 1 && all.length <= 200 && all.length > 0
  return {
    ...rows,
    events: exact
      ? {
          ...rows.events,
          account: [...accounts].map(String),
          closedIn: all.map(timeOf),
        }
      : null,
  }
}

const SLOT = 10
const SLOTS = (24 * 60) / SLOT

async function pictureOf(
  context: Asked,
  indicator: Indicator,
  { answer, unit, rows, all }: Found,
): Promise<Picture | null> {
  if (indicator === 'bunching' || indicator === 'excessMass') {
    const terms = answer.terms.get(unit)
    if (!terms) return null
    const { own, others, mass } = terms
    return { kind: 'terms', own, others, curve: mass?.curve ?? null }
  }
  if (indicator === 'heaping') {
    const heap = answer.heaps.get(unit)
    if (!heap) return null
    const closings = heap.own.reduce((sum, n) => sum + n, 0)
    return {
      ...{ kind: 'minutes', own: heap.own, minutes: heap.minutes },
      others: heap.others.map((share) => share * closings),
    }
  }
  if (indicator === 'massClosing') {
    const [fullest] = all
    if (!fullest) return null
    const at = localClock(context.city.zone)(fullest.start * MINUTE)
    const filter = { ...rows.among, account: [String(fullest.account)], is: [] }
    const counts = Array<number>(SLOTS).fill(0)
    for (const { minute, n } of await dayOfClosings(context, filter, at.day)) {
      const slot = Math.floor(minute / SLOT)
      counts[slot] = (counts[slot] ?? 0) + n
    }
    const from = Math.floor((at.hour * 60 + at.minute) / SLOT)
    return { kind: 'day', day: isoOf(at.day), counts, from, to: from + 1 }
  }
  const shares = answer.shares.get(indicator)
  const months = new Map<number, { n: number; observed: number; expected: number }>()
  for (const { month, stratum, n, events } of await monthsOfOne(context, indicator, rows.among)) {
    const sum = months.get(month) ?? { n: 0, observed: 0, expected: 0 }
    sum.n += n
    sum.observed += events
    sum.expected += n * (shares?.get(stratum) ?? 0)
    months.set(month, sum)
  }
  return {
    kind: 'months',
    months: [...months]
      .sort(([a], [b]) => a - b)
      .map(([month, sums]) => ({ month: isoOf(firstDayOf(month)).slice(0, 7), ...sums })),
  }
}

const RETURNS = {
  name: 'integrity.returns',
  row: z.object({ closed: z.number().int(), returned: z.number().int() }),
  sql: `
    SELECT count(CASE WHEN ${MATURE_INCIDENT} THEN 1 END) AS closed, count(CASE WHEN ${RETURNED} THEN 1 END) AS returned
    FROM request
    WHERE ${WITHIN_FILTER}`,
}

/** Whether what was closed just before the due time comes back more often than what the organization closed otherwise. */
async function returnsOf(context: Asked, indicator: Indicator, rows: Found['rows']) {
  if (INDICATED[indicator].test !== 'mass' && indicator !== 'bunching') return null
  const { engine, registry, now } = context
  const of = async (filter: Filter) => {
    const [row] = await ask(engine, RETURNS, bindFilter(filter, registry, now()))
    return row ?? { closed: 0, returned: 0 }
  }
  const before = await of(rows.events)
  const all = await of({ ...rows.events, is: INDICATED.excessMass.among.is ?? [] })
  const rest = { closed: all.closed - before.closed, returned: all.returned - before.returned }
  return { before: withShare(before), rest: withShare(rest) }
}

function withShare({ closed, returned }: { closed: number; returned: number }) {
  const [lower, upper] = wilson(returned, closed)
  return { closed, returned, share: closed === 0 ? null : returned / closed, lower, upper }
}
