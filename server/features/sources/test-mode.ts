import { isRequestEvent } from '#server/contract/events.ts'
import { tell } from '#server/desk.ts'
import type { SqliteLog } from '#server/log/sqlite.ts'
import { knownSources } from '#server/sources/known.ts'
import { type Context, Refusal } from '#server/trpc.ts'

/** While it lasts, what the source registers is a test and left out of measures. UTC epoch milliseconds; `to` null = it lasts. */
export interface TestPeriod {
  from: number
  to: number | null
  /** Why it was begun; a source that tells of itself gives none. */
  reason: string | null
}

/** Newest first. The same reading as server/store/test-periods.ts. */
export function periodsOf(log: SqliteLog, source: string): TestPeriod[] {
  const key = log.key(`source:${source}`)
  if (key === undefined) return []
  const told = log
    .stream(key)
    .flatMap((event) =>
      !isRequestEvent(event) && event.type === 'source.test_mode_changed' ? [event] : [],
    )
    .sort((a, b) => a.occurredAt - b.occurredAt || a.seq - b.seq)
  const periods: TestPeriod[] = []
  for (const { occurredAt, test, reason } of told) {
    const last = periods.at(-1)
    const runs = last?.to === null
    if (test && !runs) periods.push({ from: occurredAt, to: null, reason: reason ?? null })
    else if (!test && last && runs) last.to = occurredAt
  }
  return periods.reverse()
}

/** From now on; what was registered before keeps what it was. */
export function setTestMode(
  ctx: Context,
  { source, test, reason }: { source: string; test: boolean; reason: string },
) {
  const known = knownSources(ctx).find(({ id }) => id === source)
  if (!known)
    throw new Refusal('NOT_FOUND', `no source "${source}" ever sent anything or is set up`)
  if (known.kind === 'desk')
    throw new Refusal('BAD_REQUEST', 'what people do at the screens is never a test')
  const runs = periodsOf(ctx.log, source).some(({ to }) => to === null)
  if (runs === test)
    throw new Refusal('CONFLICT', `the source is ${test ? 'already' : 'not'} in test mode`)
  return tell(ctx, 'operator', [{ type: 'source.test_mode_changed', of: source, test, reason }])
}
