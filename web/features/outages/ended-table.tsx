import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { Line } from './answers.ts'
import styles from './outages.module.css'
import { usePlace, useWhy } from './use-words.ts'

/** What is over, and what a person said was nothing: one line each, the newest first. */
export function EndedTable({ lines, now }: { lines: readonly Line[]; now: number }) {
  const { t } = useTranslation('outages')
  return (
    <section className={styles.group} aria-labelledby="outages-ended" id="ended">
      <header>
        <h2 id="outages-ended">{t('group.ended')}</h2>
      </header>
      <ul className={styles.ended}>
        {lines.map((line) => (
          <EndedRow key={line.id} line={line} now={now} />
        ))}
      </ul>
    </section>
  )
}

function EndedRow({ line, now }: { line: Line; now: number }) {
  const { t } = useTranslation('outages')
  const format = useFormat()
  const place = usePlace(line)
  const why = useWhy()
  const { announced, calls, dismissed, endedAt, resource, since } = line
  const end = endedAt ?? now
  const times = {
    time: format.when(end, now),
    length: format.duration(((announced ? end : (calls?.lastAt ?? end)) - since) / 1000),
  }
  const [first] = calls?.requests ?? []
  return (
    <li>
      <span className={styles.endedDay}>{format.when(since, now)}</span>
      <span>
        <b>{announced ? t(`gone.${resource}`) : t(`looksLike.${resource}`)}</b>{' '}
        <em>
          {announced
            ? t(announced.planned ? 'kind.planned' : 'kind.accident')
            : t(dismissed ? 'kind.dismissed' : 'kind.suspected')}
        </em>
        <br />
        {t('houses', { count: line.count, n: format.number(line.count) })}
        {place ? `, ${place}` : ''}
      </span>
      <span>
        {dismissed
          ? t('dismissedAs', {
              time: format.when(dismissed.at, now),
              reason: dismissed.reason,
            })
          : t(announced ? 'ended' : 'faded', times)}
        <br />
        {calls && !announced ? why(calls) : (announced?.cause ?? '')}
        {first ? (
          <>
            <br />
            <Link to="/requests/$request" params={{ request: first }} className={styles.rowLink}>
              {t('firstCall', { number: first })}
            </Link>
          </>
        ) : null}
      </span>
    </li>
  )
}
