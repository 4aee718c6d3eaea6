import { z } from 'zod'
import type { IntakeCounts } from '#server/log/intake.ts'
import { usualArrivals } from '#server/sources/known.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { add, NOTHING, type SourceDay, sourceDays } from './days.ts'

const DAY = 86_400_000
const USUAL_DAYS = 28
const MOST_DAYS = 1500

/** Local days, the last included, as in the address of the page. */
export const DaysSearch = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  /** So many days up to the last, where `from` is not told. */
  days: z.coerce.number().int().min(1).max(MOST_DAYS).optional(),
  source: z.string().min(1).max(128).optional(),
})
export type DaysSearch = z.output<typeof DaysSearch>

export interface Completeness {
  /** Day numbers, half-open. */
  from: number
  to: number
  days: SourceDay[]
  /** Over the days, each source by its id. */
  sums: { source: string; events: IntakeCounts; rows: IntakeCounts; registered: number }[]
}

/** What every source sent on each of the days, and what became of it. Refused batches are told apart: they may come again. */
export async function completeness(ctx: Context, search: DaysSearch): Promise<Completeness> {
  const { today } = usualArrivals(ctx)
  const last = search.to === undefined ? today : dayOf(search.to)
  const from =
    search.from === undefined ? last - (search.days ?? USUAL_DAYS) + 1 : dayOf(search.from)
  if (from > last) throw new Refusal('BAD_REQUEST', 'the first day is later than the last')
  if (last - from >= MOST_DAYS)
    throw new Refusal('BAD_REQUEST', `ask for at most ${MOST_DAYS} days at once`)
  const all = await sourceDays(ctx, from, last + 1)
  const days = search.source === undefined ? all : all.filter((it) => it.source === search.source)
  const sums = new Map<string, Completeness['sums'][number]>()
  for (const { source, events, rows, registered } of days) {
    const sum = sums.get(source) ?? {
      ...{ source, registered: 0 },
      ...{ events: { ...NOTHING }, rows: { ...NOTHING } },
    }
    sums.set(source, sum)
    add(sum.events, events)
    add(sum.rows, rows)
    sum.registered += registered
  }
  const inOrder = [...sums.values()].sort((a, b) => (a.source < b.source ? -1 : 1))
  return { from, to: last + 1, days, sums: inOrder }
}

const dayOf = (iso: string) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY)
