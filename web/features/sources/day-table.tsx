import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { DayStrip } from './day-strip.tsx'
import styles from './sources.module.css'

type Completeness = Answer['sources']['completeness']
type Day = Completeness['days'][number]

const COUNTS = ['arrived', 'stored', 'known', 'quarantined', 'refused'] as const

/** The days of one source, newest first; each line adds up. Days on which nothing came and nothing was missed are left out. */
export function DayTable({ answer }: { answer: Completeness }) {
  const { t } = useTranslation(['sources', 'words'])
  const { days, from, to } = answer
  if (days.length === 0) return <p className={styles.quiet}>{t('days.empty')}</p>
  return (
    <>
      <DayStrip days={days} from={from} to={to} />
      <SideScroll label={t('completeness.strip')}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('words:column.day')}</th>
              {COUNTS.map((count) => (
                <th key={count} scope="col" className={styles.right}>
                  {t(`words:column.${count}`)}
                </th>
              ))}
              <th scope="col" className={styles.right}>
                {t('words:column.registeredThatDay')}
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <DayRow key={day.day} day={day} />
            ))}
          </tbody>
        </table>
      </SideScroll>
    </>
  )
}

function DayRow({ day }: { day: Day }) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const { events, rows, registered, test, silent } = day
  return (
    <tr data-silent={silent}>
      <th scope="row">
        {format.dayShort(day.day)}
        {silent ? (
          <small className={styles.silent}>
            <StatusShape kind="watch" size={10} /> {t('days.silent')}
          </small>
        ) : null}
        {rows.arrived > 0 ? <small>{t('days.rows')}</small> : null}
      </th>
      {COUNTS.map((count) => (
        <td
          key={count}
          className={styles.right}
          data-amiss={
            (count === 'quarantined' || count === 'refused') && events[count] + rows[count] > 0
          }
        >
          {format.number(events[count])}
          {rows.arrived > 0 ? <small>{format.number(rows[count])}</small> : null}
        </td>
      ))}
      <td className={styles.right}>
        {format.number(registered)}
        {test > 0 ? <small>{t('days.test', { n: format.number(test) })}</small> : null}
      </td>
    </tr>
  )
}
