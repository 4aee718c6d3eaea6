import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { readWhen, writeWhen } from '#web/lib/wall-time.ts'
import buttons from '#web/ui/button.module.css'
import fields from '#web/ui/field.module.css'
import styles from './replay-bar.module.css'

interface WhenFieldProps {
  at: number
  now: number
  label: string
  onWhen: (at: number) => void
}

/** An instant by the clocks of the city, in writing: a browser's own field would show another country's order and another zone. */
export function WhenField({ at, now, label, onWhen }: WhenFieldProps) {
  const { t } = useTranslation('replay')
  const { zone, language } = useFormat()
  const english = language === 'en'
  const id = useId()
  /** What is being written; null = what is shown. */
  const [written, setWritten] = useState<string | null>(null)
  const [fault, setFault] = useState<'whenWrong' | 'whenFuture' | null>(null)
  const apply = (event: FormEvent) => {
    event.preventDefault()
    if (written === null) return
    const instant = readWhen(written, zone)
    if (instant === null) return setFault('whenWrong')
    if (instant > now) return setFault('whenFuture')
    setFault(null)
    setWritten(null)
    onWhen(instant)
  }
  return (
    <form className={styles.when} onSubmit={apply}>
      <input
        className={`${fields.input} ${styles.whenInput}`}
        value={written ?? writeWhen(at, zone, english)}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('whenHint')}
        title={t('whenHint')}
        aria-label={`${label}, ${t('whenHint')}`}
        aria-invalid={fault !== null}
        aria-describedby={fault ? `${id}fault` : undefined}
        onChange={(event) => {
          setWritten(event.target.value)
          setFault(null)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          setWritten(null)
          setFault(null)
        }}
      />
      {written === null ? null : (
        <button type="submit" className={buttons.button}>
          {t('whenGo')}
        </button>
      )}
      {fault ? (
        <span id={`${id}fault`} className={styles.fault} role="alert">
          {t(fault, { example: writeWhen(now, zone, english) })}
        </span>
      ) : null}
    </form>
  )
}
