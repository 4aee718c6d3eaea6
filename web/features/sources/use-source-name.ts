import { inLanguage, type Words } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'

/** What the city calls a source, else its id. */
export function useSourceName() {
  const { language } = useFormat()
  return ({ id, name }: { id: string; name: Words | null }) =>
    name ? inLanguage(name, language) : id
}
