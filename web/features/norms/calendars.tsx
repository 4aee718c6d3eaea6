import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Answer, api } from '#web/api.ts'
import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useNormWords } from '#web/ui/norm.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { saidOf } from './found.ts'
import styles from './norms.module.css'

type Calendar = Answer['norms']['calendar'][number]

/** Holidays and moved days of a year, by calendar. */
export function Calendars({ now, year: asked }: { now: number; year: number | undefined }) {
  const { t } = useTranslation('norms')
  const { zone } = useFormat()
  const year = asked ?? cityTime(now, zone).year
  const answer = useQuery(
    api.norms.calendar.queryOptions({ year }, { placeholderData: keepPreviousData }),
  )
  return (
    <section className={styles.pack} aria-labelledby="calendars">
      <h2 id="calendars">
        {t('calendars')} <span>{t('calendarOf', { year: String(year) })}</span>
        <nav className={styles.years}>
          <Link to="/norms" search={{ year: year - 1 }} hash="calendars" title={t('previousYear')}>
            {year - 1}
          </Link>
          <Link to="/norms" search={{ year: year + 1 }} hash="calendars" title={t('nextYear')}>
            {year + 1}
          </Link>
        </nav>
      </h2>
      {answer.data ? (
        answer.data.map((calendar) => <CalendarYear key={calendar.id} calendar={calendar} />)
      ) : (
        <Skeleton height={260} />
      )}
    </section>
  )
}

function CalendarYear({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('norms')
  const format = useFormat()
  const { timeOfDay } = useNormWords()
  const spans = (calendar.week.find((hours) => hours.length > 0) ?? [])
    .map(([from, to]) => `${timeOfDay(from)}–${timeOfDay(to)}`)
    .join(', ')
  return (
    <div className={styles.calendar}>
      <h3>
        {saidOf(calendar.name, format.language)}
        <span className={styles.quiet}>
          {' '}
          {t('workingDays', { count: calendar.working, n: format.number(calendar.working) })}
        </span>
      </h3>
      <p className={calendar.known === 'decree' ? styles.quiet : styles.warning}>
        {t(`known.${calendar.known ?? 'nobody'}`)} {t('week', { hours: spans })}
      </p>
      <ol className={styles.days}>
        {calendar.days.map(({ day, why, name }) => (
          <li key={day}>
            <span className={styles.date}>
              {format.dayShort(day)}, {format.weekdayShort((((day + 3) % 7) + 7) % 7)}
            </span>
            <span>
              {name ? saidOf(name, format.language) : t(`why.${why}`)}
              {name && why !== 'holiday' ? `, ${t(`why.${why}`)}` : null}
            </span>
          </li>
        ))}
      </ol>
      {calendar.note ? (
        <p className={styles.quiet}>{saidOf(calendar.note, format.language)}</p>
      ) : null}
    </div>
  )
}
