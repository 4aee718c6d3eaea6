import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import ru from '#web/i18n/ru/shell.ts'
import { useFormat } from '#web/lib/use-format.ts'

type Known = keyof typeof ru.source
const KNOWN: ReadonlySet<string> = new Set(Object.keys(ru.source))

/** A source is called what `city.json` calls it; the product's own sources have words. `desk:west` is shown as it is. */
export function useSourceName() {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const { data: place } = useQuery(api.shell.place.queryOptions())
  return (source: string) => {
    const named = place?.sources[source]
    if (named) return inLanguage(named, format.language)
    return KNOWN.has(source) ? t(`source.${source as Known}`) : source
  }
}
