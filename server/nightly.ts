import { Cron } from 'croner'
import { evaluateMonths, expectMonths, forgetMonths } from './features/flags/run.ts'
import { evaluated } from './features/integrity/integrity.ts'
import { readMonths } from './features/organizations/read-ahead.ts'
import { clusters } from './features/outages/clusters.ts'
import { countOutlook } from './features/today/ahead.ts'
import { judgeBuildings } from './judgement/buildings.ts'
import type { Context } from './trpc.ts'

export interface Nightly {
  /** Resolves when what was begun is done. */
  stop(): Promise<void>
}

interface NightlyOptions {
  context: Context
  report: (where: string, cause: unknown) => void
  /** Hears in a sentence what was found. */
  tell?: ((sentence: string) => void) | undefined
}

/** The first answers come before anything is evaluated. */
const AFTER_START_MS = 10_000
/** Then the past is read for outages: two such readings at once would take twice the memory. After so many seconds nobody waits any more. */
const MOST_WAITS = 120
/** Five minutes after the midnight of the city, whatever its clocks do that night. */
const EVERY_NIGHT = '5 0 * * *'

/** Evaluates once after the start, for nights that were slept through, and every night. A clock that stands has no nights. */
export function startNightly({ context, report, tell }: NightlyOptions): Nightly {
  let stopped = false
  let running: Promise<void> = Promise.resolve()
  expectMonths(context)
  const night = () => {
    running = running.then(async () => {
      if (stopped) return
      try {
        expectMonths(context)
        const { months, proposed, issued, withdrawn } = await evaluate(context)
        if (months.length > 0)
          tell?.(
            `evaluated ${months.join(', ')}: ${proposed.length} flags proposed, ${issued.length} issued, ${withdrawn.length} withdrawn`,
          )
      } catch (cause) {
        if (!stopped) report('nightly', cause)
      } finally {
        forgetMonths(context)
      }
    })
    return running
  }
  let waits = 0
  const begin = () => {
    if (context.outages.ready() || ++waits > MOST_WAITS) return void night()
    first = setTimeout(begin, 1000).unref()
  }
  let first = setTimeout(begin, AFTER_START_MS).unref()
  const cron = context.pinned
    ? undefined
    : new Cron(EVERY_NIGHT, { timezone: context.city.zone, protect: true, unref: true }, night)
  return {
    stop() {
      stopped = true
      clearTimeout(first)
      cron?.stop()
      forgetMonths(context)
      return running
    },
  }
}

/** The judgements that all pages of the day read, then the months that are due. */
export async function evaluate(context: Context) {
  await judgeBuildings(context)
  await context.judging.evaluation(context)
  await evaluated(context)
  await countOutlook(context)
  await readMonths(context)
  await clusters(context)
  return evaluateMonths(context)
}
