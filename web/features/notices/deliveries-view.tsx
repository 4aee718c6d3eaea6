import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import buttons from '#web/ui/button.module.css'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './notices.module.css'
import { useNoticeTexts } from './use-texts.ts'
import { useSigning } from './who.tsx'

type Deliveries = Answer['notices']['deliveries']
type Letter = Deliveries['letters'][number]

/** Every message, each of its attempts, and the ways they go. What did not arrive is sent again by hand. */
export function DeliveriesView({ onlyDead }: { onlyDead: boolean }) {
  const { t } = useTranslation('notices')
  const answer = useQuery(api.notices.deliveries.queryOptions(undefined, { refetchInterval: 5000 }))
  if (answer.isError && !answer.data)
    return (
      <ErrorState
        what={t('failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  if (!answer.data)
    return (
      <>
        <Skeleton height={140} />
        <Skeleton height={320} />
      </>
    )
  const { letters, now, faults } = answer.data
  const shown = letters.filter(({ state }) => !onlyDead || state === 'dead')
  const settings = faults.find((fault) => fault.startsWith('notices.json'))
  return (
    <>
      {settings ? (
        <p className={styles.refused} role="alert">
          {settings}
        </p>
      ) : null}
      <Ways channels={answer.data.channels} />
      <Panel
        title={t('deliveries.letters')}
        note={t('deliveries.note')}
        actions={
          <Link
            to="/notices"
            search={{ view: 'deliveries', ...(onlyDead ? {} : { dead: true }) }}
            aria-current={onlyDead ? 'true' : undefined}
            className={styles.filter}
            activeOptions={{ exact: true, includeSearch: true }}
          >
            {t('deliveries.onlyDead')}
          </Link>
        }
      >
        {shown.length === 0 ? (
          <EmptyState what={t('deliveries.none')} todo={t('deliveries.noneTodo')} />
        ) : (
          <ul className={styles.lines}>
            {shown.map((letter) => (
              <LetterRow key={letter.id} letter={letter} now={now} />
            ))}
          </ul>
        )}
      </Panel>
    </>
  )
}

function Ways({ channels }: { channels: Deliveries['channels'] }) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  return (
    <Panel title={t('deliveries.channels')}>
      <ul className={styles.ways}>
        {channels.map(({ channel, configured, failing, lastFailure, sent, waiting, dead }) => (
          <li key={channel}>
            <p className={styles.title}>
              {failing ? <StatusShape kind="watch" size={12} /> : null}
              {t(`channel.${channel}`)}
              <span className={styles.severity}>
                {t(configured ? 'deliveries.configured' : 'deliveries.notConfigured')}
              </span>
            </p>
            <p className={styles.detail}>
              {t('deliveries.counts', {
                sent: format.number(sent),
                waiting: format.number(waiting),
                dead: format.number(dead),
              })}
            </p>
            {configured ? null : <p className={styles.detail}>{t(`setUp.${channel}`)}</p>}
            {failing && lastFailure ? (
              <p className={styles.detail}>
                {t('deliveries.failing', { why: lastFailure.detail })}
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function LetterRow({ letter, now }: { letter: Letter; now: number }) {
  const { t } = useTranslation('notices')
  const whyRefused = useRefused()
  const format = useFormat()
  const { textOf, words } = useNoticeTexts()
  const { sign } = useSigning()
  const again = useMutation({
    ...api.notices.sendAgain.mutationOptions(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  const { id, state, channel, recipient, kind, counts, first, attempts, reason, at, nextAt } =
    letter
  const all = counts.began + counts.over + counts.standing
  const isOver = counts.began + counts.standing === 0 && counts.over > 0
  const title = first ? textOf(first).title : t('deliveries.kind.test')
  return (
    <li className={styles.line} data-state={state}>
      <span className={styles.mark}>
        {state === 'dead' ? <StatusShape kind="watch" size={15} /> : null}
      </span>
      <div className={styles.said}>
        <p className={styles.title}>
          {isOver ? words.over(title) : title}
          {all > 1 ? (
            <span className={styles.severity}>
              {t('deliveries.more', { n: format.number(all - 1) })}
            </span>
          ) : null}
        </p>
        <p className={styles.detail}>
          {[
            recipient ?? t('deliveries.removed'),
            t(`channel.${channel}`),
            t(`deliveries.kind.${kind}`),
            format.when(at, now),
          ].join(' · ')}
        </p>
        <details className={styles.attempts}>
          <summary>
            <b>{t(`deliveries.state.${state}`)}</b>
            {attempts.length > 0
              ? ` · ${t('deliveries.attempts', { count: attempts.length, n: format.number(attempts.length) })}`
              : null}
            {reason ? ` · ${reason}` : null}
            {nextAt !== null && nextAt > now
              ? ` · ${t('deliveries.next', { time: format.when(nextAt, now) })}`
              : null}
          </summary>
          <ul>
            {attempts.map((attempt) => (
              <li key={`${attempt.at} ${attempt.result}`}>
                {[
                  format.clockSeconds(attempt.at),
                  t(`deliveries.result.${attempt.result}`),
                  attempt.detail || attempt.by || '',
                  ...(attempt.result === 'again'
                    ? []
                    : [t('deliveries.latency', { n: format.number(attempt.latencyMs) })]),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </li>
            ))}
          </ul>
        </details>
        {again.error ? (
          <p className={styles.refused} role="alert">
            {t('refused', { why: whyRefused(again.error) })}
          </p>
        ) : null}
      </div>
      {state === 'dead' ? (
        <div className={styles.act}>
          <button
            type="button"
            className={buttons.button}
            disabled={again.isPending || recipient === null}
            onClick={() => sign((by) => again.mutate({ id, by }))}
          >
            {t('deliveries.again')}
          </button>
        </div>
      ) : null}
    </li>
  )
}
