import { useTranslation } from 'react-i18next'
import ru from '#web/i18n/ru/shell.ts'

type Known = keyof typeof ru.source
const KNOWN: ReadonlySet<string> = new Set(Object.keys(ru.source))

/** A source is named by whoever sends; the product's own sources have words. `desk:west` is shown as it is. */
export function useSourceName() {
  const { t } = useTranslation('shell')
  return (source: string) => (KNOWN.has(source) ? t(`source.${source as Known}`) : source)
}
