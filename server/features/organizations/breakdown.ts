import type { Judged } from '#server/contract/measures/shape.ts'
import { CHANNELS, type Channel, type Words } from '#server/contract/vocabulary.ts'
import { add, type Excess, nothing } from '#server/judgement/excess.ts'
import { judge } from '#server/judgement/judge.ts'
import { ratesOf } from '#server/judgement/parts.ts'
import { placesByFirst } from '#server/stats/columns.ts'
import { ratioOf } from '#server/stats/comparison.ts'
import type { Context } from '#server/trpc.ts'
import { shareOf } from './compare.ts'
import { JUDGED_ROWS, judgedOwn } from './judged-own.ts'
import { type Asked, has, ownOf } from './own.ts'
import { groupsOf, ownTimes, waitOfTimes } from './own-times.ts'
import { unitBy, unitOfKey } from './unit.ts'

export type BreakdownBy = 'channel' | 'contractor' | 'organization' | 'district'

export interface BreakdownPart {
  /** A channel, or the id of a unit; null: nobody told. */
  id: string | null
  channel: Channel | null
  name: string | Words | null
  n: number
}

/**
 * Requests of a unit by whom they came to or through: how many came back and were late, as they are and against the city on
 * the same mix of strata. The way a request came in and who did the work are not adjusted for: an organization chooses them.
 */
export async function breakdown(context: Context, by: BreakdownBy, asked: Asked) {
  const own = await ownOf(context, asked)
  const [reopened, late] = await Promise.all(
    (['reopened', 'late'] as const).map((measure) => judgedBy(context, { by, asked, measure })),
  )
  const { columns, count } = own
  const { values, of } = placesByFirst(columns[by])
  const counts = new Int32Array(values.length)
  for (let i = 0; i < count; i++) counts[of[i] ?? 0] = (counts[of[i] ?? 0] ?? 0) + 1
  const times = ownTimes(own, 'resolution')
  const waits = groupsOf(
    times,
    times.row.map((row) => of[row] ?? 0),
    values.length,
  ).map(waitOfTimes)
  const compared = (sum: ReturnType<typeof nothing>) => ({
    share: shareOf(sum.observed, sum.n),
    expected: sum.expected,
    ratio: sum.expected > 0 && sum.variance > 0 ? ratioOf(sum) : null,
  })
  return {
    n: count,
    period: own.period,
    parts: values
      .map((value, place) => ({
        ...nameOf(context, by, value),
        n: counts[place] ?? 0,
        reopened: compared(reopened?.get(value) ?? nothing()),
        late: compared(late?.get(value) ?? nothing()),
        wait: waits[place] ?? waitOfTimes(times),
      }))
      .sort((a, b) => b.n - a.n || ((a.id ?? '') < (b.id ?? '') ? -1 : 1)),
  }
}

/** Judged requests by the value of a column, against what the judgement expects of them. */
async function judgedBy(
  context: Context,
  { by, asked, measure }: { by: BreakdownBy; asked: Asked; measure: Judged },
): Promise<ReadonlyMap<number, Excess>> {
  const judgement = await judge(context, measure, asked.filter, asked.unit)
  const { key } = unitBy(context, asked)
  const rates = ratesOf(judgement, key)
  const { columns, count, isJudged } = await judgedOwn(context, judgement, { asked, key })
  const { among, events } = JUDGED_ROWS[measure]
  const sums = new Map<number, Excess>()
  for (let i = 0; i < count; i++) {
    const bits = columns.bits[i]
    if (!has(bits, among) || !isJudged(i)) continue
    const value = columns[by][i] ?? 0
    const known = sums.get(value)
    const sum = known ?? nothing()
    if (!known) sums.set(value, sum)
    add(sum, 1, has(bits, events) ? 1 : 0, rates(columns.stratum[i] ?? 0))
  }
  return sums
}

function nameOf(context: Context, by: BreakdownBy, key: number): Omit<BreakdownPart, 'n'> {
  if (by === 'channel') {
    const channel = CHANNELS[key] ?? 'unknown'
    return { id: channel, channel, name: null }
  }
  const found = unitOfKey(context, by, key)
  return { id: found?.id ?? null, channel: null, name: found?.name ?? null }
}
