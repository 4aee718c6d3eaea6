import type { City } from '#server/config.ts'
import type { Words } from '#server/contract/vocabulary.ts'

/** The product itself tells events too. */
export const OWN_SOURCES: Readonly<Record<string, Words>> = {
  desk: { kk: 'Кезекшілік', ru: 'Дежурство', en: 'Duty desk' },
  evaluation: { kk: 'Айлық бағалау', ru: 'Ежемесячная оценка', en: 'Monthly evaluation' },
  outlines: { kk: 'Үйлердің нобайлары', ru: 'Контуры домов', en: 'Outlines of buildings' },
}

/** What a source is called on screen; null where neither the city nor the product has a name for it. */
export const sourceName = ({ sources }: Pick<City, 'sources'>, id: string): Words | null =>
  sources?.[id] ?? (Object.hasOwn(OWN_SOURCES, id) ? (OWN_SOURCES[id] ?? null) : null)
