import type { Words } from '#server/contract/vocabulary.ts'
import type { Ahead } from '#server/stats/back-test.ts'
import { cityDays } from '#server/today/alike.ts'
import { dayNumbers, type Scoped, scopeOf } from '#server/today/day.ts'
import { daysBefore } from '#server/today/history.ts'
import type { Context } from '#server/trpc.ts'
import {
  type By,
  type ForecastContext,
  type NoOutlook,
  type Outlook,
  outlookOf,
  wholeOf,
} from './outlook.ts'
import { openIn, type Queue, queueOf } from './queue.ts'

/** A question does not wait longer for a back-test: it says that it is being counted, and is asked again. */
const MOMENT_MS = 40
/** Days of the past that are drawn before the forecast. */
const SHOWN_DAYS = 28

export interface ToldDay extends Ahead {
  /** Local day since 1970-01-01. */
  day: number
  holiday: Words | null
}
export interface AheadAnswer {
  kind: 'ready'
  today: number
  by: By
  mase: Outlook['mase']
  share: number | null
  /** What a share is of. */
  whole: 'city' | 'category' | null
  /** Days of record that the back-test had. */
  record: number
  /** What was told of today at midnight, and the fourteen days after it. */
  days: ToldDay[]
  week: Ahead
  fortnight: Ahead
  past: { day: number; requests: number; holiday: Words | null }[]
  queue: Queue
}

/** What is open now needs no history. */
type Without = ({ kind: 'counting' } | ({ kind: 'none' } & NoOutlook)) & { open: number }

/** The next two weeks and the queue; or that it is being counted, or why nothing can be told. */
export async function ahead(context: Context, scoped: Scoped): Promise<AheadAnswer | Without> {
  const day = await dayNumbers(context, scoped)
  const { now, today } = day
  const asker = { engine: context.engine, now, today }
  const scope = scopeOf(context, scoped)
  const kept = await outlookOf(context, asker, scope)
  if ('none' in kept) return { kind: 'none', ...kept, open: openIn(context, scope) }
  const outlook = await Promise.race([kept.answer, moment(kept.ready)])
  if (!outlook) return { kind: 'counting', open: openIn(context, scope) }
  const days = await daysBefore(asker, scope)
  const { nameOf } = cityDays(context.norms)
  const { by, mase, share, first, y } = outlook
  return {
    kind: 'ready',
    ...{ today, by, mase, share, record: y.length },
    whole: by !== 'share' ? null : wholeOf(scope)?.category.length === 0 ? 'city' : 'category',
    days: outlook.days.map((ahead, h) => ({
      ...ahead,
      day: today + h,
      holiday: nameOf(today + h),
    })),
    ...{ week: outlook.week, fortnight: outlook.fortnight },
    past: y.slice(-SHOWN_DAYS).map((requests, i, { length }) => {
      const date = first + y.length - length + i
      return { day: date, requests, holiday: nameOf(date) }
    }),
    queue: await queueOf(context, asker, scope, { day, days, outlook }),
  }
}

const moment = <T>(answer: T) =>
  new Promise<T>((resolve) => setTimeout(resolve, MOMENT_MS, answer).unref())

/** At night, so that nobody waits in the morning. */
export async function countOutlook(context: ForecastContext): Promise<void> {
  const { now, today } = await dayNumbers(context, { district: [] })
  const kept = await outlookOf(
    context,
    { engine: context.engine, now, today },
    scopeOf(context, { district: [] }),
  )
  if ('answer' in kept) await kept.answer
}
