import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import type { Evidence } from './finding.ts'
import styles from './integrity.module.css'

/** Times of an account, or documents, each of which opens its requests. */
export function Cases({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  const { cases, casesInAll } = evidence
  const [first] = cases
  if (!first) return null
  return (
    <Panel
      title={t(first.kind === 'burst' ? 'cases.bursts' : 'cases.scans')}
      note={
        casesInAll > cases.length
          ? t('cases.more', {
              shown: format.number(cases.length),
              all: format.number(casesInAll),
            })
          : undefined
      }
    >
      <ul className={styles.cases}>
        {cases.map((one) => (
          <li key={`${one.name} ${one.at}`}>
            <Link to="/requests" search={one.filter} className={styles.number}>
              {t('cases.requests', { count: one.requests, n: format.number(one.requests) })}
            </Link>
            {one.kind === 'burst' ? (
              <span>
                {t((one.minutes ?? 1) > 1 ? 'cases.minutes.ten' : 'cases.minutes.one')},{' '}
                {format.dateTime(one.at ?? 0)}
                <span className={styles.quiet}>, {t('cases.account', { name: one.name })}</span>
              </span>
            ) : (
              <span className={styles.quiet}>{one.name}</span>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const SHOWN = 10

/** Requests for a spot check, taken without regard to what they are; of lowered emergencies all thirty. */
export function Sample({ evidence }: { evidence: Evidence }) {
  const { t } = useTranslation(['integrity', 'words'])
  const format = useFormat()
  const { sample, finding } = evidence
  const rows = finding.indicator === 'downgrading' ? sample : sample.slice(0, SHOWN)
  if (rows.length === 0) return null
  const date = (instant: number | null) => (instant === null ? '' : format.dateTime(instant))
  return (
    <Panel
      title={t('cases.rows')}
      note={t('cases.sample', { n: format.number(rows.length) })}
      flush
    >
      <table className={styles.rows}>
        <thead>
          <tr>
            <th scope="col">{t('cases.number')}</th>
            <th scope="col">{t('cases.where')}</th>
            <th scope="col" className={styles.wide}>
              {t('cases.registered')}
            </th>
            <th scope="col">{t('cases.closed')}</th>
            <th scope="col" className={styles.wide}>
              {t('cases.due')}
            </th>
            <th scope="col" className={styles.wide}>
              {t('cases.outcome')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.number}>
              <th scope="row">
                <Link to="/requests/$request" params={{ request: row.number }}>
                  {row.number}
                </Link>
              </th>
              <td>
                {row.address ? inLanguage(row.address, format.language) : null}
                <span className={styles.quiet}>
                  {row.category ? inLanguage(row.category, format.language) : null}
                </span>
              </td>
              <td className={styles.wide}>{date(row.registeredAt)}</td>
              <td>{date(row.firstClosedAt)}</td>
              <td className={styles.wide}>{date(row.dueAt)}</td>
              <td className={styles.wide}>{t(`words:outcome.${row.outcome}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
