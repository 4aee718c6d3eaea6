import { ask } from '#server/store/ask.ts'
import type { Engine } from '#server/store/engine.ts'
import type { Context } from '#server/trpc.ts'
import type { Stood } from './backlog.ts'
import { PAST_BACKLOG, WEEKS } from './queries.ts'

/** What is usual does not change with every event: it is asked anew after so long, or after so many changes. */
const KEPT_MS = 600_000
const KEPT_REVISIONS = 2000
const SCOPES = 60
const WEEK = 7 * 86_400_000

interface Kept {
  revision: number
  stood: Promise<Stood[]>
}
const memory = new WeakMap<Engine, Map<string, Kept>>()

/** Spells of the past at the present time of day, to ten minutes. */
export function pastBacklog(
  { engine }: Pick<Context, 'engine'>,
  district: readonly number[],
  now: number,
): Promise<Stood[]> {
  const at = Math.floor(now / KEPT_MS) * KEPT_MS
  const kept = memory.get(engine) ?? new Map<string, Kept>()
  memory.set(engine, kept)
  const key = `${at} ${district.join()}`
  const known = kept.get(key)
  const revision = engine.revision()
  if (known && revision - known.revision < KEPT_REVISIONS) return known.stood
  const stood = ask(engine, PAST_BACKLOG, {
    district,
    now: at,
    weekAgo: at - WEEK,
    since: at - (WEEKS + 1) * WEEK,
  })
  kept.delete(key)
  kept.set(key, { revision, stood })
  stood.catch(() => kept.delete(key))
  for (const oldest of kept.keys()) {
    if (kept.size <= SCOPES) break
    kept.delete(oldest)
  }
  return stood
}
