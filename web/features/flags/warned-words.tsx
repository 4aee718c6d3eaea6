import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './card.module.css'
import type { Flag } from './flag-figures.tsx'

/** Why an organization is watched besides its figures; each question opens what it rests on. */
export function WarnedWords({ flag: { warned, level, organization } }: { flag: Flag }) {
  const { t } = useTranslation(['flags', 'integrity'])
  const format = useFormat()
  if (!warned || (level !== 'watch' && level !== 'inspect')) return null
  return (
    <>
      {warned.week ? (
        <p className={styles.cardWords}>
          {t('flags:warned.signalWords', { on: format.day(dayOfIso(warned.week)) })}
        </p>
      ) : null}
      {warned.doubts.length === 0 ? null : (
        <p className={styles.cardWords}>
          {t('flags:warned.doubtsWords')}{' '}
          {warned.doubts.map((indicator, i) => (
            <span key={indicator}>
              {i === 0 ? null : '; '}
              <Link to="/integrity" search={{ who: organization.id, indicator }}>
                {t(`integrity:name.${indicator}`)}
              </Link>
            </span>
          ))}
        </p>
      )}
    </>
  )
}
