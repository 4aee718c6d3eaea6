import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Answer, api, queryClient } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useRefused } from '#web/lib/use-refused.ts'
import buttons from '#web/ui/button.module.css'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { NoticeLink } from './notice-link.tsx'
import styles from './notices.module.css'
import { SeverityMark } from './severity-mark.tsx'
import { useNoticeTexts } from './use-texts.ts'
import { useSigning } from './who.tsx'

type Standing = Answer['notices']['list']
type Line = Standing['open'][number]

/** What stands, those that nobody has taken on first, and what was before. */
export function StandingView({ before }: { before: number | null }) {
  const { t } = useTranslation('notices')
  const answer = useQuery(
    api.notices.list.queryOptions(
      { before },
      { refetchInterval: 30_000, placeholderData: keepPreviousData },
    ),
  )
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
        <Skeleton height={220} />
        <Skeleton height={260} />
      </>
    )
  const { open } = answer.data
  const waiting = open.filter(({ acknowledged }) => !acknowledged)
  const taken = open.filter(({ acknowledged }) => acknowledged)
  return (
    <>
      <Waiting lines={waiting} now={answer.data.now} />
      {taken.length > 0 ? (
        <Panel title={t('now.taken')}>
          <ul className={styles.lines}>
            {taken.map((line) => (
              <NoticeRow key={line.id} line={line} now={answer.data.now} />
            ))}
          </ul>
        </Panel>
      ) : null}
      <Past standing={answer.data} before={before} />
    </>
  )
}

function useAcknowledge() {
  const whyRefused = useRefused()
  const { sign } = useSigning()
  const act = useMutation({
    ...api.notices.acknowledge.mutationOptions(),
    onSuccess: () => queryClient.invalidateQueries(),
  })
  return {
    busy: act.isPending,
    refused: whyRefused(act.error),
    acknowledge: (ids: string[]) => sign((by) => act.mutate({ ids, by })),
  }
}

function Waiting({ lines, now }: { lines: readonly Line[]; now: number }) {
  const { t } = useTranslation('notices')
  const { acknowledge, busy, refused } = useAcknowledge()
  return (
    <Panel
      title={t('now.open')}
      actions={
        lines.length > 1 ? (
          <button
            type="button"
            className={buttons.button}
            disabled={busy}
            onClick={() => acknowledge(lines.map(({ id }) => id).slice(0, 500))}
          >
            {t('now.acknowledgeAll')}
          </button>
        ) : null
      }
    >
      {refused ? (
        <p className={styles.refused} role="alert">
          {t('refused', { why: refused })}
        </p>
      ) : null}
      {lines.length === 0 ? (
        <EmptyState what={t('now.nothing')} />
      ) : (
        <ul className={styles.lines}>
          {lines.map((line) => (
            <NoticeRow
              key={line.id}
              line={line}
              now={now}
              act={
                <button
                  type="button"
                  className={line.severity === 'danger' ? buttons.primary : buttons.button}
                  disabled={busy}
                  onClick={() => acknowledge([line.id])}
                >
                  {t('now.acknowledge')}
                </button>
              }
            />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function NoticeRow({ line, now, act }: { line: Line; now: number; act?: ReactNode }) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { textOf } = useNoticeTexts()
  const { title, details, path } = textOf(line)
  const { severity, firedAt, acknowledged, name } = line
  return (
    <li className={styles.line} data-severity={severity}>
      <span className={styles.mark}>
        <SeverityMark severity={severity} size={15} />
      </span>
      <div className={styles.said}>
        <p className={styles.title}>
          <NoticeLink path={path}>{title}</NoticeLink>
          <span className={styles.severity}>{t(`severity.${severity}`)}</span>
        </p>
        <p className={styles.detail}>{[...details, ...(name ? [name] : [])].join(' · ')}</p>
        <p className={styles.detail}>
          {format.when(firedAt, now)} ·{' '}
          {t('now.firedAgo', { time: format.duration((now - firedAt) / 1000) })}
          {acknowledged ? (
            <>
              {' '}
              ·{' '}
              <b>{t('now.by', { by: acknowledged.by, time: format.when(acknowledged.at, now) })}</b>
            </>
          ) : null}
        </p>
      </div>
      {act ? <div className={styles.act}>{act}</div> : null}
    </li>
  )
}

function Past({ standing, before }: { standing: Standing; before: number | null }) {
  const { t } = useTranslation('notices')
  const format = useFormat()
  const { textOf } = useNoticeTexts()
  const { past, now, more, open } = standing
  const last = past.at(-1)
  return (
    <Panel title={t('now.past')}>
      {past.length === 0 ? (
        <EmptyState what={t(open.length > 0 ? 'now.pastNoneEnded' : 'now.pastNothing')} />
      ) : (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('now.when')}</th>
              <th scope="col">{t('now.peak')}</th>
              <th scope="col">{t('now.who')}</th>
            </tr>
          </thead>
          <tbody>
            {past.map((line) => {
              const { title, details, path } = textOf(line)
              const { id, firedAt, overAt, acknowledged, severity } = line
              return (
                <tr key={id}>
                  <td className={styles.time}>
                    {format.when(firedAt, now)}
                    <small>
                      {t('now.lasted', {
                        time: format.duration(((overAt ?? now) - firedAt) / 1000),
                      })}
                    </small>
                  </td>
                  <td>
                    <span className={styles.withMark}>
                      <SeverityMark severity={severity} size={11} />
                      <NoticeLink path={path}>{title}</NoticeLink>
                    </span>
                    <small>{details.join(' · ')}</small>
                  </td>
                  <td className={styles.by}>
                    {acknowledged ? acknowledged.by : <span>{t('now.nobody')}</span>}
                    {acknowledged ? <small>{format.when(acknowledged.at, now)}</small> : null}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <p className={styles.turn}>
        {more && last ? (
          <Link to="/notices" search={{ before: last.firedAt }}>
            {t('now.more')}
          </Link>
        ) : null}
        {before !== null ? (
          <Link to="/notices" search={{}}>
            {t('now.less')}
          </Link>
        ) : null}
      </p>
    </Panel>
  )
}
