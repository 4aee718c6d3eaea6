import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { IconName } from '#web/ui/icons.ts'
import { usePages } from './use-pages.ts'

export interface Entry {
  group: string
  icon: IconName
  name: string
  place?: string | undefined
  note?: string | undefined
  to: string
}

/** Everything found, in the order it is shown. */
export function useEntries(text: string, found: Answer['shell']['search'] | undefined): Entry[] {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const pages = usePages()
  const now = found ? found.now : 0
  const openWords = (open: number) =>
    open > 0 ? t('search.open', { count: open, n: format.number(open) }) : undefined
  const lower = text.toLowerCase()
  const entries: Entry[] = pages
    .filter(({ name }) => lower && t(`pages.${name}`).toLowerCase().startsWith(lower))
    .map(({ name, to, icon }) => ({ group: t('search.pages'), icon, name: t(`pages.${name}`), to }))
  if (!found) return entries
  for (const { id, address, district, open, gone } of found.buildings)
    entries.push({
      group: t('search.buildings'),
      icon: 'buildings',
      name: inLanguage(address, format.language),
      place: district ? inLanguage(district, format.language) : undefined,
      note: gone ? t('search.gone') : openWords(open),
      to: `/buildings/${encodeURIComponent(id)}`,
    })
  for (const { id, name, open } of found.organizations)
    entries.push({
      group: t('search.organizations'),
      icon: 'organizations',
      name,
      note: openWords(open),
      to: `/organizations/${encodeURIComponent(id)}`,
    })
  for (const { number, registeredAt, open } of found.requests)
    entries.push({
      group: t('search.requests'),
      icon: 'requests',
      name: number,
      place: registeredAt === null ? undefined : format.when(registeredAt, now),
      note: t(open ? 'search.request.open' : 'search.request.closed'),
      to: `/requests/${encodeURIComponent(number)}`,
    })
  return entries
}
