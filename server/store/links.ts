import type { Engine } from './engine.ts'
import type { RequestRow } from './schema.ts'

export interface Links {
  load(engine: Engine): Promise<void>
  /** Takes note of what a projected row repeats or was joined to, and of a number that others were waiting for. */
  learn(row: RequestRow): void
  /** Registration instants of the requests linked as repeats of this key. */
  repeatsOf(key: number): readonly number[]
  /** Which request a person joined to which, by key. */
  joins: ReadonlyMap<number, number>
  /** Requests whose rows change by what was learned, each told once; writing their rows may teach more. */
  take(): number[]
  /** What was taken is committed, or is not and has to be taken again. */
  settle(committed: boolean): void
}

/** Which request repeats which: a repeat changes the row of the request it repeats. */
export function openLinks(): Links {
  const repeats = new Map<number, Map<number, number>>()
  const repeated = new Map<number, number>()
  const joins = new Map<number, number>()
  const waiting = new Map<string, Set<number>>()
  const affected = new Set<number>()
  const taken = new Set<number>()

  function learn(row: RequestRow) {
    const key = Number(row.request)
    const at = Number(row.registered_at)
    const before = repeated.get(key)
    const now = row.repeat_of ?? undefined
    if (before !== undefined && before !== now) {
      repeats.get(before)?.delete(key)
      repeated.delete(key)
      affected.add(before)
    }
    if (now !== undefined) {
      const known = repeats.get(now) ?? new Map<number, number>()
      repeats.set(now, known)
      repeated.set(key, now)
      if (known.get(key) !== at) affected.add(now)
      known.set(key, at)
    }
    if (row.joined_to === null || row.joined_to === key) joins.delete(key)
    else joins.set(key, row.joined_to)
    wait(key, row.repeat_ref)
    wait(key, row.joined_ref)
    if (row.duplicate_of === null) wait(key, row.duplicate_ref)
    const waited = waiting.get(row.number ?? '')
    if (waited) {
      for (const other of waited) affected.add(other)
      waiting.delete(row.number ?? '')
    }
  }

  function wait(key: number, number: string | null) {
    if (number === null) return
    const others = waiting.get(number) ?? new Set()
    waiting.set(number, others.add(key))
  }

  return {
    joins,
    async load(engine) {
      const rows = await engine.query(
        `SELECT request, number, repeat_of, repeat_ref, duplicate_of, duplicate_ref, joined_to, joined_ref,
           registered_at
         FROM request
         WHERE repeat_of IS NOT NULL OR repeat_ref IS NOT NULL OR joined_to IS NOT NULL
           OR (duplicate_ref IS NOT NULL AND duplicate_of IS NULL)`,
      )
      for (const row of rows) learn(row as RequestRow)
      affected.clear()
    },
    learn,
    repeatsOf: (key) => [...(repeats.get(key)?.values() ?? [])],
    take() {
      const keys = [...affected]
      for (const key of keys) taken.add(key)
      affected.clear()
      return keys
    },
    settle(committed) {
      if (!committed) for (const key of taken) affected.add(key)
      taken.clear()
    },
  }
}
