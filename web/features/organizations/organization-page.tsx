import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { type OrganizationSearch, scopeOf } from '#server/contract/organizations.ts'
import { api } from '#web/api.ts'
import { isUnknown } from '#web/lib/refused.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Segments } from '#web/ui/segments.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { BuildingsPanel } from './buildings-panel.tsx'
import { JUDGED_ONCE } from './freshness.ts'
import { MixPanel } from './mix-panel.tsx'
import { MonthsPanel } from './months-panel.tsx'
import styles from './organization.module.css'
import { OrganizationFacts } from './organization-facts.tsx'
import { OrganizationSentence } from './organization-sentence.tsx'
import { daysOf } from './period.ts'
import { SurvivalPanel } from './survival-panel.tsx'

interface OrganizationPageProps {
  organization: string
  search: OrganizationSearch
  /** Where it stands in the chosen measure. */
  card: ReactNode
  /** Its territory and its history, by both clocks. */
  history: ReactNode
}

/** One organization: what it manages, how long people wait for it, what comes back, month by month and by what. */
export function OrganizationPage({ organization, search, card, history }: OrganizationPageProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const navigate = useNavigate({ from: '/organizations/$organization' })
  const filter = scopeOf(search)
  const { measure } = search
  const profile = useQuery(
    api.organizations.profile.queryOptions(
      { organization, filter },
      { placeholderData: keepPreviousData },
    ),
  )
  const comparison = useQuery(
    api.organizations.comparison.queryOptions({ measure, filter }, JUDGED_ONCE),
  )
  const show = (next: Partial<OrganizationSearch>) =>
    void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false })
  if (profile.isError && !profile.data)
    return (
      <div className={styles.page}>
        <ErrorState
          what={isUnknown(profile.error) ? t('one.unknown') : t('failed')}
          todo={isUnknown(profile.error) ? t('one.unknownTodo') : t('failedTodo')}
          retry={{ label: t('retry'), run: () => void profile.refetch() }}
        />
      </div>
    )
  const one = { organization, filter, measure }
  const unit = comparison.data?.units.find(({ id }) => id === organization)
  const { from, to, district, category } = search
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.name}>
          <Link to="/organizations" search={{ from, to, district, category, measure }}>
            {t('one.back')}
          </Link>
          {profile.data ? <p>{profile.data.name}</p> : <Skeleton width={220} height={30} />}
        </div>
        {profile.data ? <OrganizationFacts profile={profile.data} filter={filter} /> : null}
      </div>
      <div className={styles.sentence}>
        {comparison.data && profile.data ? (
          <OrganizationSentence
            unit={unit}
            organization={organization}
            measure={measure}
            filter={filter}
            period={comparison.data.period}
          />
        ) : (
          <Skeleton width="min(860px, 100%)" height={72} />
        )}
      </div>
      <div className={styles.tools}>
        <Segments
          label={t('measure.label')}
          options={JUDGED.map((value) => ({ value, label: t(`measure.${value}`) }))}
          value={measure}
          onChange={(measure) => show({ measure })}
        />
        {profile.data ? (
          <Link
            to="/requests"
            search={{
              ...filter,
              organization: [organization],
              from: profile.data.period.from,
              to: profile.data.period.to,
            }}
            className={styles.all}
          >
            {t('one.requests', { n: format.number(profile.data.requests) })}
          </Link>
        ) : null}
      </div>
      <div className={styles.upper}>
        <SurvivalPanel
          name={profile.data?.name ?? ''}
          period={profile.data ? daysOf(profile.data.period) : null}
          organization={organization}
          filter={filter}
          norm={search.norm}
          onNorm={(norm) => show({ norm })}
        />
        <MonthsPanel organization={organization} filter={filter} />
        <div>{card}</div>
      </div>
      <div className={styles.lower}>
        <MixPanel one={one} period={profile.data ? daysOf(profile.data.period) : null} />
        <BuildingsPanel one={one} />
      </div>
      {history}
    </div>
  )
}
