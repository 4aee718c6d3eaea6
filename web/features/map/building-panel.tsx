import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './building-panel.module.css'

const MINUTE = 60_000
const SHOWN = 8

/** The chosen building: where it is, who answers for it, what is open. */
export function BuildingPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation('map')
  const { t: shell } = useTranslation('shell')
  const { language, number, when, duration } = useFormat()
  const now = useNow(MINUTE)
  const { data, isError, refetch } = useQuery({
    ...api.map.building.queryOptions({ building: id }),
    placeholderData: keepPreviousData,
  })
  const close = (
    <button type="button" className={styles.close} onClick={onClose} aria-label={shell('close')}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <path d="M2 2 12 12M12 2 2 12" stroke="currentColor" strokeWidth="1.5" fill="none" />
      </svg>
    </button>
  )
  if (isError)
    return (
      <section className={styles.panel} aria-label={t('panel.label')}>
        {close}
        <ErrorState
          what={t('panel.failed')}
          todo={t('panel.failedTodo')}
          retry={{ label: t('again'), run: () => refetch() }}
        />
      </section>
    )
  if (!data)
    return (
      <section className={styles.panel} aria-label={t('panel.label')} aria-busy="true">
        {close}
        <Skeleton height={196} />
      </section>
    )
  const facts = [
    data.district ? inLanguage(data.district, language) : null,
    data.year ? t('panel.year', { year: data.year }) : null,
    data.floors ? t('count.floors', { count: data.floors, n: number(data.floors) }) : null,
    data.apartments
      ? t('count.apartments', { count: data.apartments, n: number(data.apartments) })
      : null,
  ]
  return (
    <section className={styles.panel} aria-label={t('panel.label')} data-stale={data.id !== id}>
      {close}
      <h2 className={styles.title}>
        <Link to="/buildings/$building" params={{ building: data.id }}>
          {inLanguage(data.address, language) || data.id}
        </Link>
      </h2>
      <p className={styles.facts}>{facts.filter((fact) => fact !== null).join(', ')}</p>
      {data.placed ? null : <p className={styles.facts}>{t('panel.unplaced')}</p>}
      <p className={styles.holder}>
        {data.organization ? (
          <>
            {t('panel.answers')}{' '}
            <Link to="/organizations/$organization" params={{ organization: data.organization.id }}>
              {data.organization.name}
            </Link>
            {data.organization.phone ? (
              <a className={styles.phone} href={`tel:${data.organization.phone}`}>
                {data.organization.phone}
              </a>
            ) : null}
          </>
        ) : (
          t('panel.nobody')
        )}
      </p>
      <ul className={styles.requests}>
        {data.requests.slice(0, SHOWN).map((request) => (
          <li key={request.number} className={styles.request}>
            <Link to="/requests/$request" params={{ request: request.number }}>
              {request.category ? inLanguage(request.category, language) : request.number}
            </Link>
            <span className={styles.since}>{when(request.registeredAt, now)}</span>
            <span className={styles.due} data-late={request.overdue}>
              {request.emergency && request.overdue ? <StatusShape kind="danger" /> : null}
              {request.dueAt === null ? (
                t('panel.noDue')
              ) : (
                <Link
                  to="/requests/$request"
                  params={{ request: request.number }}
                  hash="basis"
                  title={shell('restsOn')}
                >
                  {request.overdue
                    ? t('panel.late', { time: duration((now - request.dueAt) / 1000) })
                    : t('panel.left', { time: duration((request.dueAt - now) / 1000) })}
                </Link>
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className={styles.links}>
        {data.open === 0 ? (
          <span>{t('panel.nothingOpen')}</span>
        ) : (
          <Link to="/requests" search={{ building: [data.id], is: ['open'] }}>
            {t('panel.allOpen', { count: data.open, n: number(data.open) })}
          </Link>
        )}
        <Link to="/requests" search={{ building: [data.id] }}>
          {t('panel.history')}
        </Link>
      </p>
    </section>
  )
}
