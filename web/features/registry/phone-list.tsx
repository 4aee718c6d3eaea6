import { useTranslation } from 'react-i18next'
import { STALE_PHONE_DAYS } from '#server/contract/registry-search.ts'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { StatusShape } from '#web/ui/status-shape.tsx'
import text from '#web/ui/text.module.css'
import styles from './history.module.css'

type Phone = Answer['registry']['organization']['phones'][number]

/** Numbers with the day on which somebody last called them and was answered. */
export function PhoneList({ phones, now }: { phones: readonly Phone[]; now: number }) {
  const { t } = useTranslation('registry')
  const format = useFormat()
  if (phones.length === 0) return <p className={text.quiet}>{t('phones.none')}</p>
  return (
    <ul className={styles.rows}>
      {phones.map(({ phone, purpose, verifiedAt }) => {
        const stale = verifiedAt === null || verifiedAt < now - STALE_PHONE_DAYS * 86_400_000
        return (
          <li key={phone}>
            <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`} className={styles.strong}>
              {phone}
            </a>
            <span>{purpose ? t(`purpose.${purpose}`) : t('purpose.register')}</span>
            <span className={stale ? styles.stale : text.quiet}>
              {stale ? <StatusShape kind="watch" size={12} /> : null}{' '}
              {verifiedAt === null
                ? t('neverVerified')
                : t('phones.verified', { date: format.date(verifiedAt) })}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
