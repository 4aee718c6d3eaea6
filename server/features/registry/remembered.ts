import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import type { Listing } from './lists.ts'

interface Kept {
  key: string
  lines: unknown
}
const kept = new WeakMap<Context['registry'], Map<string, Kept>>()
const MOST = 8

/** Lists of forty thousand buildings are made once for each revision and minute, and paged from there. */
export function remembered<T>(
  context: Context,
  name: string,
  { filter, language }: Listing,
  make: (context: Context, listing: Listing) => T[],
): T[] {
  const { registry, now } = context
  const lists = kept.get(registry) ?? new Map<string, Kept>()
  kept.set(registry, lists)
  const list = `${name} ${language} ${JSON.stringify(filter)}`
  const key = `${registry.revision()} ${minuteOf(now())}`
  const known = lists.get(list)
  if (known?.key === key) return known.lines as T[]
  const lines = make(context, { filter, language })
  lists.delete(list)
  lists.set(list, { key, lines })
  for (const old of [...lists.keys()].slice(0, -MOST)) lists.delete(old)
  return lines
}
