import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { allWords } from '#web/i18n/start.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useLive } from '#web/live.ts'
import { lazily } from '#web/ui/lazily.tsx'
import type { State } from './answers.ts'
import styles from './overview-page.module.css'

/** Behind the first load, with its words. */
const Definitions = lazily(async () => {
  const [{ Definitions }] = await Promise.all([import('./definitions.tsx'), allWords()])
  return { default: Definitions }
})

/** The day, how old the numbers are, and what they mean. */
export function AsOf({ state }: { state: State }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const heardAt = useLive((live) => live.heardAt)
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.asOf}>
      <strong>{format.weekdayAndDay(state.today)}</strong>
      <span>{t('asOf', { time: format.clockSeconds(Math.max(heardAt ?? 0, state.now)) })}</span>
      <button type="button" className={styles.define} onClick={() => setOpen(true)}>
        {t('howCounted')}
      </button>
      {open ? (
        <Suspense>
          <Definitions state={state} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
