import { lastMonth, monthlyPeriod } from '#server/features/flags/story.ts'
import { evaluateInputs } from '#server/judgement/evaluation.ts'
import { evaluateAt } from '#server/judgement/kept.ts'
import { openBenchHouse } from './bench-house.ts'
import { type Figure, ms, quantile } from './measure.ts'

const NUMERIC_RUNS = 9

/** A month of the nightly run: all of it, and its numbers apart from the reading of the facts. Nothing is stored. */
export async function benchEvaluation(
  folder: string,
  { requests, now }: { requests: string; now: number },
): Promise<Figure[]> {
  const house = await openBenchHouse(folder, now)
  try {
    const { city, context } = house
    const period = monthlyPeriod(lastMonth(now, city.zone), city.zone)
    const startedAt = performance.now()
    const { evaluation, tables } = await evaluateAt(context, period)
    const whole = performance.now() - startedAt
    const numeric = Array.from({ length: NUMERIC_RUNS }, () => {
      const from = performance.now()
      evaluateInputs(tables, evaluation.policy, evaluation.restarts)
      return performance.now() - from
    })
    const rows = (tables.pace.n.length + tables.shares.mature.length).toLocaleString('en')
    return [
      {
        what: 'evaluation',
        size: `${requests} requests, ${evaluation.tested} tests`,
        measured: `${(whole / 1000).toFixed(1)} s`,
        target: 'at most 10 s',
        holds: whole <= 10_000,
      },
      {
        what: 'evaluation, its numbers',
        size: `${rows} rows of the tables`,
        measured: `p50 ${ms(quantile(numeric, 0.5))}`,
        target: 'at most 100 ms',
        holds: quantile(numeric, 0.5) <= 100,
      },
    ]
  } finally {
    await house.close()
  }
}
