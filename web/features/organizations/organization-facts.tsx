import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { EVERYTHING, type Filter } from '#server/contract/filter.ts'
import type { MeasureId } from '#server/contract/measures/shape.ts'
import { requestsOf } from '#server/contract/organizations.ts'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MeasureInfo, shows } from '#web/ui/measure.tsx'
import styles from './organization.module.css'

type Profile = Answer['organizations']['profile']

/** What it manages and since when, and how much of its work is open now. */
export function OrganizationFacts({ profile, filter }: { profile: Profile; filter: Filter }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { buildings, apartments, unknownApartments, districts, since, gained, lost } = profile
  const { confirmedOfAnswered, answered } = profile
  const open = requestsOf(
    { ...EVERYTHING, district: filter.district, category: filter.category },
    profile,
  )
  return (
    <dl className={styles.facts}>
      <Fact title={t('one.buildings')}>
        {buildings === 0 ? (
          <span>{t('one.noBuildings')}</span>
        ) : (
          <>
            {format.number(buildings)}{' '}
            {districts > 0 ? <span>{t('one.inDistricts', { count: districts })}</span> : null}
          </>
        )}
      </Fact>
      {apartments > 0 ? (
        <Fact title={t('one.apartments')}>
          {format.number(apartments)}{' '}
          {unknownApartments > 0 ? (
            <span>{t('one.unknownApartments', { count: unknownApartments })}</span>
          ) : null}
        </Fact>
      ) : null}
      {since !== null ? (
        <Fact title={t('one.since')}>
          {t('one.sinceWhen', { date: format.date(since) })} <span>{t('one.firstBuilding')}</span>
        </Fact>
      ) : null}
      {profile.unit !== 'district' && (buildings > 0 || lost > 0) ? (
        <Fact title={t('one.changes')}>
          {t('one.gained', { n: gained })}, {t('one.lost', { n: lost })}{' '}
          <span>{t('one.changedBuildings')}</span>
        </Fact>
      ) : null}
      <Fact title={t('one.openNow')} measure="open">
        <Link to="/requests" search={{ ...open, is: ['open'] }} {...shows('open')}>
          {format.number(profile.open)}
        </Link>{' '}
        <span>{t('one.overdue')}</span>{' '}
        <Link to="/requests" search={{ ...open, is: ['overdue'] }} {...shows('overdue')}>
          {format.number(profile.overdue)}
        </Link>
      </Fact>
      <Fact title={t('one.confirmed')} measure="confirmedOfAnswered">
        {confirmedOfAnswered && answered ? (
          <>
            {format.percent(confirmedOfAnswered.share)}{' '}
            <span>
              {format.percentRange(confirmedOfAnswered.lower, confirmedOfAnswered.upper)},{' '}
              {t('one.answered', { share: format.percent(answered.share) })}
            </span>
          </>
        ) : (
          <span>{t('one.noData')}</span>
        )}
      </Fact>
      {profile.phone ? (
        <Fact title={t('one.phone')}>
          <a href={`tel:${profile.phone.replace(/[^+\d]/g, '')}`}>{profile.phone}</a>
        </Fact>
      ) : null}
    </dl>
  )
}

interface FactProps {
  title: string
  measure?: MeasureId
  children: ReactNode
}

const Fact = ({ title, measure, children }: FactProps) => (
  <div {...shows(measure)}>
    <dt>
      {title}
      {measure ? <MeasureInfo measure={measure} /> : null}
    </dt>
    <dd>{children}</dd>
  </div>
)
