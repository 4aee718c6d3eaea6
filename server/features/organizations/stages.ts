import { binnedPercentile } from '#server/stats/binned-percentile.ts'
import type { Percentile } from '#server/stats/curve-reading.ts'
import { GAMMA } from '#server/stats/log-bins.ts'
import type { Context } from '#server/trpc.ts'
import { type Share, shareOf } from './compare.ts'
import { type Asked, has, maskOf, type OwnColumns, ownOf } from './own.ts'
import { LEAST_EVENTS } from './waits.ts'

/** Steps of a request's way in order. A stage leads to each but the first from the last step before it that was told. */
const STEPS = [
  'registered',
  'routed',
  'acknowledged',
  'assigned',
  'arrived',
  'workDone',
  'closed',
] as const satisfies readonly (keyof OwnColumns)[]

export const STAGES = [
  'routing',
  'acknowledgement',
  'assignment',
  'arrival',
  'work',
  'closing',
] as const
export type StageId = (typeof STAGES)[number]
const SOUND = maskOf('sound')
const ROUTED = 1
const WORK_DONE = 5

export interface Stage {
  stage: StageId
  /** Went through it, with both ends told. */
  told: number
  /** Open and in it now: counted as still in it, not left out. */
  waiting: number
  /** Went on without a word of its end: left out. */
  silent: number
  /** Seconds; null where fewer than twenty went through. */
  median: Percentile | null
  p90: Percentile | null
}

/** Bins of a percent from one second on: an assignment takes seconds. */
const LAST_BIN = Math.round(Math.log(10 * 365 * 86_400) / Math.log(GAMMA))
const binOfSeconds = (seconds: number) =>
  Math.min(LAST_BIN, Math.round(Math.log(Math.max(1, seconds)) / Math.log(GAMMA)))

/**
 * Where the time goes, stage by stage (median and ninth decile, open requests censored), and how much work is done over
 * again. A step told before the one it follows took no time: one second. Routing is automatic: an open request that is not
 * routed waits for its acceptance.
 */
export async function stagesOf(context: Context, asked: Asked) {
  const { columns, count, until, period } = await ownOf(context, asked)
  const told = STEPS.map((step) => columns[step])
  const tallies = STAGES.map(() => ({
    told: 0,
    waiting: 0,
    silent: 0,
    events: new Float64Array(LAST_BIN + 1),
    n: new Float64Array(LAST_BIN + 1),
  }))
  const work = { done: 0, returned: 0 }
  const at = new Float64Array(STEPS.length)
  for (let i = 0; i < count; i++) {
    if (!has(columns.bits[i], SOUND)) continue
    let last = -1
    for (let step = 0; step < STEPS.length; step++) {
      const instant = told[step]?.[i] ?? Number.NaN
      at[step] = instant
      if (!Number.isNaN(instant)) last = step
    }
    let from = at[0] ?? 0
    for (let step = 1; step < STEPS.length; step++) {
      const tally = tallies[step - 1]
      const instant = at[step] ?? Number.NaN
      if (!tally) continue
      if (!Number.isNaN(instant)) {
        // Closed without a word about the work: no stage of confirmation.
        if (step === WORK_DONE + 1 && Number.isNaN(at[WORK_DONE] ?? Number.NaN)) continue
        const bin = binOfSeconds((instant - from) / 1000)
        tally.told++
        tally.events[bin] = (tally.events[bin] ?? 0) + 1
        tally.n[bin] = (tally.n[bin] ?? 0) + 1
        from = instant
      } else if (step < last) tally.silent++
      else if (step === Math.max(last + 1, ROUTED + 1)) {
        const bin = binOfSeconds((until - from) / 1000)
        tally.waiting++
        tally.n[bin] = (tally.n[bin] ?? 0) + 1
      }
    }
    if (Number.isNaN(columns.workDone[i] ?? Number.NaN)) continue
    work.done++
    if ((columns.returns[i] ?? 0) > 0) work.returned++
  }
  const percentileOf = (tally: (typeof tallies)[number], p: number) =>
    tally.told < LEAST_EVENTS ? null : binnedPercentile({ first: 0, ...tally }, p)
  return {
    period,
    stages: STAGES.flatMap((stage, i): Stage[] => {
      const tally = tallies[i]
      if (!tally) return []
      const { told, waiting, silent } = tally
      return [
        {
          ...{ stage, told, waiting, silent },
          median: percentileOf(tally, 0.5),
          p90: percentileOf(tally, 0.9),
        },
      ]
    }),
    rework: shareOf(work.returned, work.done) satisfies Share | null,
  }
}
