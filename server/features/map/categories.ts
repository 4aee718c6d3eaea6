import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import { minuteOf } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'

/** What the map can be narrowed to: categories with open requests first, the largest above. */
export function categories(
  { board, registry, now }: Pick<Context, 'board' | 'registry' | 'now'>,
  language: Language,
) {
  const counts = board.byCategory(minuteOf(now()))
  return [...registry.categories()]
    .map(({ key, id, name }) => ({
      id,
      name: inLanguage(name, language) || id,
      open: counts.get(key)?.open ?? 0,
    }))
    .sort((a, b) => b.open - a.open || a.name.localeCompare(b.name, 'ru'))
}
