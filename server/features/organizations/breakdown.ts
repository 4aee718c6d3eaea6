import { CHANNELS, type Channel, type Words } from '#server/contract/vocabulary.ts'
import { add, nothing } from '#server/judgement/excess.ts'
import { judge } from '#server/judgement/judge.ts'
import { ratesOf } from '#server/judgement/parts.ts'
import { ratioOf } from '#server/stats/comparison.ts'
import { kaplanMeier, type Tally } from '#server/stats/kaplan-meier.ts'
import type { Context } from '#server/trpc.ts'
import { shareOf } from './compare.ts'
import { type Asked, has, maskOf, ownOf } from './own.ts'
import { ownTimes } from './times.ts'
import { unitOfKey } from './unit.ts'
import { waitOfCurve } from './waits.ts'

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
  const parts = new Map<number, ReturnType<typeof empty>>()
  const { columns, count } = own
  const partOf = (key: number) => {
    const part = parts.get(key) ?? empty()
    parts.set(key, part)
    return part
  }
  for (let i = 0; i < count; i++) {
    const part = partOf(columns[by][i] ?? 0)
    const stratum = String(columns.stratum[i] ?? 0)
    const bits = columns.bits[i]
    part.n++
    if (has(bits, MATURE))
      add(part.reopened, 1, has(bits, CAME_BACK) ? 1 : 0, reopened?.get(stratum) ?? 0)
    if (has(bits, DUE)) add(part.late, 1, has(bits, PAST_DUE) ? 1 : 0, late?.get(stratum) ?? 0)
  }
  for (const time of ownTimes(own, 'resolution'))
    partOf(columns[by][time.row] ?? 0).times.push(time)
  const compared = (sum: ReturnType<typeof nothing>) => ({
    share: shareOf(sum.observed, sum.n),
    expected: sum.expected,
    ratio: sum.expected > 0 && sum.variance > 0 ? ratioOf(sum) : null,
  })
  return {
    n: count,
    period: own.period,
    parts: Array.from(parts, ([key, part]) => ({
      ...nameOf(context, by, key),
      n: part.n,
      reopened: compared(part.reopened),
      late: compared(part.late),
      wait: waitOfCurve(kaplanMeier(part.times)),
    })).sort((a, b) => b.n - a.n || ((a.id ?? '') < (b.id ?? '') ? -1 : 1)),
  }
}

const empty = () => ({ n: 0, reopened: nothing(), late: nothing(), times: [] as Tally[] })

function nameOf(context: Context, by: BreakdownBy, key: number): Omit<BreakdownPart, 'n'> {
  if (by === 'channel') {
    const channel = CHANNELS[key] ?? 'unknown'
    return { id: channel, channel, name: null }
  }
  const found = unitOfKey(context, by, key)
  return { id: found?.id ?? null, channel: null, name: found?.name ?? null }
}
