import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import styles from './incident-panel.module.css'
import { RequestList } from './other-requests.tsx'
import type { Card } from './request-facts.tsx'

/** The other requests of the same mass event, and the word of a person on whether this one belongs to it. */
export function IncidentPanel({ card }: { card: Card }) {
  const { t } = useTranslation('incident')
  const format = useFormat()
  const { head, size, others, byPerson } = card.belonging.incident
  const beyond = size - 1 - others.length
  return (
    <Panel title={t('title')} note={t('size', { count: size, n: format.number(size) })}>
      <p className={styles.plain}>
        {head !== null ? (
          <Trans
            t={t}
            i18nKey="of"
            values={{ number: head }}
            components={{ head: <Link to="/requests/$request" params={{ request: head }} /> }}
          />
        ) : size > 1 ? (
          t('first')
        ) : (
          t('alone')
        )}{' '}
        {byPerson ? t('byPerson') : size > 1 ? t('byRule') : null}
      </p>
      <RequestList
        lines={others}
        alike={others.every((line) => sameFault(line, card.line))}
        first={8}
      />
      {beyond > 0 ? (
        <p className={styles.plain}>{t('more', { n: format.number(beyond) })}</p>
      ) : null}
      {card.knownAt === null ? <Decide key={card.line.number} card={card} /> : null}
    </Panel>
  )
}

const sameFault = (a: Card['line'], b: Card['line']) => a.category?.ru === b.category?.ru

/** What is written arrives with the live feed like everything else; until then it is only said to be saved. */
function Decide({ card }: { card: Card }) {
  const { t } = useTranslation('incident')
  const [to, setTo] = useState('')
  const join = useMutation(api.requests.join.mutationOptions())
  const split = useMutation(api.requests.split.mutationOptions())
  const { number } = card.line
  const { head, size } = card.belonging.incident
  const busy = join.isPending || split.isPending
  const fault = join.error ?? split.error
  const submit = (event: FormEvent) => {
    event.preventDefault()
    split.reset()
    join.mutate({ number, to: to.trim() }, { onSuccess: () => setTo('') })
  }
  return (
    <form className={styles.decide} onSubmit={submit}>
      <label className={styles.to}>
        <span>{t('joinTo')}</span>
        <input
          value={to}
          onChange={(event) => setTo(event.target.value)}
          maxLength={128}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <button type="submit" className={styles.button} disabled={busy || to.trim() === ''}>
        {t('join')}
      </button>
      {head !== null || size > 1 ? (
        <button
          type="button"
          className={styles.button}
          disabled={busy}
          onClick={() => {
            join.reset()
            split.mutate({ number })
          }}
        >
          {t('split')}
        </button>
      ) : null}
      <p className={fault ? styles.fault : styles.said} role="status">
        {fault
          ? t('failed', { why: fault.message })
          : join.isSuccess || split.isSuccess
            ? t('saved')
            : null}
      </p>
    </form>
  )
}
