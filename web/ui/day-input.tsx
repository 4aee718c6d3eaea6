import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { readDayOrTime, writeDayOrTime } from '#web/lib/wall-time.ts'
import styles from './day-input.module.css'
import fields from './field.module.css'

interface DayInputProps {
  /** YYYY-MM-DD, or an instant of an address; empty = none. */
  value: string
  onChange: (value: string) => void
  /** An instant may be written too. */
  time?: boolean
  required?: boolean
}

/** A day by the clocks of the city, in writing: a browser's own field would show another country's order and language. */
export function DayInput({ value, onChange, time = false, required = false }: DayInputProps) {
  const { t } = useTranslation('form')
  const { zone, language } = useFormat()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  /** What is being written, and what it was read as; another choice from outside puts it away. */
  const [draft, setDraft] = useState<{ text: string; value: string } | null>(null)
  const written = draft?.value === value ? draft.text : null
  const [left, setLeft] = useState(true)
  const shown = (of: string) => writeDayOrTime(of, zone, language === 'en')
  const read = (text: string) => {
    const found = text.trim() === '' ? '' : readDayOrTime(text, zone)
    return found === null || (found.includes('T') && !time) ? null : found
  }
  const faulty = written !== null && read(written) === null
  const hint = t(time ? 'timeHint' : 'dayHint')
  const fault = t('dayWrong', { example: shown(time ? EXAMPLE.time : EXAMPLE.day) })
  useEffect(() => input.current?.setCustomValidity(faulty ? fault : ''), [faulty, fault])
  return (
    <span className={styles.day}>
      <input
        ref={input}
        className={`${fields.input} ${styles.input}`}
        data-time={time || undefined}
        value={written ?? shown(value)}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('dayHint')}
        title={hint}
        required={required}
        aria-invalid={(faulty && left) || undefined}
        aria-describedby={faulty && left ? id : undefined}
        onFocus={() => setLeft(false)}
        onBlur={() => {
          setLeft(true)
          if (!faulty) setDraft(null)
        }}
        onChange={({ target }) => {
          const found = read(target.value)
          setDraft({ text: target.value, value: found ?? value })
          if (found !== null && found !== value) onChange(found)
        }}
      />
      {faulty && left ? (
        <span id={id} className={styles.fault} role="alert">
          {fault}
        </span>
      ) : null}
    </span>
  )
}

const EXAMPLE = { day: '2026-11-21', time: '2026-11-21T09:30:00Z' }
