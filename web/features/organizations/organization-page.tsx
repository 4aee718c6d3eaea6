import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { type OrganizationSearch, requestsOf, scopeOf } from '#server/contract/organizations.ts'
import { api } from '#web/api.ts'
import { useNamed } from '#web/lib/page-name.ts'
import { isUnknown } from '#web/lib/refused.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MaskedNote } from '#web/ui/masked-note.tsx'
import { Segments } from '#web/ui/segments.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { BreakdownPanel } from './breakdown-panel.tsx'
import { BuildingsPanel } from './buildings-panel.tsx'
import { JUDGED_ONCE } from './freshness.ts'
import { MixPanel } from './mix-panel.tsx'
import { MonthsPanel } from './months-panel.tsx'
import { OnTimePanel } from './on-time-panel.tsx'
import type { One } from './one.ts'
import styles from './organization.module.css'
import { OrganizationFacts } from './organization-facts.tsx'
import { OrganizationSentence } from './organization-sentence.tsx'
import { OutcomesPanel } from './outcomes-panel.tsx'
import panels from './panels.module.css'
import { daysOf } from './period.ts'
import { named, nameIn } from './rows.ts'
import { StagesPanel } from './stages-panel.tsx'
import { StandingPanel } from './standing-panel.tsx'
import { SurvivalPanel } from './survival-panel.tsx'

interface OrganizationPageProps {
  /** Left out: an organization, or a contractor. */
  unit?: 'district'
  id: string
  search: OrganizationSearch
  onSearch: (search: OrganizationSearch) => void
  /** Where it stands in the chosen measure, where somebody can be flagged. */
  card?: ReactNode
  /** How its level changes over reasonable definitions. */
  definitions?: ReactNode
  /** Its territory and its history, by both clocks. */
  history?: ReactNode
  /** What it answered for at an instant of the past. */
  past?: ReactNode
}

/** One organization, contractor or district: how long people wait for it, how it ends, what comes back, and by what. */
export function OrganizationPage(props: OrganizationPageProps) {
  const { unit, id, search, onSearch, card, definitions, history, past } = props
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const filter = scopeOf(search)
  const { measure } = search
  const one: One = { ...(unit && { unit }), id, filter }
  const profile = useQuery({
    ...api.organizations.profile.queryOptions(one, { placeholderData: keepPreviousData }),
    retry: (failures, error) => !isUnknown(error) && failures < 3,
    // What does not exist is asked once: neither events nor a new mount ask again.
    enabled: ({ state }) => !isUnknown(state.error),
  })
  const known = profile.data
  useNamed(known && nameIn(known.name, format.language))
  const comparison = useQuery({
    ...api.organizations.comparison.queryOptions(
      { unit: known?.unit ?? 'organization', measure, filter },
      JUDGED_ONCE,
    ),
    enabled: known !== undefined,
    select: named(format.language).comparison,
  })
  const show = (next: Partial<OrganizationSearch>) => onSearch({ ...search, ...next })
  if (profile.isError && !known) {
    const what = unit ?? 'organization'
    return (
      <div className={styles.page}>
        <ErrorState
          what={isUnknown(profile.error) ? t(`one.unknown.${what}`) : t('failed')}
          todo={isUnknown(profile.error) ? t(`one.unknownTodo.${what}`) : t('failedTodo')}
          {...(!isUnknown(profile.error) && {
            retry: { label: t('retry'), run: () => void profile.refetch() },
          })}
        />
      </div>
    )
  }
  const period = known ? daysOf(known.period) : null
  const { from, to, district, category } = search
  const name = known ? nameIn(known.name, format.language) : ''
  const standing = comparison.data?.units.find((other) => other.id === id)
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <div className={styles.name}>
          <Link
            to="/organizations"
            search={{ from, to, district, category, measure, unit: known?.unit ?? 'organization' }}
          >
            {t(`one.back.${known?.unit ?? unit ?? 'organization'}`)}
          </Link>
          {known ? <p>{name}</p> : <Skeleton width={220} height={30} />}
          <MaskedNote of={name} />
        </div>
        {known ? (
          <OrganizationFacts profile={known} filter={filter} />
        ) : (
          <Skeleton width="min(820px, 100%)" height={36} />
        )}
      </div>
      <div className={styles.sentence}>
        {comparison.data && known ? (
          <OrganizationSentence
            unit={standing}
            own={requestsOf(filter, known)}
            measure={measure}
            period={comparison.data.period}
          />
        ) : (
          <Skeleton width="min(860px, 100%)" height={72} />
        )}
      </div>
      {past}
      <div className={styles.tools}>
        <Segments
          label={t('measure.label')}
          options={JUDGED.map((value) => ({ value, label: t(`measure.${value}`) }))}
          value={measure}
          onChange={(measure) => show({ measure })}
        />
        {known ? (
          <Link
            to="/requests"
            search={{
              ...requestsOf(filter, known),
              from: known.period.from,
              to: known.period.to,
            }}
            className={styles.all}
          >
            {t('one.requests', { n: format.number(known.requests) })}
          </Link>
        ) : null}
      </div>
      <div className={styles.upper}>
        <SurvivalPanel
          name={name}
          period={period}
          one={one}
          norm={search.norm}
          onNorm={(norm) => show({ norm })}
        />
        <MonthsPanel one={one} />
        <div>
          {(known?.unit === 'organization' ? card : null) ?? (
            <StandingPanel unit={standing} measure={measure} waiting={!comparison.data} />
          )}
        </div>
      </div>
      <div className={panels.halves}>
        <div className={panels.column}>
          <OutcomesPanel one={one} profile={known} />
          <StagesPanel one={one} profile={known} />
        </div>
        <div className={panels.column}>
          <OnTimePanel one={one} profile={known} />
          <BreakdownPanel one={one} profile={known} />
        </div>
      </div>
      <div className={styles.lower}>
        <MixPanel one={{ ...one, measure }} period={period} />
        <BuildingsPanel one={{ ...one, measure }} />
      </div>
      {known?.unit === 'organization' ? definitions : null}
      {history}
    </div>
  )
}
