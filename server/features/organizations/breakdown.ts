import { CHANNELS, type Channel, type Words } from '#server/contract/vocabulary.ts'
import { add, nothing } from '#server/judgement/excess.ts'
import { judge } from '#server/judgement/judge.ts'
import { ratesOf } from '#server/judgement/parts.ts'
import { placesByFirst } from '#server/stats/columns.ts'
import { ratioOf } from '#server/stats/comparison.ts'
import type { Context } from '#server/trpc.ts'
import { shareOf } from './compare.ts'
import { type Asked, has, maskOf, ownOf } from './own.ts'
import { groupsOf, ownTimes, waitOfTimes } from './own-times.ts'
import { unitOfKey } from './unit.ts'

/** Judged is one request of each incident. */
const MATURE = maskOf('mature', 'incidentHead')
const CAME_BACK = maskOf('cameBack')
const DUE = maskOf('due', 'incidentHead')
const PAST_DUE = maskOf('pastDue')

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
    (['reopened', 'late'] as const).map(async (measure) => {
      const { cells } = await judge(context, measure, asked.filter, asked.unit)
      return ratesOf(cells)
    }),
  )
  const { columns, count } = own
  const { values, of } = placesByFirst(columns[by])
  const parts = values.map(() => ({ n: 0, reopened: nothing(), late: nothing() }))
  for (let i = 0; i < count; i++) {
    const part = parts[of[i] ?? 0]
    if (!part) continue
    const stratum = columns.stratum[i] ?? 0
    const bits = columns.bits[i]
    part.n++
    if (has(bits, MATURE))
      add(part.reopened, 1, has(bits, CAME_BACK) ? 1 : 0, reopened?.get(stratum) ?? 0)
    if (has(bits, DUE)) add(part.late, 1, has(bits, PAST_DUE) ? 1 : 0, late?.get(stratum) ?? 0)
  }
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
    parts: Array.from(parts, (part, place) => ({
      ...nameOf(context, by, values[place] ?? 0),
      n: part.n,
      reopened: compared(part.reopened),
      late: compared(part.late),
      wait: waits[place] ?? waitOfTimes(times),
    })).sort((a, b) => b.n - a.n || ((a.id ?? '') < (b.id ?? '') ? -1 : 1)),
  }
}

function nameOf(context: Context, by: BreakdownBy, key: number): Omit<BreakdownPart, 'n'> {
  if (by === 'channel') {
    const channel = CHANNELS[key] ?? 'unknown'
    return { id: channel, channel, name: null }
  }
  const found = unitOfKey(context, by, key)
  return { id: found?.id ?? null, channel: null, name: found?.name ?? null }
}
