import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FAULT_MARKS, inLanguage } from '#server/contract/vocabulary.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Due } from '#web/ui/due.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import type { Card, Line } from './card.ts'
import styles from './request-tables.module.css'

/** Closed requests shown before the rest is asked for. */
const FIRST = 5
const WINDOW_DAYS = 14
const DAY = 86_400_000

/** Open requests: danger first, then by due time. */
export function OpenRequests({ card }: { card: Card }) {
  const { t } = useTranslation(['buildings', 'words', 'due'])
  const format = useFormat()
  const now = useNow(60_000)
  if (card.openCount === 0)
    return (
      <Panel title={t('open.title', { n: '0' })}>
        <EmptyState what={t('open.none')} />
      </Panel>
    )
  return (
    <Panel
      title={t('open.title', { n: format.number(card.openCount) })}
      note={t('open.note', { time: format.clock(now) })}
    >
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('open.number')}</th>
            <th scope="col">{t('open.what')}</th>
            <th scope="col">{t('open.stage')}</th>
            <th scope="col" className={styles.end}>
              {t('open.due')}
            </th>
          </tr>
        </thead>
        <tbody>
          {card.open.map((line) => (
            <tr key={line.number}>
              <td>
                <NumberLine line={line} />
                <span className={styles.under}>{format.when(line.registeredAt, now)}</span>
              </td>
              <td className={styles.what}>
                <What line={line} />
              </td>
              <td className={styles.stage}>
                {line.stateAt === null || line.state === 'registered'
                  ? t(`words:state.${line.state}`)
                  : t('open.stageSince', {
                      state: t(`words:state.${line.state}`),
                      time: format.when(line.stateAt, now),
                    })}
                {line.reopenings > 0 && line.state !== 'reopened' ? (
                  <span className={styles.reopened}>{t('open.reopened')}</span>
                ) : null}
              </td>
              <td className={styles.end}>
                <Due
                  dueAt={line.dueAt}
                  closedAt={null}
                  now={now}
                  emergency={line.priority === 'emergency'}
                  faulty={line.marks.some((mark) => FAULT_MARKS.includes(mark))}
                />
                {line.dueAt === null ? null : (
                  <span className={styles.under}>
                    {t('due:norm', {
                      time: format.duration((line.dueAt - line.registeredAt) / 1000),
                    })}
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {card.openCount > card.open.length ? (
        <Link to="/requests" search={{ building: [card.building.id], is: ['open'] }}>
          {t('open.all')}
        </Link>
      ) : null}
    </Panel>
  )
}

/** Closed so lately that the resident may still say that it is not done. */
export function ClosedLately({ card }: { card: Card }) {
  const { t } = useTranslation(['buildings', 'words'])
  const format = useFormat()
  const [all, setAll] = useState(false)
  const lines = all ? card.closedLately : card.closedLately.slice(0, FIRST)
  return (
    <Panel
      title={t('closed.title', { n: format.number(card.closedLately.length) })}
      note={t('closed.note')}
    >
      <table className={styles.table}>
        <tbody>
          {lines.map((line) => (
            <tr key={line.number}>
              <td>
                <NumberLine line={line} />
                <span className={styles.under}>
                  {t('closed.closedAt', { date: shortDate(format, line.closedAt ?? 0) })}
                </span>
              </td>
              <td className={styles.what}>
                <What line={line} />
              </td>
              <td className={styles.stage}>{t(`words:outcome.${line.outcome}`)}</td>
              <td className={styles.end}>
                {t('closed.until', {
                  date: shortDate(format, (line.closedAt ?? 0) + WINDOW_DAYS * DAY),
                })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length < card.closedLately.length ? (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {t('closed.more', { n: format.number(card.closedLately.length - lines.length) })}
        </button>
      ) : null}
    </Panel>
  )
}

/** 21 ноя: the year is that of the page. */
const shortDate = (format: ReturnType<typeof useFormat>, instant: number) =>
  format.date(instant).replace(/[\s\u00a0]\d{4}$/, '')

const NumberLine = ({ line }: { line: Line }) => (
  <Link to="/requests/$request" params={{ request: line.number }} className={styles.number}>
    {line.number}
  </Link>
)

function What({ line }: { line: Line }) {
  const { t } = useTranslation('buildings')
  const { language } = useFormat()
  return (
    <>
      <strong>{line.category ? inLanguage(line.category, language) : ''}</strong>
      {line.entrance ? (
        <span className={styles.under}>{t('open.entrance', { n: line.entrance })}</span>
      ) : null}
    </>
  )
}
