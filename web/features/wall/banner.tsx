import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { Trouble } from './trouble.ts'
import styles from './wall.module.css'

/** Instead of the sentence: what has stopped, since when, and what to do. A claim must not outlive its data. */
export function Banner({ trouble, ageS }: { trouble: Trouble; ageS: number | null }) {
  const { t } = useTranslation('wall')
  const { age, clock } = useFormat()
  const kind = trouble.kind === 'server' ? trouble.state : trouble.kind
  return (
    <div className={styles.banner} role="alert">
      <h1>
        {ageS === null ? t('banner.neverTitle') : t(`banner.${kind}.title`, { age: age(ageS) })}
      </h1>
      <p>
        {trouble.since === null
          ? t('banner.never')
          : t(`banner.${kind}.text`, { time: clock(trouble.since) })}
      </p>
    </div>
  )
}
