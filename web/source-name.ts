import { useQuery } from '@tanstack/react-query'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'

/** A source is called what the city calls it, else by its id. */
export function useSourceName() {
  const { language } = useFormat()
  const { data: place } = useQuery(api.shell.place.queryOptions())
  return (source: string) => {
    const name = place?.sources[source]
    return name ? inLanguage(name, language) : source
  }
}
