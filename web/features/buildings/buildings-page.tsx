import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { BUILDING_VIEWS, type BuildingOrder } from '#server/contract/buildings.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ColumnMenu } from '#web/table/column-menu.tsx'
import { DataTable } from '#web/table/data-table.tsx'
import { ExportLinks } from '#web/table/export-links.tsx'
import { usePages } from '#web/table/use-pages.ts'
import fields from '#web/ui/field.module.css'
import skeleton from '#web/ui/list-page.module.css'
import { Segments } from '#web/ui/segments.tsx'
import { SettlingSearch } from '#web/ui/settling-search.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { BuildingRowCard } from './building-row-card.tsx'
import styles from './buildings.module.css'
import { BuildingsSentence } from './buildings-sentence.tsx'
import { type Row, useColumns } from './columns.tsx'
import { columnsOf, exportSearch, filterOf, orderOf, type PageSearch, VIEWS } from './search.ts'

const PAGE_ROWS = 100

export function BuildingsPage({ search }: { search: PageSearch }) {
  const { t } = useTranslation('buildings')
  const { language } = useFormat()
  const navigate = useNavigate({ from: '/buildings/' })
  const columns = useColumns()
  const filter = filterOf(search)
  const summary = useQuery(
    api.buildings.summary.queryOptions(filter, { placeholderData: keepPreviousData }),
  )
  const pages = usePages<Row>(PAGE_ROWS)
  const answers = useQueries({
    queries: pages.offsets.map((offset) =>
      api.buildings.page.queryOptions({
        filter,
        order: search.sort,
        language,
        offset,
        limit: PAGE_ROWS,
      }),
    ),
  })
  const source = pages.source(
    summary.data?.buildings,
    answers.map((answer) => answer.data?.rows),
  )
  const show = useCallback(
    (next: Partial<PageSearch>) =>
      void navigate({ search: (known) => ({ ...known, ...next }), replace: true }),
    [navigate],
  )
  const look = useCallback((q: string) => show({ q: q || undefined }), [show])
  const failed = [summary, ...answers].filter((answer) => answer.isError && !answer.data)

  return (
    <div className={skeleton.page}>
      <div className={skeleton.top}>
        {summary.data ? (
          <BuildingsSentence counts={summary.data} search={search} />
        ) : (
          <Skeleton width="min(620px, 100%)" height={36} />
        )}
        <div className={styles.toolbar}>
          <SettlingSearch
            value={search.q ?? ''}
            label={t('search')}
            className={`${fields.input} ${styles.find}`}
            onSettle={look}
          />
          <Segments
            label={t('only.label')}
            options={(['all', ...BUILDING_VIEWS] as const).map((value) => ({
              value,
              label: t(`only.${value}`),
            }))}
            value={search.only ?? 'all'}
            onChange={(only) =>
              show(
                only === 'all'
                  ? { only: undefined, sort: '-overdue' }
                  : { only, sort: VIEWS[only].sort },
              )
            }
          />
          <label className={fields.check}>
            <input
              type="checkbox"
              checked={search.gone}
              onChange={(event) => show({ gone: event.target.checked })}
            />
            {t('withGone')}
          </label>
          <div className={styles.tools}>
            <ColumnMenu
              columns={columns}
              chosen={columnsOf(search)}
              onChoose={(cols) => show({ cols })}
            />
            <ExportLinks table="buildings" search={exportSearch(search)} />
          </div>
        </div>
      </div>
      <div className={skeleton.list}>
        {failed.length > 0 ? (
          <ErrorState
            what={t('failed')}
            todo={t('failedTodo')}
            retry={{
              label: t('retry'),
              run: () => void Promise.all(failed.map((answer) => answer.refetch())),
            }}
          />
        ) : summary.data?.buildings === 0 ? (
          <EmptyState
            what={
              search.only
                ? t(summary.data.sized === 0 ? 'sizeUnknown' : `${search.only}.none`)
                : t('empty')
            }
            todo={search.only ? undefined : t('emptyTodo')}
          />
        ) : (
          <DataTable
            label={t('table')}
            columns={columns}
            chosen={columnsOf(search)}
            source={source}
            rowId={(row) => row.id}
            listId={JSON.stringify([filter, search.sort])}
            order={orderOf(search)}
            onOrder={({ id, descending }) =>
              show({ sort: `${descending ? '-' : ''}${id}` as BuildingOrder })
            }
            onOpen={(row) =>
              void navigate({ to: '/buildings/$building', params: { building: row.id } })
            }
            card={(row) => <BuildingRowCard row={row} only={search.only} />}
            cardHeight={64}
            expected={30}
          />
        )}
      </div>
    </div>
  )
}
