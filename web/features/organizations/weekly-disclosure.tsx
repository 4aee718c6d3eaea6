import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { COUNTED } from '#server/contract/measures/counted.ts'
import { JUDGED, type Judged } from '#server/contract/measures/shape.ts'
import { type Answer, api } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MeasureInfo } from '#web/ui/measure.tsx'
import { AsTable, Skeleton } from '#web/ui/states.tsx'
import { JUDGED_ONCE } from './freshness.ts'
import { frozenRows, type One } from './one.ts'
import table from './organizations.module.css'
import styles from './weekly.module.css'
import { type Weekly, WeeklyChart } from './weekly-chart.tsx'

type Year = NonNullable<Answer['organizations']['weekly']>

/** How it moves from week to week, and when the early warning signalled; asked for when somebody opens it. */
export function WeeklyDisclosure({ one }: { one: One }) {
  const { t } = useTranslation('organizations')
  const [open, setOpen] = useState(false)
  return (
    <details
      className={styles.weekly}
      open={open}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>{t('weekly.title')}</summary>
      {open ? <Weeks one={one} /> : null}
    </details>
  )
}

function Weeks({ one }: { one: One }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const answer = useQuery(api.organizations.weekly.queryOptions(one, JUDGED_ONCE))
  if (answer.isError && !answer.data) return <p className={styles.words}>{t('failed')}</p>
  if (answer.data === undefined) return <Skeleton height={300} />
  const year = answer.data
  if (year === null) return <p className={styles.words}>{t('weekly.others')}</p>
  const { limit, lambda, oddsRatio } = year.rules
  return (
    <>
      <div className={styles.head}>
        <p className={styles.words}>
          {t('weekly.note', {
            period: format.days(dayOfIso(year.period.from), dayOfIso(year.period.to) - 1),
          })}
        </p>
        <AsTable
          pressed={asTable}
          onToggle={() => setAsTable(!asTable)}
          label={t(asTable ? 'asChart' : 'asTable')}
        />
      </div>
      <div className={asTable ? styles.tables : styles.measures}>
        {JUDGED.map((measure) => (
          <section key={measure}>
            <h3>
              {t(`measure.${measure}`)} <MeasureInfo measure={measure} />
            </h3>
            <Measure one={one} measure={measure} year={year} asTable={asTable} />
          </section>
        ))}
      </div>
      <p className={styles.words}>
        {t('weekly.foot', {
          lambda: format.number(lambda, 1),
          limit: format.number(limit),
          odds: format.number(oddsRatio),
        })}
      </p>
    </>
  )
}

interface MeasureProps {
  one: One
  measure: Judged
  year: Year
  asTable: boolean
}

function Measure({ one, measure, year, asTable }: MeasureProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const weekly = year[measure]
  const last = weekly?.weeks.at(-1)
  if (!weekly || !last) return <p className={styles.words}>{t('weekly.few')}</p>
  const now = t(
    Math.abs(last.average) <= last.limit
      ? 'weekly.within'
      : last.average > 0
        ? 'weekly.above'
        : 'weekly.below',
    { average: format.signed(last.average, 1), limit: format.number(last.limit, 1) },
  )
  const { change } = weekly
  const changed =
    change === null
      ? t('weekly.noPast')
      : change.signals.length === 0
        ? t('weekly.noSignal', { limit: format.number(change.limit, 1) })
        : t('weekly.signals', {
            weeks: change.signals.map((week) => format.day(dayOfIso(week))).join(', '),
          })
  return (
    <>
      <p className={styles.words}>
        {now} {changed}
      </p>
      {asTable ? (
        <WeeksTable one={one} measure={measure} year={year} weekly={weekly} />
      ) : (
        <WeeklyChart weekly={weekly} label={`${t(`measure.${measure}`)}. ${now} ${changed}`} />
      )}
    </>
  )
}

interface WeeksTableProps {
  one: One
  measure: Judged
  year: Year
  weekly: Weekly
}

/** Every week with its rows, as they stood at the cut. */
function WeeksTable({ one, measure, year, weekly: { weeks, change } }: WeeksTableProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const whole: One = { ...one, filter: { ...one.filter, district: [], category: [] } }
  const { rows, among } = COUNTED[measure]
  const rowsOf = (from: string, to: string, more: typeof rows) =>
    frozenRows(whole, 'organization', { ...year.period, from, to }, more)
  return (
    <div className={styles.scroll}>
      <table className={table.plain}>
        <thead>
          <tr>
            <th scope="col">{t('weekly.columns.week')}</th>
            {(['n', 'observed', 'expected', 'average', 'limit'] as const).map((column) => (
              <th key={column} scope="col" className={table.right}>
                {t(`weekly.columns.${column}`)}
              </th>
            ))}
            {change ? (
              <th scope="col" className={table.right}>
                {t('weekly.columns.change')}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week.from}>
              <th scope="row">{format.days(dayOfIso(week.from), dayOfIso(week.to) - 1)}</th>
              <td className={table.right}>
                <Link
                  className={table.number}
                  to="/requests"
                  search={rowsOf(week.from, week.to, among ?? {})}
                >
                  {format.number(week.n)}
                </Link>
              </td>
              <td className={table.right}>
                <Link
                  className={table.number}
                  to="/requests"
                  search={rowsOf(week.from, week.to, rows)}
                >
                  {format.number(week.observed)}
                </Link>
              </td>
              <td className={table.right}>{format.number(week.expected, 1)}</td>
              <td className={table.right}>{format.signed(week.average, 2)}</td>
              <td className={table.right}>{format.number(week.limit, 2)}</td>
              {change ? (
                <td className={table.right}>{format.number(week.change ?? 0, 2)}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
