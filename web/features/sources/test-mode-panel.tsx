import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import { Panel } from '#web/ui/panel.tsx'
import styles from './sources.module.css'

type One = Answer['sources']['one']

/** When the source was in test mode, and the switch: it wants a reason, because numbers change with it. */
export function TestModePanel({ one: { source, periods, now } }: { one: One }) {
  const { t } = useTranslation('sources')
  const whyRefused = useRefused()
  const format = useFormat()
  const client = useQueryClient()
  const [asking, setAsking] = useState(false)
  const act = useMutation(
    api.sources.setTestMode.mutationOptions({
      onSuccess: async () => {
        setAsking(false)
        await client.invalidateQueries()
      },
    }),
  )
  const test = source.test === null
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = new FormData(event.currentTarget).get('reason')
    act.mutate({ source: source.id, test, reason: typeof reason === 'string' ? reason : '' })
  }
  if (source.kind === 'desk') return null
  return (
    <Panel title={t('test.title')}>
      <p className={styles.words}>{t(source.test ? 'test.on' : 'test.off')}</p>
      {periods.length > 0 ? (
        <ul className={styles.rows}>
          {periods.map(({ from, to, reason }) => (
            <li key={from}>
              <b>
                {to === null
                  ? t('test.since', { from: format.when(from, now) })
                  : t('test.period', { from: format.when(from, now), to: format.when(to, now) })}
              </b>{' '}
              {reason ?? t('test.told')}
            </li>
          ))}
        </ul>
      ) : null}
      {asking ? (
        <form className={styles.form} onSubmit={submit}>
          <label>
            <span>{t('test.reason')}</span>
            <input name="reason" required maxLength={300} />
          </label>
          <p className={styles.quiet}>{t(test ? 'test.begins' : 'test.ends')}</p>
          {act.isError ? (
            <p className={styles.fault} role="alert">
              {t('test.refused', { why: whyRefused(act.error) })}
            </p>
          ) : null}
          <p className={styles.buttons}>
            <button type="submit" className={styles.primary} disabled={act.isPending}>
              {t(test ? 'test.begin' : 'test.end')}
            </button>
            <button type="button" className={styles.button} onClick={() => setAsking(false)}>
              {t('test.cancel')}
            </button>
          </p>
        </form>
      ) : (
        <p className={styles.buttons}>
          <button type="button" className={styles.button} onClick={() => setAsking(true)}>
            {t(test ? 'test.begin' : 'test.end')}
          </button>
        </p>
      )}
    </Panel>
  )
}
