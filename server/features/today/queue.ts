import { type Clearing, clearing, DRAWN_DAYS } from '#server/stats/queue.ts'
import { chanceFrom } from '#server/stats/random.ts'
import type { Today } from '#server/today/day.ts'
import type { Asker, Days, Scope } from '#server/today/history.ts'
import { sum } from '#server/today/usual.ts'
import type { Context } from '#server/trpc.ts'
import { flowsOf } from './flows.ts'
import type { Outlook } from './outlook.ts'

const WEEK = 7
/** Weeks that say how much is closed of what comes, and days of the past that are drawn. */
const WEEKS = 4
const BACK = 56

export interface Queue extends Clearing {
  open: number
  enough: number
  /** Weeks of closings it rests on. */
  weeks: number
  /** Open at the end of each past day. */
  past: { day: number; open: number }[]
  /** Today so far: effective closings. */
  closedToday: number
  drawnDays: number
}

/** Requests of a scope that are open now. */
export function openIn({ board }: Pick<Context, 'board'>, scope: Scope): number {
  let open = 0
  for (const { district, category } of board.open())
    if (
      (scope.district.length === 0 || scope.district.includes(district)) &&
      (scope.category.length === 0 || scope.category.includes(category))
    )
      open++
  return open
}

/**
 * The open requests of a scope, what is expected to come and what was closed: closings less returns of each day, which is what
 * came less the growth of the queue.
 */
export async function queueOf(
  context: Pick<Context, 'board' | 'city'>,
  asker: Asker,
  scope: Scope,
  known: { day: Today; days: Days; outlook: Outlook },
): Promise<Queue> {
  const { day, days, outlook } = known
  const { today } = asker
  const flows = await flowsOf(asker, scope, { zone: context.city.zone, days: BACK })
  const open = openIn(context, scope)
  const growth = (date: number) => (flows.get(date)?.began ?? 0) - (flows.get(date)?.ended ?? 0)
  const closedOn = (date: number) => sum(days.get(date) ?? []) - growth(date)
  const recent = Array.from({ length: WEEKS * WEEK }, (_, i) => {
    const date = today - WEEKS * WEEK + i
    return { came: sum(days.get(date) ?? []), closed: closedOn(date) }
  })
  const closedToday = day.inflow.total - growth(today)
  const inflow = outlook.days.slice(1).map(({ value }) => value)
  const enough = Math.round(sum(inflow) / inflow.length)
  const rest =
    day.inflow.usual?.forecast.rest ?? Math.max(0, (outlook.days[0]?.value ?? 0) - day.inflow.total)
  const past: Queue['past'] = []
  let standing = open - growth(today)
  for (let date = today - 1; date >= today - BACK; date--) {
    past.unshift({ day: date, open: standing })
    standing -= growth(date)
  }
  return {
    ...clearing({
      ...{ open, enough, inflow, recent },
      tonight: { inflow: rest, closed: closedToday },
      ratios: outlook.ratios,
      chance: chanceFrom(today),
    }),
    ...{ open, enough, weeks: WEEKS, past, closedToday, drawnDays: DRAWN_DAYS },
  }
}
