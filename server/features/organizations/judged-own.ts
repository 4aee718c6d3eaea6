import type { Judged } from '#server/contract/measures/shape.ts'
import type { Judgement } from '#server/judgement/judge.ts'
import { judgedPeriod } from '#server/judgement/parts.ts'
import { dayOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { type Asked, maskOf, type Own, ownOf } from './own.ts'

/** Words of judged requests, one of each incident, and of those of them that count. */
export const JUDGED_ROWS: Record<Judged, { among: number; events: number }> = {
  reopened: { among: maskOf('mature', 'incidentHead'), events: maskOf('cameBack') },
  late: { among: maskOf('due', 'incidentHead'), events: maskOf('pastDue') },
}

/** Own rows of which the judged figures are: not those before it began anew, and those of the year before where one had too little. */
export async function judgedOwn(
  context: Context,
  judgement: Judgement,
  { asked, key }: { asked: Asked; key: number },
): Promise<Own & { isJudged: (row: number) => boolean }> {
  const { from } = judgedPeriod(judgement, key)
  const earlier = from < judgement.period.from
  const filter = earlier ? { ...asked.filter, from } : asked.filter
  const own = await ownOf(context, { ...asked, filter })
  const first = dayOf(from)
  const { day } = own.columns
  return { ...own, isJudged: (row) => (day[row] ?? 0) >= first }
}
