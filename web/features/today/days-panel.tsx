import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { AsTable, EmptyState, Skeleton } from '#web/ui/states.tsx'
import type { Day, Ready } from './answers.ts'
import { DaysChart } from './days-chart.tsx'
import { rowsOfDay, type Scope } from './scope.ts'
import { Scroll } from './scroll.tsx'
import styles from './today-page.module.css'
import type { AheadState } from './use-ahead.ts'

interface DaysPanelProps {
  day: Day
  ahead: AheadState
  scope: Scope
}

/** Four weeks that were and two that are told. */
export function DaysPanel({ day, ahead: { data, why }, scope }: DaysPanelProps) {
  const { t } = useTranslation('today')
  const { t: shell } = useTranslation('shell')
  const [table, setTable] = useState(false)
  return (
    <Panel
      title={t('days.title')}
      note={t('days.note')}
      finding={data ? <Finding ahead={data} /> : null}
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
            <DaysTable ahead={data} scope={scope} />
          ) : (
            <DaysChart ahead={data} today={day} scope={scope} />
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

/** The whole of it in words: how many, who tells it, and which holidays are among the days. */
function Finding({ ahead }: { ahead: Ready }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const { fortnight, days, share } = ahead
  const told = t('days.finding', {
    n: format.number(Math.round(fortnight.value)),
    range: fortnight.of80 ? format.shortRange(...fortnight.of80) : '–',
  })
  const holidays = days
    .slice(1)
    .flatMap(({ day, holiday }) =>
      holiday ? [`${format.days(day, day)}: ${inLanguage(holiday, format.language)}`] : [],
    )
  const by =
    ahead.by !== 'share'
      ? t(`by.${ahead.by}`)
      : t(ahead.whole === 'category' ? 'by.shareOfCategory' : 'by.shareOfCity', {
          share: format.percent(share ?? 0, (share ?? 0) < 0.01 ? 2 : 1),
        })
  return [told, by, ...(holidays.length > 0 ? [`${holidays.join(', ')}.`] : [])].join(' ')
}

function DaysTable({ ahead, scope }: { ahead: Ready; scope: Scope }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const range = (interval: readonly [number, number] | null) =>
    interval ? format.range(interval[0], interval[1]) : '–'
  return (
    <Scroll label={t('days.title')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('days.day')}</th>
            <th scope="col">{t('days.cameColumn')}</th>
            <th scope="col">{t('days.toldColumn')}</th>
            <th scope="col">80&nbsp;%</th>
            <th scope="col">95&nbsp;%</th>
          </tr>
        </thead>
        <tbody>
          {ahead.days.slice(1).map(({ day, value, of80, of95, holiday }) => (
            <tr key={day}>
              <th scope="row">
                {format.weekdayAndDay(day)}
                {holiday ? `, ${inLanguage(holiday, format.language)}` : null}
              </th>
              <td>–</td>
              <td>{format.number(Math.round(value))}</td>
              <td>{range(of80)}</td>
              <td>{range(of95)}</td>
            </tr>
          ))}
          {ahead.past.toReversed().map(({ day, requests, holiday }) => (
            <tr key={day}>
              <th scope="row">
                {format.weekdayAndDay(day)}
                {holiday ? `, ${inLanguage(holiday, format.language)}` : null}
              </th>
              <td>
                <Link to="/requests" search={rowsOfDay(scope, day)}>
                  {format.number(requests)}
                </Link>
              </td>
              <td>–</td>
              <td>–</td>
              <td>–</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
