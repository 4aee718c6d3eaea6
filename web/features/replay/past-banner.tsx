import { useTranslation } from 'react-i18next'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import buttons from '#web/ui/button.module.css'
import { Icon } from '#web/ui/icon.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import styles from './map-timeline.module.css'
import type { Playhead } from './use-playhead.ts'
import { aheadIn } from './when.ts'

const MINUTE = 60_000

/** Nobody may take the past for the present. */
export function PastBanner({ head }: { head: Playhead }) {
  const { t } = useTranslation('replay')
  const { dateTime } = useFormat()
  const ahead = aheadIn(head, useNow(MINUTE))
  if (head.at === null) return null
  const clock =
    head.clock === 'known' && head.by !== null
      ? t('clock.knownBy', { when: dateTime(head.by) })
      : t(`clock.${head.clock}`)
  return (
    <div className={styles.banner} data-replay={ahead === null ? 'past' : 'ahead'}>
      <Icon name="clock" />
      <span className={styles.bannerWords}>
        {ahead === null ? (
          <>
            <b>{t('banner', { when: dateTime(head.at) })}</b> {clock}.
          </>
        ) : (
          <b role="alert">{t('notCome', { when: dateTime(ahead) })}</b>
        )}
      </span>
      <button type="button" className={buttons.primary} onClick={() => head.seek(null)}>
        {t('back')}
      </button>
    </div>
  )
}

/** In place of the sentence of a page that has nothing to count. */
export function NothingThen({ nothing }: { nothing: 'noData' | 'noKnown' | 'ahead' }) {
  const { t } = useTranslation('replay')
  return <Sentence>{nothing === 'ahead' ? t('whenFuture') : `${t(nothing)}.`}</Sentence>
}
