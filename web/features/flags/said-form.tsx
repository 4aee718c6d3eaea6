import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './course.module.css'

interface SaidProps {
  title: string
  label: string
  /** What follows from it. */
  note: string
  act: string
  longest: number
  busy: boolean
  /** What the server said against it. */
  refused: string | undefined
  onSubmit: (text: string) => void
  onCancel: () => void
  children?: ReactNode
}

const SHORTEST = 5

/** Words that become an event of the log: they are kept for ever, so that the form says what follows. */
export function Said(props: SaidProps) {
  const { t } = useTranslation('flags')
  const [text, setText] = useState('')
  const id = useId()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    props.onSubmit(text.trim())
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label={props.title}>
      <h3>{props.title}</h3>
      {props.children}
      <label htmlFor={id}>{props.label}</label>
      <textarea
        id={id}
        rows={props.longest > 1000 ? 8 : 3}
        maxLength={props.longest}
        minLength={SHORTEST}
        required
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <p className={styles.quiet}>{props.note}</p>
      {props.refused ? (
        <p className={styles.refused} role="alert">
          {t('course.refused', { why: props.refused })}
        </p>
      ) : null}
      <p className={styles.buttons}>
        <button
          type="submit"
          className={styles.primary}
          disabled={props.busy || text.trim().length < SHORTEST}
        >
          {props.act}
        </button>
        <button type="button" className={styles.button} onClick={props.onCancel}>
          {t('course.cancel')}
        </button>
      </p>
    </form>
  )
}
