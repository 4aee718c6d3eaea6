import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DESK_QUEUES, type DeskQueue } from '#server/contract/desk.ts'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import styles from './desk.module.css'
import { DeskRow } from './desk-row.tsx'
import { RatesPanel } from './rates-panel.tsx'
import { useDeskKeys } from './use-desk-keys.ts'

export type Counts = Answer['intake']['counts']
export type Line = Answer['intake']['queue']['rows'][number]

/** What waits for a person: four queues, each worked from the top, with the keyboard or by hand. */
export function DeskPage({ queue }: { queue: DeskQueue }) {
  const { t } = useTranslation(['desk', 'overview'])
  const format = useFormat()
  const counts = useQuery(api.intake.counts.queryOptions())
  const tabs = useRef<HTMLElement>(null)
  useEffect(() => {
    const current = tabs.current?.querySelector<HTMLElement>(`[data-queue="${queue}"]`)
    if (current && tabs.current) tabs.current.scrollLeft = current.offsetLeft - 16
  }, [queue])
  return (
    <div className={styles.page}>
      {counts.data ? (
        <Sentence>{sentenceOf(counts.data, t, format.number)}</Sentence>
      ) : (
        <Skeleton width="min(640px, 100%)" height={36} />
      )}
      <div className={styles.bar}>
        <nav ref={tabs} className={styles.tabs} aria-label={t('queues')}>
          {DESK_QUEUES.map((name) => (
            <Link
              key={name}
              data-queue={name}
              to="/desk"
              search={{ queue: name }}
              aria-current={name === queue ? 'page' : undefined}
            >
              {t(`queue.${name}`)}{' '}
              <span>{counts.data ? format.number(counts.data[name]) : '…'}</span>
            </Link>
          ))}
        </nav>
        <ExportLinks table="desk" search={`queue=${queue}`} />
      </div>
      <div className={styles.sheet}>
        <Queue key={queue} queue={queue} total={counts.data?.[queue]} />
        <RatesPanel queue={queue} />
      </div>
    </div>
  )
}

type Translate = ReturnType<typeof useTranslation<['desk', 'overview']>>['t']

function sentenceOf(counts: Counts, t: Translate, number: (value: number) => string) {
  const { unattended, complaints, addresses, messages, misdirected } = counts
  const all = complaints + addresses + messages + misdirected
  if (all === 0) return t('sentence.none')
  const waits = t('sentence.waits', { count: all, n: number(all) })
  return unattended > 0
    ? `${waits} ${t('overview:unattended', { count: unattended, n: number(unattended) })}`
    : waits
}

function Queue({ queue, total }: { queue: DeskQueue; total: number | undefined }) {
  const { t } = useTranslation('desk')
  const format = useFormat()
  const answer = useQuery(api.intake.queue.queryOptions({ queue }))
  /** What was done here and is on its way through the log. */
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())
  const rows = answer.data?.rows.filter(({ number }) => !done.has(number)) ?? []
  const keys = useDeskKeys(rows)
  if (answer.isError && !answer.data)
    return (
      <ErrorState
        what={t('failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  if (!answer.data) return <Skeleton height={420} />
  return (
    <section className={styles.queue} aria-label={t(`queue.${queue}`)}>
      <p className={styles.rule}>
        {t(`rule.${queue}`)}{' '}
        {rows.length > 0 ? <span className={styles.keys}>{t('keys')}</span> : null}
      </p>
      {answer.isError ? (
        <p className={styles.stale} role="status">
          {t('stale', { time: format.clock(answer.dataUpdatedAt) })}
        </p>
      ) : null}
      {rows.length === 0 ? (
        <div className={styles.none}>
          <EmptyState what={t(`empty.${queue}`)} todo={t('emptyTodo')} />
        </div>
      ) : (
        <ol ref={keys.list} className={styles.rows}>
          {rows.map((row) => (
            <DeskRow
              key={row.number}
              row={row}
              queue={queue}
              now={answer.data.now}
              selected={row.number === keys.selected}
              onSelect={() => keys.select(row.number)}
              onDone={() => setDone(new Set([...done, row.number]))}
            />
          ))}
        </ol>
      )}
      {total !== undefined && total > answer.data.rows.length ? (
        <p className={styles.rule}>
          {t('more', { n: format.number(total - answer.data.rows.length) })}
        </p>
      ) : null}
    </section>
  )
}
