import { type FormEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './act-form.module.css'
import buttons from './button.module.css'
import fields from './field.module.css'
import text from './text.module.css'

interface ActFormProps {
  title: string
  /** What follows from it. */
  note?: string
  act: string
  busy: boolean
  /** What the server said against it. */
  refused: string | undefined
  onSubmit: (fields: FormData) => void
  onCancel: () => void
  children: ReactNode
}

/** What a person does here becomes an event: it says what follows, and can be left, with Escape too, for where it was opened. */
export function ActForm(props: ActFormProps) {
  const { t } = useTranslation('form')
  const [opener] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus()
    },
    [opener],
  )
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    props.onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form
      className={styles.form}
      onSubmit={submit}
      onKeyDown={({ key, defaultPrevented }) => {
        if (key === 'Escape' && !defaultPrevented) props.onCancel()
      }}
      aria-label={props.title}
    >
      <h3>{props.title}</h3>
      <div className={styles.fields}>{props.children}</div>
      {props.note ? <p className={text.quiet}>{props.note}</p> : null}
      {props.refused ? (
        <p className={styles.refused} role="alert">
          {t('refused', { why: props.refused })}
        </p>
      ) : null}
      <p className={styles.buttons}>
        <button type="submit" className={buttons.primary} disabled={props.busy}>
          {props.act}
        </button>
        <button type="button" className={buttons.button} onClick={props.onCancel}>
          {t('cancel')}
        </button>
      </p>
    </form>
  )
}

/** A text of the form; empty is undefined. */
export const fieldOf = (fields: FormData, name: string): string | undefined => {
  const value = fields.get(name)
  return typeof value === 'string' && value.trim() ? value.trim() : undefined
}

export const Field = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
  <label className={fields.field}>
    <span>{label}</span>
    {children}
  </label>
)
