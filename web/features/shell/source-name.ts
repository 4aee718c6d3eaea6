import { useQuery } from '@tanstack/react-query'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'

/** A source is called what `city.json` calls it, else by its id. */
export function useSourceName() {
  const format = useFormat()
  const { data: place } = useQuery(api.shell.place.queryOptions())
  return (source: string) => {
    const named = place?.sources[source]
    return named ? inLanguage(named, format.language) : source
  }
}
