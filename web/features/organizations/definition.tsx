import { useTranslation } from 'react-i18next'
import type { Evaluated } from '#server/contract/flags.ts'
import styles from './organizations.module.css'

/** What a measure counts, of what, and what it leaves out. */
export function Definition({ measure, version }: { measure: Evaluated; version: number }) {
  const { t } = useTranslation(['organizations', 'measures'])
  return (
    <aside className={styles.definition}>
      <h2>
        {t('definition.version', { name: t(`measures:${measure}.name`), version: String(version) })}
      </h2>
      <p>{t(`measures:${measure}.definition`)}</p>
      <dl>
        <dt>{t('definition.numerator')}</dt>
        <dd>{t(`measures:${measure}.numerator`)}</dd>
        <dt>{t('definition.denominator')}</dt>
        <dd>{t(`measures:${measure}.denominator`)}</dd>
        <dt>{t('definition.excluded')}</dt>
        <dd>{t(`measures:${measure}.excluded`)}</dd>
      </dl>
      <p>{t('definition.expected')}</p>
    </aside>
  )
}
