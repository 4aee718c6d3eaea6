import {
  type Ahead,
  backTested,
  leastDays,
  ratios,
  type Target,
  withIntervals,
} from '#server/stats/back-test.ts'
import { FORECASTERS, type Forecaster, type Told, tellInBlocks } from '#server/stats/forecast.ts'
import type { Engine } from '#server/store/engine.ts'
import { cityDays, HISTORY_DAYS, HOLIDAY, WORKING } from '#server/today/alike.ts'
import {
  type Asker,
  type Days,
  daysBefore,
  hasEnded,
  type Scope,
  spanOf,
  WHOLE,
} from '#server/today/history.ts'
import { sum } from '#server/today/usual.ts'
import type { Context } from '#server/trpc.ts'

/** Days that are told after today. */
export const DAYS_AHEAD = 14
/** The first day that is not known is today. */
const AHEAD = DAYS_AHEAD + 1
const TARGETS: readonly Target[] = [
  ...Array.from({ length: AHEAD }, (_, h) => ({ from: h, to: h + 1 })),
  { from: 1, to: 8 },
  { from: 1, to: AHEAD },
]
/** A part of the city with fewer a day has no model of its own but a share of the whole. */
const OWN_MODEL = 1
/** Days of which that mean, and the share, is taken. */
const SHARE_DAYS = 56

/** A way to tell, among those of the back-test; `share`: what the whole is told, times the part's share of eight weeks. */
export type By = Forecaster | 'share'

export interface Outlook {
  by: By
  /** Mean absolute scaled error of each over 26 weeks. */
  mase: Partial<Record<By, number>>
  /** Of a part told by its share: of the whole. */
  share: number | null
  /** Requests by day, until yesterday. */
  first: number
  y: readonly number[]
  told: Told
  /** Today as it was told at midnight, and the days after it. */
  days: Ahead[]
  week: Ahead
  fortnight: Ahead
  /** What came over what was told for two weeks, at each time. */
  ratios: number[]
}

/** What a scope is a part of: a category of a district, of the category; else of the city. null = it is the city. */
export function wholeOf({ district, category }: Scope): Scope | null {
  if (district.length > 0 && category.length > 0) return { district: [], category }
  return district.length > 0 || category.length > 0 ? WHOLE : null
}

/** Marked days of the past and of those ahead. */
export const marksOf = (calendar: ReturnType<typeof cityDays>, first: number, length: number) =>
  [HOLIDAY, WORKING].map((kind) =>
    Array.from({ length }, (_, t) => calendar.alike(first + t) === kind),
  )

export type ForecastContext = Pick<Context, 'engine' | 'registry' | 'city' | 'norms' | 'now'>

/** Lets others be answered. */
const breath = () => new Promise<void>((resolve) => setImmediate(resolve))

async function compute(
  { norms }: Pick<Context, 'norms'>,
  { first, y }: Pick<Outlook, 'first' | 'y'>,
  whole: Outlook | null,
): Promise<Outlook> {
  const marks = marksOf(cityDays(norms), first, y.length + AHEAD)
  const recent = sum(y.slice(-SHARE_DAYS)) / SHARE_DAYS
  let told: Told
  let by: By
  const mase: Outlook['mase'] = {}
  if (whole && recent < OWN_MODEL) {
    by = 'share'
    told = byShare(y, whole)
    mase.share = backTested(y, told, AHEAD)
  } else {
    const blocks = tellInBlocks(y, { ahead: AHEAD, marks })
    let block = blocks.next()
    while (!block.done) {
      await breath()
      block = blocks.next()
    }
    const all = block.value
    for (const each of FORECASTERS) mase[each] = backTested(y, all[each], AHEAD)
    by = FORECASTERS.reduce((best, other) =>
      (mase[other] ?? 0) < (mase[best as Forecaster] ?? 0) ? other : best,
    )
    told = all[by]
  }
  await breath()
  const aheads = withIntervals(y, told, TARGETS)
  const [week, fortnight] = aheads.slice(AHEAD)
  if (!week || !fortnight) throw new Error('no sums were told')
  return {
    ...{ by, mase, first, y, told, week, fortnight },
    share: by === 'share' && whole ? shareAt(y, whole.y, y.length) : null,
    days: aheads.slice(0, AHEAD),
    ratios: ratios(y, told, { from: 1, to: AHEAD }),
  }
}

const shareAt = (y: readonly number[], whole: readonly number[], origin: number) => {
  const from = Math.max(0, origin - SHARE_DAYS)
  return sum(y.slice(from, origin)) / Math.max(1, sum(whole.slice(from, origin)))
}

/** Each origin knows the share of its own past. */
export const byShare = (y: readonly number[], whole: Pick<Outlook, 'y' | 'told'>): Told =>
  whole.told.map((said, origin) => said?.map((count) => count * shareAt(y, whole.y, origin)))

interface Kept {
  today: number
  first: number
  y: readonly number[]
  answer: Promise<Outlook>
  ready: Outlook | null
}
const memory = new WeakMap<Engine, Map<string, Kept>>()
const SCOPES = 200

/** Where there is too little: `short` with the days there are, `ended` where nothing comes any more. */
export type NoOutlook = { none: 'short' | 'ended'; days: number; needed: number }

/**
 * The forecast of a scope with all its back-test: computed once a day, and anew only where the counts of past days have
 * changed. `ready` is null while it is being counted for the first time.
 */
export async function outlookOf(
  context: ForecastContext,
  asker: Asker,
  scope: Scope,
): Promise<NoOutlook | Pick<Kept, 'answer' | 'ready'>> {
  const [days, own, span] = await Promise.all([
    daysBefore(asker, scope),
    spanOf(asker, scope),
    spanOf(asker, WHOLE),
  ])
  const { today } = asker
  const needed = leastDays(AHEAD)
  if (span === null || own === null || hasEnded(span, today))
    return { none: hasEnded(span, today) ? 'ended' : 'short', days: 0, needed }
  const { first, y } = seriesOf(days, span.first, today)
  if (y.length < needed) return { none: 'short', days: y.length, needed }
  const all = memory.get(asker.engine) ?? new Map<string, Kept>()
  memory.set(asker.engine, all)
  const key = `${scope.district.join()} ${scope.category.join()}`
  const known = all.get(key)
  if (known?.today === today && known.first === first && isSame(known.y, y)) return known
  const wholeScope = wholeOf(scope)
  const answer = (async () => {
    const whole = wholeScope && (await outlookOf(context, asker, wholeScope))
    return compute(context, { first, y }, whole && 'answer' in whole ? await whole.answer : null)
  })()
  const mine: Kept = { today, first, y, answer, ready: known?.today === today ? known.ready : null }
  all.delete(key)
  all.set(key, mine)
  answer.then(
    (outlook) => {
      mine.ready = outlook
    },
    () => {
      if (all.get(key) === mine) all.delete(key)
    },
  )
  for (const oldest of all.keys()) {
    if (all.size <= SCOPES) break
    all.delete(oldest)
  }
  return mine
}

const isSame = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((value, i) => value === b[i])

/** Counts by day until yesterday; parts of a city begin with its record, so that their days are the same. */
function seriesOf(days: Days, recordFirst: number, today: number) {
  const first = Math.max(recordFirst, today - HISTORY_DAYS)
  return {
    first,
    y: Array.from({ length: Math.max(0, today - first) }, (_, t) => sum(days.get(first + t) ?? [])),
  }
}
