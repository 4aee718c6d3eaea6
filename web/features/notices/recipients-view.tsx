import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import buttons from '#web/ui/button.module.css'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { SureButton } from '#web/ui/sure-button.tsx'
import styles from './notices.module.css'
import { RecipientForm } from './recipient-form.tsx'
import { useSigning } from './who.tsx'

export type Recipients = Answer['notices']['recipients']
export type Recipient = Recipients['recipients'][number]

/** Who is told, by which way and in which manner. */
export function RecipientsView() {
  const { t } = useTranslation('notices')
  const [open, setOpen] = useState<string | null>(null)
  const answer = useQuery(api.notices.recipients.queryOptions(undefined, { meta: { live: false } }))
  if (answer.isError && !answer.data)
    return (
      <ErrorState
        what={t('failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  if (!answer.data) return <Skeleton height={240} />
  const { recipients } = answer.data
  const close = () => setOpen(null)
  return (
    <Panel
      title={t('view.recipients')}
      actions={
        <button type="button" className={buttons.primary} onClick={() => setOpen('new')}>
          {t('recipients.add')}
        </button>
      }
    >
      <p className={styles.note}>{t('recipients.note')}</p>
      {open === 'new' ? (
        <RecipientForm recipient={null} known={answer.data} onDone={close} />
      ) : null}
      {recipients.length === 0 ? (
        <EmptyState what={t('recipients.none')} todo={t('recipients.noneTodo')} />
      ) : (
        <ul className={styles.lines}>
          {recipients.map((recipient) => (
            <li key={recipient.id}>
              <RecipientRow
                recipient={recipient}
                known={answer.data}
                onEdit={() => setOpen(recipient.id)}
              />
              {open === recipient.id ? (
                <RecipientForm recipient={recipient} known={answer.data} onDone={close} />
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface RecipientRowProps {
  recipient: Recipient
  known: Recipients
  onEdit: () => void
}

function RecipientRow({ recipient, known, onEdit }: RecipientRowProps) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { sign } = useSigning()
  const after = { onSuccess: () => queryClient.invalidateQueries() }
  const test = useMutation({ ...api.notices.testRecipient.mutationOptions(), ...after })
  const remove = useMutation({ ...api.notices.dropRecipient.mutationOptions(), ...after })
  const { id, name, channel, address, language, quiet, dangerAnyway, repeatMinutes } = recipient
  const minutes = (n: number) => format.duration(n * 60)
  const refused = test.error ?? remove.error
  return (
    <div className={styles.line}>
      <span className={styles.mark} />
      <div className={styles.said}>
        <p className={styles.title}>
          {name}
          <span className={styles.severity}>
            {t(`channel.${channel}`)} · <span className={styles.address}>{address}</span>
          </span>
        </p>
        <p className={styles.detail}>
          {[
            t(`language.${language}`),
            quiet ? t('recipients.quiet', quiet) : t('recipients.noQuiet'),
            ...(quiet && dangerAnyway ? [t('recipients.dangerAnyway')] : []),
            t('recipients.interval', { time: minutes(recipient.intervalMinutes) }),
            repeatMinutes > 0
              ? t('recipients.repeat', { time: minutes(repeatMinutes) })
              : t('recipients.noRepeat'),
            ...(recipient.tellsOver ? [t('recipients.over')] : []),
          ].join(' · ')}
        </p>
        {known.ways[channel] ? null : (
          <p className={styles.warned}>
            <StatusShape kind="watch" size={12} />
            {t('recipients.unset')} {t(`setUp.${channel}`)}
          </p>
        )}
        {refused ? (
          <p className={styles.refused} role="alert">
            {t('refused', { why: refused.message })}
          </p>
        ) : null}
        <p role="status" className={styles.detail}>
          {test.isSuccess ? t('recipients.tested') : ''}
        </p>
      </div>
      <div className={styles.act}>
        <button
          type="button"
          className={buttons.button}
          disabled={test.isPending}
          onClick={() => sign((by) => test.mutate({ id, by }))}
        >
          {t('recipients.test')}
        </button>
        <button type="button" className={buttons.button} onClick={onEdit}>
          {t('recipients.edit')}
        </button>
        <SureButton
          label={t('recipients.remove')}
          sure={t('recipients.removeSure')}
          onSure={() => sign((by) => remove.mutate({ id, by }))}
        />
      </div>
    </div>
  )
}
