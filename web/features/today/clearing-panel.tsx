import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { AsTable, EmptyState, Skeleton } from '#web/ui/states.tsx'
import type { Queue } from './answers.ts'
import { useQueueWords } from './phrases.ts'
import { QueueChart } from './queue-chart.tsx'
import { Scroll } from './scroll.tsx'
import styles from './today-page.module.css'
import type { AheadState } from './use-ahead.ts'

interface ClearingPanelProps {
  ahead: AheadState
  today: number
  /** Opens what it all means. */
  onMethod: () => void
}

/** When the queue clears: what was open, and how its courses go. */
export function ClearingPanel({ ahead: { data, why }, today, onMethod }: ClearingPanelProps) {
  const { t } = useTranslation('today')
  const { t: shell } = useTranslation('shell')
  const [table, setTable] = useState(false)
  return (
    <Panel
      title={t('queue.title')}
      note={t('queue.note')}
      finding={data ? <Finding queue={data.queue} onMethod={onMethod} /> : null}
      actions={
        data ? (
          <AsTable
            pressed={table}
            onToggle={() => setTable(!table)}
            label={shell(table ? 'asChart' : 'asTable')}
          />
        ) : null
      }
    >
      {data ? (
        <div className={styles.room}>
          {table ? (
            <QueueTable queue={data.queue} today={today} />
          ) : (
            <QueueChart queue={data.queue} today={today} />
          )}
        </div>
      ) : why ? (
        <EmptyState what={why} />
      ) : (
        <Skeleton height="100%" />
      )}
    </Panel>
  )
}

function Finding({ queue, onMethod }: { queue: Queue; onMethod: () => void }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const words = useQueueWords()
  const { outcome, share } = queue
  const found = [
    words(queue).replaceAll(/[[\]]/g, ''),
    ...(outcome === 'maybe' || outcome === 'never'
      ? [t('queue.share', { share: format.percent(share) })]
      : []),
    t('queue.method', { weeks: queue.weeks }),
  ].join(' ')
  return (
    <>
      {found}{' '}
      <button type="button" className={styles.inline} onClick={onMethod}>
        {t('queue.more')}
      </button>
    </>
  )
}

function QueueTable({ queue, today }: { queue: Queue; today: number }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  return (
    <Scroll label={t('queue.title')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('queue.dayEnd')}</th>
            <th scope="col">{t('queue.open')}</th>
            <th scope="col">80&nbsp;%</th>
          </tr>
        </thead>
        <tbody>
          {queue.path.map(({ value, lower, upper }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the day
            <tr key={i}>
              <th scope="row">{format.weekdayAndDay(today + i)}</th>
              <td>{format.number(Math.round(value))}</td>
              <td>{format.range(lower, upper)}</td>
            </tr>
          ))}
          {queue.past.toReversed().map(({ day, open }) => (
            <tr key={day}>
              <th scope="row">{format.weekdayAndDay(day)}</th>
              <td>{format.number(open)}</td>
              <td>–</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
