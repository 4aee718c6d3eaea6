import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { EVALUATED } from '#server/contract/flags.ts'
import {
  MOST_SELECTED,
  type OrganizationsSearch,
  organizationRows,
  scopeOf,
} from '#server/contract/organizations.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { CategoryWaits } from './category-waits.tsx'
import { ComparisonPanel } from './comparison-panel.tsx'
import { JUDGED_ONCE, WATCHED } from './freshness.ts'
import { FunnelPanel } from './funnel-panel.tsx'
import styles from './organizations.module.css'
import { OrganizationsSentence } from './organizations-sentence.tsx'
import { OrganizationsTable } from './organizations-table.tsx'
import { type Comparison, named } from './rows.ts'
import { SideBySide } from './side-by-side.tsx'
import { Toolbar } from './toolbar.tsx'

/** All organizations against what the city would have had on their mix: funnel, comparison, table. */
export function OrganizationsPage({ search }: { search: OrganizationsSearch }) {
  const { t } = useTranslation('organizations')
  const { language } = useFormat()
  const navigate = useNavigate({ from: '/organizations/' })
  const filter = scopeOf(search)
  const held = { ...JUDGED_ONCE, placeholderData: keepPreviousData }
  const { measure, unit } = search
  const comparison = useQuery({
    ...api.organizations.comparison.queryOptions({ unit, measure, filter }, held),
    select: named(language).comparison,
  })
  const shares = useQuery({
    ...api.organizations.shares.queryOptions({ unit, filter }, held),
    select: named(language).shares,
  })
  const responses = useQuery(
    api.organizations.responses.queryOptions({ unit, filter }, { ...held, ...WATCHED }),
  )
  const resolutions = useQuery(
    api.organizations.resolutions.queryOptions(
      { unit, filter },
      { ...held, ...WATCHED, enabled: measure === 'pace' },
    ),
  )
  const shown =
    comparison.data?.measure === measure && comparison.data.whose === unit
      ? comparison.data
      : undefined
  const select = search.select ?? calledOut(shown)
  const others = useQueries({
    queries: EVALUATED.filter((other) => other !== measure).map((measure) => ({
      ...api.organizations.comparison.queryOptions({ unit, measure, filter }, held),
      select: named(language).comparison,
      enabled: select.length > 0,
    })),
  })
  const { kinds, houses, sort } = search
  const rows = useMemo(
    () =>
      comparison.data
        ? organizationRows(
            {
              units: comparison.data.units,
              shares: shares.data?.units ?? [],
              responses: responses.data?.units ?? [],
              resolutions: measure === 'pace' ? resolutions.data?.units : undefined,
            },
            { kinds, houses, sort },
          )
        : null,
    [comparison.data, shares.data, responses.data, resolutions.data, measure, kinds, houses, sort],
  )
  const show = (next: Partial<OrganizationsSearch>) =>
    void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false })
  const toggle = (id: string) => {
    const without = select.filter((selected) => selected !== id)
    if (without.length < select.length) show({ select: without })
    else if (select.length < MOST_SELECTED) show({ select: [...select, id] })
  }
  const failed = [comparison, shares, responses].filter((answer) => answer.isError && !answer.data)
  if (failed.length > 0)
    return (
      <div className={styles.page}>
        <ErrorState
          what={t('failed')}
          todo={t('failedTodo')}
          retry={{
            label: t('retry'),
            run: () => void Promise.all(failed.map((answer) => answer.refetch())),
          }}
        />
      </div>
    )
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        {shown ? (
          <OrganizationsSentence comparison={shown} filter={filter} />
        ) : (
          <Skeleton width="min(860px, 100%)" height={72} />
        )}
      </div>
      <Toolbar search={search} comparison={comparison.data} onChange={show} />
      <div className={styles.panels}>
        <FunnelPanel
          comparison={shown}
          shown={rows?.flatMap(({ unit }) => unit ?? []) ?? []}
          selected={select}
          onSelect={toggle}
        />
        <ComparisonPanel
          measured={[shown, ...others.map(({ data }) => data)]}
          selected={select}
          search={search}
          onClear={() => show({ select: [], curves: undefined })}
          onCurves={() => show({ select, curves: 'response' })}
        />
      </div>
      {search.curves && select.length > 0 ? (
        <SideBySide search={search} selected={select} clock={search.curves} onChange={show} />
      ) : null}
      {rows?.length === 0 ? (
        <EmptyState what={t('empty')} todo={t('emptyTodo')} />
      ) : (
        <OrganizationsTable
          rows={rows}
          comparison={shown}
          city={{
            shares: shares.data?.city,
            responses: responses.data?.city,
            resolutions: resolutions.data?.city,
          }}
          search={search}
          selected={select}
          onChange={show}
          onSelect={toggle}
        />
      )}
      {unit === 'organization' ? <CategoryWaits filter={filter} /> : null}
    </div>
  )
}

const FIRST_SELECTED = 3

/** The most urgent few: what a reader would compare first. */
const calledOut = (comparison: Comparison | undefined): string[] =>
  (['inspect', 'watch', 'good'] as const)
    .flatMap((level) => comparison?.units.filter((unit) => unit.level === level) ?? [])
    .slice(0, FIRST_SELECTED)
    .map(({ id }) => id)
