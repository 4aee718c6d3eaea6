import { EVERYTHING } from '#server/contract/filter.ts'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { appRouter } from '#server/router.ts'
import type { Context } from '#server/trpc.ts'
import { openBenchHouse } from './bench-house.ts'
import { type Figure, quantile, spread } from './measure.ts'

const PAGES = 60

type Asked = Record<string, () => Promise<unknown>>

/** What the page of one organization asks, all at once. */
function pageOf(context: Context, id: string): Asked {
  const { organizations: ask } = appRouter.createCaller(context)
  const one = { id, filter: EVERYTHING }
  const judged = JUDGED[0]
  return {
    profile: () => ask.profile(one),
    comparison: () => ask.comparison({ measure: judged, filter: EVERYTHING }),
    response: () => ask.waiting({ ...one, clock: 'response' }),
    resolution: () => ask.waiting({ ...one, clock: 'resolution' }),
    months: () => ask.months(one),
    outcomes: () => ask.outcomes(one),
    stages: () => ask.stages(one),
    onTime: () => ask.onTime(one),
    channels: () => ask.breakdown({ ...one, by: 'channel' }),
    contractors: () => ask.breakdown({ ...one, by: 'contractor' }),
    mix: () => ask.mix({ ...one, measure: judged }),
    buildings: () => ask.buildings({ ...one, measure: judged }),
  }
}

/** What the page of all of them asks. */
function listOf(context: Context): Asked {
  const { organizations: ask } = appRouter.createCaller(context)
  const all = { filter: EVERYTHING }
  return {
    ...Object.fromEntries(
      JUDGED.map((measure) => [measure, () => ask.comparison({ ...all, measure })]),
    ),
    shares: () => ask.shares(all),
    responses: () => ask.responses(all),
    resolutions: () => ask.resolutions(all),
    categories: () => ask.categories(EVERYTHING),
  }
}

/**
 * The page of an organization that nobody has opened since the facts changed, from its first question to its last answer. What
 * is of the whole city is kept for ten minutes and for the day, and is read before; how long that takes is told apart.
 */
export async function benchOrganizations(
  folder: string,
  { requests, now, most }: { requests: string; now: number; most: number },
): Promise<Figure[]> {
  const house = await openBenchHouse(folder, now)
  try {
    const { context } = house
    const slow = new Map<string, number[]>()
    const timed = async (asked: Asked) => {
      const from = performance.now()
      await Promise.all(
        Object.entries(asked).map(async ([name, ask]) => {
          await ask()
          slow.set(name, [...(slow.get(name) ?? []), performance.now() - from])
        }),
      )
      return performance.now() - from
    }
    const evaluation = await context.judging.evaluation(context)
    const first = await timed(listOf(context))
    const ids = evaluation.measures.late.units
      .toSorted((a, b) => b.n - a.n)
      .flatMap(({ unit }) => context.registry.organization(unit)?.id ?? [])
    const step = Math.max(1, Math.floor(ids.length / PAGES))
    const [before = '', ...others] = ids.filter((_, place) => place % step === 0)
    const firstPage = await timed(pageOf(context, before))
    slow.clear()
    const pages: number[] = []
    for (const id of others) pages.push(await timed(pageOf(context, id)))
    const again: number[] = []
    for (let i = 0; i < PAGES; i++) again.push(await timed(listOf(context)))
    const [slowest] = Array.from(slow, ([name, times]) => ({
      name,
      p95: quantile(times, 0.95),
    })).sort((a, b) => b.p95 - a.p95)
    const told = { size: `${requests} requests`, holds: true, target: 'told, no target' }
    return [
      {
        what: 'page of an organization, cold',
        size: `${requests} requests, ${pages.length} organizations`,
        measured: `${spread(pages)}; slowest ${slowest?.name} ${Math.round(slowest?.p95 ?? 0)} ms`,
        target: `p95 at most ${most} ms`,
        holds: quantile(pages, 0.95) <= most,
      },
      { ...told, what: 'the same, first of all', measured: `${Math.round(firstPage)} ms` },
      { ...told, what: 'Organizations, first of all', measured: `${Math.round(first)} ms` },
      { ...told, what: 'Organizations, again', measured: spread(again) },
    ]
  } finally {
    await house.close()
  }
}
