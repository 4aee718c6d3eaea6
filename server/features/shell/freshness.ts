import { knownSources } from '#server/sources/known.ts'
import type { Context } from '#server/trpc.ts'

export interface Freshness {
  source: string
  /** Newest event of the source by its own clock, never later than we learned of it; UTC ms. */
  newestAt: number
  silentTooLong: boolean
  /** Events that usually come in such a silence; null where no history is known. */
  expected: number | null
}

/** Each source's age, and whether it is silent longer than chance explains at these hours of the week. */
export async function freshness(ctx: Context): Promise<Freshness[]> {
  return knownSources(ctx)
    .flatMap(({ id, newestAt, silence }) =>
      newestAt === null
        ? []
        : {
            source: id,
            newestAt,
            silentTooLong: silence.tooLong,
            expected: silence.expected,
          },
    )
    .sort((a, b) => b.newestAt - a.newestAt || (a.source < b.source ? -1 : 1))
}
