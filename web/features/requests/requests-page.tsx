import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { RequestOrder } from '#server/contract/requests.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ColumnMenu } from '#web/table/column-menu.tsx'
import { DataTable } from '#web/table/data-table.tsx'
import { ExportLinks } from '#web/table/export-links.tsx'
import { usePages } from '#web/table/use-pages.ts'
import skeleton from '#web/ui/list-page.module.css'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Chips } from './chips.tsx'
import { type Line, useColumns } from './columns.tsx'
import { CountSentence } from './count-sentence.tsx'
import { FilterBar } from './filter-bar.tsx'
import { RequestRowCard } from './request-row-card.tsx'
import styles from './requests.module.css'
import { chipsOf, exportSearch, filterOf, orderOf, type PageSearch } from './search.ts'

const PAGE_ROWS = 100

export function RequestsPage({ search }: { search: PageSearch }) {
  const { t } = useTranslation('requests')
  const { language } = useFormat()
  const navigate = useNavigate({ from: '/requests/' })
  const columns = useColumns()
  const filter = filterOf(search)
  const summary = useQuery(
    api.requests.summary.queryOptions(filter, { placeholderData: keepPreviousData }),
  )
  const names = useQuery(
    api.requests.named.queryOptions(filter, {
      enabled: chipsOf(filter).length > 0,
      placeholderData: keepPreviousData,
    }),
  )
  const pages = usePages<Line>(PAGE_ROWS)
  const answers = useQueries({
    queries: pages.offsets.map((offset) =>
      api.requests.page.queryOptions({
        filter,
        order: search.sort,
        language,
        offset,
        limit: PAGE_ROWS,
      }),
    ),
  })
  const source = pages.source(
    summary.data?.requests,
    answers.map((answer) => answer.data?.rows),
  )
  const show = (next: Partial<PageSearch>) =>
    void navigate({ search: { ...search, ...next }, replace: true })
  const failed = [summary, ...answers].filter((answer) => answer.isError && !answer.data)
  const retry = () => void Promise.all(failed.map((answer) => answer.refetch()))

  return (
    <div className={skeleton.page}>
      <div className={skeleton.top}>
        {summary.data ? (
          <CountSentence counts={summary.data} search={search} />
        ) : (
          <Skeleton width="min(620px, 100%)" height={36} />
        )}
        <div className={styles.toolbar}>
          <FilterBar search={search} />
          <div className={styles.tools}>
            <ColumnMenu
              columns={columns}
              chosen={search.cols}
              onChoose={(cols) => show({ cols })}
            />
            <ExportLinks table="requests" search={exportSearch(search)} />
          </div>
        </div>
        <Chips search={search} names={names.data} />
      </div>
      <div className={skeleton.list}>
        {failed.length > 0 ? (
          <ErrorState
            what={t('failed')}
            todo={t('failedTodo')}
            retry={{ label: t('retry'), run: retry }}
          />
        ) : summary.data?.requests === 0 ? (
          <EmptyState what={t('empty')} todo={t('emptyTodo')} />
        ) : (
          <DataTable
            label={t('table')}
            columns={columns}
            chosen={search.cols}
            source={source}
            rowId={(line) => line.number}
            listId={JSON.stringify([filter, search.sort])}
            order={orderOf(search)}
            onOrder={({ id, descending }) =>
              show({ sort: `${descending ? '-' : ''}${id}` as RequestOrder })
            }
            onOpen={(line) =>
              void navigate({ to: '/requests/$request', params: { request: line.number } })
            }
            card={(line) => <RequestRowCard line={line} />}
            cardHeight={84}
            expected={30}
          />
        )}
      </div>
    </div>
  )
}
