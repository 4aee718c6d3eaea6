import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import type { Day, Ready } from './answers.ts'
import { Scroll } from './scroll.tsx'
import styles from './today-page.module.css'
import type { AheadState } from './use-ahead.ts'

/** Days ahead whose coverage has a row of its own. */
const SHOWN = [1, 3, 7, 14] as const
const BY = ['holtWinters', 'weekdayMean', 'lastWeek', 'share'] as const

/** How often the intervals held in the past, and how the forecast did beside simple ones. */
export function TrustPanel({ day, ahead: { data, why } }: { day: Day; ahead: AheadState }) {
  const { t } = useTranslation('today')
  return (
    <Panel title={t('trust.title')} note={t('trust.note')}>
      {data ? (
        <Scroll label={t('trust.title')}>
          <Coverage day={day} ahead={data} />
          <Rivals ahead={data} />
        </Scroll>
      ) : why ? (
        <EmptyState what={why} />
      ) : (
        <Skeleton height="100%" />
      )}
    </Panel>
  )
}

interface Row {
  name: string
  n: number
  within80: number
  within95: number
}

function Coverage({ day, ahead }: { day: Day; ahead: Ready }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const { measured } = day.inflow.usual?.forecast ?? {}
  const rows: Row[] = [
    ...(measured
      ? [
          {
            ...measured,
            name: t('trust.midnight', { hour: Math.floor(day.hour) }),
            n: measured.days,
          },
        ]
      : []),
    ...SHOWN.flatMap((days) => {
      const told = ahead.days[days]
      return told
        ? [{ ...told.measured, name: t('trust.ahead', { count: days, n: format.number(days) }) }]
        : []
    }),
    { ...ahead.week.measured, name: t('trust.week') },
  ]
  const share = (within: number, n: number) =>
    n > 0 ? format.percent(within / n) : t('trust.notYet')
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{t('trust.distance')}</th>
          <th scope="col">{t('trust.of80')}</th>
          <th scope="col">{t('trust.of95')}</th>
          <th scope="col">{t('trust.days')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, n, within80, within95 }) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{share(within80, n)}</td>
            <td>{share(within95, n)}</td>
            <td className={styles.soft}>{format.number(n)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Rivals({ ahead: { mase, by } }: { ahead: Ready }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const naive = by === 'weekdayMean' || by === 'lastWeek'
  return (
    <>
      <table className={styles.table}>
        <caption>{t('trust.rivals')}</caption>
        <tbody>
          {BY.flatMap((each) => {
            const error = mase[each]
            return error === undefined ? [] : [{ each, error }]
          }).map(({ each, error }) => (
            <tr key={each} className={each === by ? styles.chosen : undefined}>
              <th scope="row">
                {t(`trust.names.${each}`)}
                {each === by ? `, ${t('trust.chosen')}` : null}
              </th>
              <td>{Number.isFinite(error) ? format.number(error, 2) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.note}>{t(naive ? 'trust.naive' : 'trust.error')}</p>
    </>
  )
}
