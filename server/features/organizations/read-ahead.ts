import { EVERYTHING } from '#server/contract/filter.ts'
import { EVALUATED } from '#server/contract/flags.ts'
import { localClock } from '#server/domain/local-time.ts'
import { isoOf } from '#server/judgement/period.ts'
import type { Context } from '#server/trpc.ts'
import { comparison } from './compare.ts'
import { shares } from './shares.ts'
import { categoryWaits, resolutions, responses } from './waits.ts'

/** The longest period that the page offers by name, and a month. */
const DAYS = 400

/** Reads the months of which periods are made, so that nobody waits for them who asks for a period first. */
export async function readMonths(context: Context): Promise<void> {
  const { day } = localClock(context.city.zone)(context.now())
  const filter = { ...EVERYTHING, from: isoOf(day - DAYS) }
  for (const measure of EVALUATED) await comparison(context, measure, filter, 'organization')
  await shares(context, filter, 'organization')
  await responses(context, filter, 'organization')
  await resolutions(context, filter, 'organization')
  await categoryWaits(context, filter)
}
