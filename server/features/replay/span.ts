import { z } from 'zod'
import { SOUND } from '#server/metrics.ts'
import { ask } from '#server/store/ask.ts'
import { type Context, Refusal } from '#server/trpc.ts'

const instant = z.number().nullable()

/** When the story begins: the first registration whose times are sound, and when the log first heard of any. */
export const BEGINNING = {
  name: 'replayBeginning',
  row: z.object({ began: instant, heard: instant }),
  sql: `
    SELECT min(start_at) AS began, min(known_at) AS heard
    FROM spell WHERE test = false AND ${SOUND}`,
}

export interface Span {
  /** UTC epoch milliseconds; null = nothing has been told yet. */
  began: number | null
  heard: number | null
  now: number
}

export async function spanOf({ engine, now }: Pick<Context, 'engine' | 'now'>): Promise<Span> {
  const [row] = await ask(engine, BEGINNING)
  return { began: row?.began ?? null, heard: row?.heard ?? null, now: now() }
}

/** Refuses what has not happened yet. `instants` are UTC epoch milliseconds. */
export function refuseFuture(now: number, ...instants: (number | undefined)[]) {
  const ahead = instants.find((one) => one !== undefined && one > now)
  if (ahead !== undefined)
    throw new Refusal(
      'BAD_REQUEST',
      `${new Date(ahead).toISOString()} has not come yet in this city, where it is ${new Date(now).toISOString()}; choose an instant of the past`,
    )
}
