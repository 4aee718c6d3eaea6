import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { isWithin, PAGES, UNLISTED } from './pages.ts'
import { usePath } from './use-pages.ts'

/** Names the section in the window and, when it changes, to those who hear the page. */
export function PageTitle() {
  const { t } = useTranslation('shell')
  const path = usePath()
  const page = [...PAGES, ...UNLISTED].find(({ to }) => isWithin(path, to))
  const name = page ? t(`pages.${page.name}`) : t('error.notFound')
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
