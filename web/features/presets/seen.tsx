import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './presets.module.css'
import { ZoneMark } from './zone.tsx'

export type Seen = Answer['presets']['preview']['organizations'][number]['seen'][number]

/** One number that a definition looks at: what was counted, of how many, with its interval, and the rows behind both. */
export function SeenValue({ seen }: { seen: Seen }) {
  const { t } = useTranslation('presets')
  const format = useFormat()
  if (seen.registered) return <RegisteredValue seen={seen} />
  const growth = seen.id === 'previous' || seen.id === 'lastYear'
  if (!growth && seen.id !== 'count' && seen.n === 0)
    return (
      <span className={styles.seen}>
        – <small>{t('noneToJudge')}</small>
      </span>
    )
  return (
    <span className={styles.seen}>
      <Link to="/requests" search={seen.rows?.events ?? {}} className={styles.number}>
        {growth || seen.share === null
          ? format.number(seen.events)
          : seen.id === 'count'
            ? format.number(seen.events)
            : format.percent(seen.share)}
      </Link>
      <small>
        {seen.short ? (
          t('short')
        ) : growth ? (
          <>
            {t(`after.${seen.id as 'previous' | 'lastYear'}`)}{' '}
            <Link to="/requests" search={seen.rows?.among ?? {}} className={styles.number}>
              {format.number(seen.n)}
            </Link>
            {seen.ratio === null
              ? null
              : `, ${t('times', { times: format.number(seen.ratio, 1) })}`}
          </>
        ) : seen.id === 'count' ? (
          seen.ratio === null ? (
            t('flatsUnknown')
          ) : (
            t('per100', { n: format.number(seen.ratio, 1) })
          )
        ) : (
          <>
            {seen.lower === null || seen.upper === null
              ? null
              : `${format.percentRange(seen.lower, seen.upper)}, `}
            n{' '}
            <Link to="/requests" search={seen.rows?.among ?? {}} className={styles.number}>
              {format.number(seen.n)}
            </Link>
          </>
        )}
      </small>
      {growth || seen.short || seen.id === 'count' ? null : <ZoneMark zone={seen.zone} />}
    </span>
  )
}

/** What the register tells: counted out, so without an interval; complaints open their rows. */
function RegisteredValue({ seen }: { seen: Seen }) {
  const { t } = useTranslation('presets')
  const format = useFormat()
  const complaints = seen.registered === 'complaintsPerFlat'
  const known = seen.n > 0
  return (
    <span className={styles.seen}>
      {complaints && seen.rows ? (
        <Link to="/requests" search={seen.rows.events} className={styles.number}>
          {format.number(seen.events)}
        </Link>
      ) : known && seen.registered === 'passportFields' ? (
        <span>{format.percent(seen.share ?? 0)}</span>
      ) : null}
      <small>
        {complaints
          ? seen.ratio === null
            ? t('flatsUnknown')
            : t('per100', { n: format.number(seen.ratio, 1) })
          : !known
            ? t(`registered.none.${seen.registered as 'passportFields' | 'prescriptions'}`)
            : t(`registered.${seen.registered as 'passportFields' | 'prescriptions'}`, {
                n: format.number(seen.n),
                events: format.number(seen.events),
              })}
      </small>
      <ZoneMark zone={seen.zone} />
    </span>
  )
}
