import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { REGISTRY_TABS, type RegistrySearch } from '#server/contract/registry-search.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import buttons from '#web/ui/button.module.css'
import fields from '#web/ui/field.module.css'
import { Segments } from '#web/ui/segments.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { SettlingSearch } from '#web/ui/settling-search.tsx'
import { BuildingHistory } from './building-history.tsx'
import { ClockFields } from './clock-fields.tsx'
import { ImportPanel } from './import-panel.tsx'
import { OrganizationHistory } from './organization-history.tsx'
import styles from './registry.module.css'
import { RegistryTable } from './registry-table.tsx'
import { clocksOf, exportSearch, filterOf } from './search.ts'

/** The registry in time: what is in it, as of and as known at any day, and the history of each thing. */
export function RegistryPage({ search }: { search: RegistrySearch }) {
  const { t } = useTranslation('registry')
  const format = useFormat()
  const navigate = useNavigate({ from: '/registry' })
  const show = (next: Partial<RegistrySearch>) =>
    void navigate({ search: (known) => ({ ...known, ...next }), replace: true })
  const { tab, of } = search
  const listed = tab === 'import' ? 'buildings' : tab
  const asked = { filter: filterOf(search), language: format.language, offset: 0, limit: 100 }
  const options = { placeholderData: keepPreviousData }
  const buildings = useQuery(
    api.registry.buildings.queryOptions(asked, { ...options, enabled: listed === 'buildings' }),
  )
  const organizations = useQuery(
    api.registry.organizations.queryOptions(asked, {
      ...options,
      enabled: listed === 'organizations',
    }),
  )
  const districts = useQuery(
    api.registry.districts.queryOptions(asked, { ...options, enabled: listed === 'districts' }),
  )
  const total = { buildings, organizations, districts }[listed].data?.total
  return (
    <div className={styles.page} data-tab={tab} data-open={of !== undefined || undefined}>
      <div className={styles.top}>
        {tab === 'import' ? (
          <Sentence>{t('import.sentence')}</Sentence>
        ) : (
          <Sentence>
            {total === undefined
              ? t('title')
              : t(`count.${tab}`, { count: total, n: format.number(total) })}{' '}
            {search.asOf || search.knownAt ? t('count.past') : t('count.now')}
          </Sentence>
        )}
        <div className={styles.toolbar}>
          <Segments
            label={t('tabs')}
            options={REGISTRY_TABS.map((value) => ({ value, label: t(`tab.${value}`) }))}
            value={tab}
            onChange={(tab) => show({ tab, of: undefined, stale: false })}
          />
          {tab === 'import' ? null : (
            <>
              <SettlingSearch
                value={search.q ?? ''}
                label={t('search')}
                className={`${fields.input} ${styles.find}`}
                onSettle={(q) => show({ q: q || undefined })}
              />
              <ClockFields clocks={clocksOf(search)} onChange={show} />
              {tab === 'organizations' ? (
                <label className={fields.check}>
                  <input
                    type="checkbox"
                    checked={search.stale}
                    onChange={(event) => show({ stale: event.target.checked })}
                  />
                  {t('stalePhones')}
                </label>
              ) : null}
              {tab === 'districts' ? null : (
                <div className={styles.tools}>
                  <ExportLinks table={`registry-${tab}`} search={exportSearch(search)} />
                </div>
              )}
            </>
          )}
        </div>
      </div>
      {tab === 'import' ? (
        <ImportPanel />
      ) : (
        <div className={styles.body}>
          <div className={styles.list}>
            <RegistryTable
              search={search}
              onOpen={(id) => {
                if (tab === 'districts')
                  void navigate({ to: '/buildings', search: { district: [id] } })
                else show({ of: id })
              }}
            />
          </div>
          {of === undefined ? null : (
            <aside className={styles.side} aria-label={t('history.title')}>
              <div className={styles.sideHead}>
                <Name tab={tab} of={of} />
                <button
                  type="button"
                  className={buttons.button}
                  onClick={() => show({ of: undefined })}
                >
                  {t('close')}
                </button>
              </div>
              {tab === 'organizations' ? (
                <OrganizationHistory organization={of} clocks={clocksOf(search)} />
              ) : (
                <BuildingHistory building={of} clocks={clocksOf(search)} />
              )}
            </aside>
          )}
        </div>
      )}
    </div>
  )
}

function Name({ tab, of }: { tab: RegistrySearch['tab']; of: string }) {
  const { language } = useFormat()
  const clocks = {}
  const building = useQuery(
    api.registry.building.queryOptions({ id: of, clocks }, { enabled: tab === 'buildings' }),
  )
  const organization = useQuery(
    api.registry.organization.queryOptions(
      { id: of, clocks },
      { enabled: tab === 'organizations' },
    ),
  )
  if (tab === 'organizations')
    return (
      <h2 className={styles.sideTitle}>
        <Link to="/organizations/$organization" params={{ organization: of }}>
          {organization.data?.name ?? of}
        </Link>
      </h2>
    )
  return (
    <h2 className={styles.sideTitle}>
      <Link to="/buildings/$building" params={{ building: of }}>
        {building.data ? inLanguage(building.data.address, language) : of}
      </Link>
    </h2>
  )
}
