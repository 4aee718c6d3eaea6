import type { Context } from '#server/trpc.ts'
import type { Listing } from './lists.ts'

interface Kept {
  key: string
  lines: unknown
}
const kept = new WeakMap<Context['registry'], Map<string, Kept>>()
const MOST = 8
/** Days begin at a quarter of an hour in every zone, and contracts begin with days. */
const QUARTER = 15 * 60_000

/** Lists of forty thousand buildings are made once for each revision and quarter of an hour, and paged from there. */
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
  const key = `${registry.revision()} ${Math.floor(now() / QUARTER)}`
  const known = lists.get(list)
  if (known?.key === key) return known.lines as T[]
  const lines = make(context, { filter, language })
  lists.delete(list)
  lists.set(list, { key, lines })
  for (const old of [...lists.keys()].slice(0, -MOST)) lists.delete(old)
  return lines
}
