import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { COUNTED } from '#server/contract/measures/counted.ts'
import { BUILDING_IDS, type MeasureId, TIME_IDS } from '#server/contract/measures/shape.ts'
import type { Answer } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Skeleton } from '#web/ui/states.tsx'
import styles from './dictionary.module.css'

export type Value = Answer['metrics']['values']['values'][number]

interface ValueCellProps {
  measure: MeasureId
  value: Value | undefined
  filter: Filter
}

/** What a measure is now: a count that opens its rows, or a share with its interval and its n. */
export function ValueCell({ measure, value, filter }: ValueCellProps) {
  const { t } = useTranslation('dictionary')
  const format = useFormat()
  if (TIME_IDS.some((id) => id === measure))
    return <p className={`${styles.value} ${styles.note}`}>{t('timeValue')}</p>
  if (BUILDING_IDS.some((id) => id === measure))
    return <p className={`${styles.value} ${styles.note}`}>{t('buildingValue')}</p>
  if (!value)
    return (
      <div className={styles.value}>
        <Skeleton width={96} height={40} />
      </div>
    )
  const { rows, among, per } = COUNTED[measure as keyof typeof COUNTED]
  const { cases, n, rate, exposure } = value
  const window = exposure ? { from: exposure.from, to: exposure.to } : {}
  const link = (own: typeof rows, text: string) => (
    <Link to="/requests" search={{ ...filter, ...window, ...own }} className={styles.number}>
      {text}
    </Link>
  )
  if (exposure)
    return (
      <div className={styles.value}>
        <b>{rate ? format.number(rate.value, 2) : '–'}</b>
        <p>
          {rate ? `${format.range(rate.lower, rate.upper, 2)}; ` : null}
          {link(rows, format.number(cases))}{' '}
          {t(`exposure.${per ?? 'flatMonths'}`, {
            thousands: format.number(exposure.thousands, 1),
          })}
        </p>
        <p>
          {format.days(dayOfIso(exposure.from), dayOfIso(exposure.to) - 1)}
          {exposure.unknown > 0
            ? `; ${t('sizeUnknown', { count: exposure.unknown, n: format.number(exposure.unknown) })}`
            : null}
        </p>
      </div>
    )
  if (n === null || !among)
    return (
      <div className={styles.value}>
        <b>{link(rows, format.number(cases))}</b>
      </div>
    )
  return (
    <div className={styles.value}>
      <b>{rate ? format.percent(rate.value, 1) : '–'}</b>
      {rate ? <p>{format.percentRange(rate.lower, rate.upper, 1)}</p> : <p>{t('ofNothing')}</p>}
      <p>
        {link(rows, format.number(cases))} {t('of')} {link(among, format.number(n))}
      </p>
    </div>
  )
}
