import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { DayStrip } from './day-strip.tsx'
import { QuarantineLine } from './quarantine-line.tsx'
import { DAYS } from './search.ts'
import styles from './sources.module.css'

type Completeness = Answer['sources']['completeness']
type Counts = Completeness['sums'][number]['events']

const COUNTS = ['arrived', 'stored', 'known', 'quarantined', 'refused'] as const

interface CompletenessPanelProps {
  answer: Completeness
  days: (typeof DAYS)[number]
  nameOf: (id: string) => string
}

/** Every source over the days, with what became of what it sent; each line adds up. */
export function CompletenessPanel({ answer, days, nameOf }: CompletenessPanelProps) {
  const { t } = useTranslation(['sources', 'words'])
  const format = useFormat()
  const { from, to, sums } = answer
  const silentOf = (id: string) =>
    answer.days.filter((day) => day.source === id && day.silent).map(({ day }) => day)
  return (
    <Panel
      title={t('completeness.title')}
      note={format.days(from, to - 1)}
      finding={t('words:intakeRule')}
      actions={<ExportLinks table="completeness" search={`days=${days}`} />}
    >
      <nav className={styles.choice} aria-label={t('completeness.choice')}>
        {DAYS.map((n) => (
          <Link key={n} to="/sources" search={{ days: n }} data-current={n === days}>
            {t('completeness.days', { count: n, n: format.number(n) })}
          </Link>
        ))}
      </nav>
      {sums.length === 0 ? (
        <p className={styles.quiet}>{t('completeness.empty')}</p>
      ) : (
        <SideScroll label={t('completeness.strip')}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t('words:column.source')}</th>
                <th scope="col">{t('completeness.strip')}</th>
                <th scope="col">{t('words:column.unit')}</th>
                {COUNTS.map((count) => (
                  <th key={count} scope="col" className={styles.right}>
                    {t(`words:column.${count}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sums.map(({ source, events, rows }) => {
                const silent = silentOf(source)
                return (
                  <Lines key={source} events={events} rows={rows}>
                    <th scope="row">
                      {source === '' ? (
                        t('unnamed')
                      ) : (
                        <Link to="/sources/$source" params={{ source }} search={{ days }}>
                          {nameOf(source)}
                        </Link>
                      )}
                      {silent.length > 0 ? (
                        <small>
                          {t('completeness.silent', {
                            days: silent
                              .slice(0, 5)
                              .map((day) => format.days(day, day))
                              .join(', '),
                            count: silent.length,
                            n: format.number(silent.length),
                          })}
                        </small>
                      ) : null}
                    </th>
                    <td>
                      <DayStrip
                        days={answer.days.filter((day) => day.source === source)}
                        from={from}
                        to={to}
                      />
                    </td>
                  </Lines>
                )
              })}
            </tbody>
            <tfoot>
              <Sum unit="event" all={sums.map(({ events }) => events)} />
              <Sum unit="row" all={sums.map(({ rows }) => rows)} />
            </tfoot>
          </table>
        </SideScroll>
      )}
      <QuarantineLine />
    </Panel>
  )
}

function Lines({ events, rows, children }: { events: Counts; rows: Counts; children: ReactNode }) {
  const { t } = useTranslation('words')
  return (
    <>
      <tr>
        {children}
        <td className={styles.unit}>{t('intakeUnit.event')}</td>
        <CountCells counts={events} />
      </tr>
      {rows.arrived > 0 ? (
        <tr className={styles.second}>
          <td colSpan={2} />
          <td className={styles.unit}>{t('intakeUnit.row')}</td>
          <CountCells counts={rows} />
        </tr>
      ) : null}
    </>
  )
}

function CountCells({ counts }: { counts: Counts }) {
  const format = useFormat()
  return COUNTS.map((count) => (
    <td
      key={count}
      className={styles.right}
      data-amiss={(count === 'quarantined' || count === 'refused') && counts[count] > 0}
    >
      {format.number(counts[count])}
    </td>
  ))
}

function Sum({ unit, all }: { unit: 'event' | 'row'; all: readonly Counts[] }) {
  const { t } = useTranslation(['sources', 'words'])
  const sum = { arrived: 0, stored: 0, known: 0, quarantined: 0, refused: 0, batches: 0 }
  for (const counts of all) for (const name of COUNTS) sum[name] += counts[name]
  if (unit === 'row' && sum.arrived === 0) return null
  return (
    <tr>
      <th scope="row" colSpan={2}>
        {t('completeness.sum')}
      </th>
      <td className={styles.unit}>{t(`words:intakeUnit.${unit}`)}</td>
      <CountCells counts={sum} />
    </tr>
  )
}
