import { useTranslation } from 'react-i18next'
import { MASK } from '#server/contract/refusals.ts'
import text from './text.module.css'

/** Beside a name or an address that its source told with something personal in it. */
export function MaskedNote({ of }: { of: string }) {
  const { t } = useTranslation('form')
  return of.includes(MASK) ? <span className={text.quiet}> {t('masked')}</span> : null
}
