import type { FormEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import buttons from '#web/ui/button.module.css'
import styles from './outages.module.css'

interface ActFormProps {
  title: string
  /** What follows from it. */
  note?: string
  act: string
  busy: boolean
  refused: string | undefined
  onSubmit: (fields: FormData) => void
  onCancel: () => void
  children: ReactNode
}

/** What a person does here becomes an event: it says what follows, and can be left. */
export function ActForm(props: ActFormProps) {
  const { t } = useTranslation('outages')
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    props.onSubmit(new FormData(event.currentTarget))
  }
  return (
    <form className={styles.form} onSubmit={submit} aria-label={props.title}>
      <div className={styles.fields}>{props.children}</div>
      {props.note ? <p className={styles.quiet}>{props.note}</p> : null}
      {props.refused ? (
        <p className={styles.refused} role="alert">
          {t('refused', { why: props.refused })}
        </p>
      ) : null}
      <p className={styles.acts}>
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

export const textOf = (fields: FormData, name: string): string => {
  const value = fields.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
