import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { usePageName } from '#web/lib/page-name.ts'
import { isWithin, PAGES, UNLISTED } from './pages.ts'
import { usePath } from './use-pages.ts'

/** Names the page and its section in the window, and what changes of it to those who hear the page. */
export function PageTitle() {
  const { t } = useTranslation('shell')
  const path = usePath()
  const page = [...PAGES, ...UNLISTED].find(({ to }) => isWithin(path, to))
  const one = usePageName()
  const section = page ? t(`pages.${page.name}`) : t('error.notFound')
  const name = one === null ? section : `${one} \u2013 ${section}`
  const title = `${name} \u2013 ${t('product')}`
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <p className="visually-hidden" aria-live="polite">
      {name}
    </p>
  )
}
