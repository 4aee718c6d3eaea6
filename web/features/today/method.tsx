import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import styles from '#web/ui/definitions.module.css'
import { Icon } from '#web/ui/icon.tsx'
import type { Day, Ready } from './answers.ts'

const PARTS = ['usual', 'midnight', 'ahead', 'trust', 'rivals', 'mass', 'parts', 'queue'] as const

interface MethodProps {
  day: Day
  ahead: Ready | undefined
  onClose: () => void
}

/** How each number of the page is counted. */
export function Method({ day, ahead, onClose }: MethodProps) {
  const { t } = useTranslation('today')
  const { t: measure } = useTranslation('measures')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const values = {
    n: format.number(day.inflow.days),
    days: format.weekdayMany(day.inflow.alike),
    record: ahead ? format.number(ahead.record) : '–',
    enough: ahead ? format.number(ahead.queue.enough) : '–',
  }
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={onClose} aria-labelledby="method">
      <header>
        <h2 id="method">{t('method.title')}</h2>
        <button type="button" onClick={() => dialog.current?.close()} aria-label={shell('close')}>
          <Icon name="close" />
        </button>
      </header>
      <dl>
        {(['registered', 'open'] as const).map((id) => (
          <div key={id}>
            <dt>{measure(`${id}.name`)}</dt>
            <dd>{measure(`${id}.definition`)}</dd>
          </div>
        ))}
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{t(`method.${part}`)}</dt>
            <dd>{t(`method.${part}Text`, values)}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  )
}
