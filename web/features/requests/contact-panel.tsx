import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import styles from './contact-panel.module.css'

type Masked = Answer['contacts']['ofRequest']['fields'][number]

/** Who asks: masked, until somebody whose role allows it says why they need it. Absent where the source told of nobody. */
export function ContactPanel({ number }: { number: string }) {
  const { t } = useTranslation('contacts')
  const format = useFormat()
  const { data, isError } = useQuery(api.contacts.ofRequest.queryOptions({ number }))
  if (isError)
    return (
      <Panel title={t('title')}>
        <p className={styles.quiet} role="alert">
          {t('failed')}
        </p>
      </Panel>
    )
  if (!data || data.kept === 'none') return null
  const consent = data.consent === null ? null : t(data.consent ? 'consent' : 'noConsent')
  return (
    <Panel title={t('title')} note={consent}>
      {data.kept === 'kept' ? (
        <>
          <ul className={styles.fields}>
            {data.fields.map((field) => (
              <Field key={field.field} number={number} may={data.mayReveal} {...field} />
            ))}
          </ul>
          <p className={styles.quiet}>{t(data.mayReveal ? 'recorded' : 'mayNot')}</p>
        </>
      ) : (
        <p className={styles.quiet}>
          {data.erasedAt === null ? t('apart') : t('erased', { date: format.date(data.erasedAt) })}
        </p>
      )}
    </Panel>
  )
}

function Field({ number, field, masked, may }: Masked & { number: string; may: boolean }) {
  const { t } = useTranslation('contacts')
  const [asking, setAsking] = useState(false)
  // What was shown is gone with the page.
  const shown = useMutation({ ...api.contacts.reveal.mutationOptions(), gcTime: 0 })
  const value = shown.data?.value
  return (
    <li className={styles.field}>
      <span className={styles.name}>{t(`field.${field}`)}</span>
      <span className={field === 'text' ? styles.text : styles.value} aria-live="polite">
        {value ?? (field === 'text' ? t('letters', { count: Number(masked) }) : masked)}
      </span>
      {may && value === undefined && !asking ? (
        <button
          type="button"
          className={styles.show}
          onClick={() => setAsking(true)}
          aria-label={t('showField', { field: t(`field.${field}`) })}
        >
          {t('show')}
        </button>
      ) : null}
      {asking && value === undefined ? (
        <Why
          busy={shown.isPending}
          failed={shown.isError}
          onCancel={() => setAsking(false)}
          onWhy={(reason) => shown.mutate({ number, field, reason })}
        />
      ) : null}
    </li>
  )
}

interface WhyProps {
  busy: boolean
  failed: boolean
  onCancel: () => void
  onWhy: (reason: string) => void
}

const LEAST = 5

function Why({ busy, failed, onCancel, onWhy }: WhyProps) {
  const { t } = useTranslation('contacts')
  const [reason, setReason] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    onWhy(reason.trim())
  }
  return (
    <form className={styles.why} onSubmit={submit}>
      <label>
        <span>{t('why')}</span>
        <input
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
          autoFocus
          value={reason}
          minLength={LEAST}
          maxLength={200}
          required
          placeholder={t('whyExample')}
          onChange={(event) => setReason(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && onCancel()}
        />
      </label>
      <div className={styles.buttons}>
        <button
          type="submit"
          className={styles.apply}
          disabled={busy || reason.trim().length < LEAST}
        >
          {t('show')}
        </button>
        <button type="button" className={styles.show} onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
      {failed ? (
        <p className={styles.fault} role="alert">
          {t('refused')}
        </p>
      ) : null}
    </form>
  )
}
