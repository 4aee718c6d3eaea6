import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { LineDue } from './columns.tsx'
import styles from './request.module.css'
import type { Card } from './request-facts.tsx'

/** When it is due and what that rests on. */
export function DuePanel({ card }: { card: Card }) {
  const { t } = useTranslation('requests')
  const format = useFormat()
  const { line } = card
  if (line.dueAt === null)
    return (
      <Panel title={t('one.due')}>
        <p className={styles.plain}>{t('one.dueNone')}</p>
      </Panel>
    )
  const norm = format.duration((line.dueAt - line.registeredAt) / 1000)
  return (
    <Panel title={t('one.due')} note={t('one.dueAt', { time: format.dateTime(line.dueAt) })}>
      <p className={styles.due}>
        <LineDue line={line} />
      </p>
      <p className={styles.plain}>{t('one.dueRests', { time: norm })}</p>
    </Panel>
  )
}
