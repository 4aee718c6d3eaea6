import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { RegistrySearch } from '#server/contract/registry-search.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Column } from '#web/table/column.ts'
import { DataTable } from '#web/table/data-table.tsx'
import { usePages } from '#web/table/use-pages.ts'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import text from '#web/ui/text.module.css'
import {
  type BuildingRow,
  type DistrictRow,
  type OrganizationRow,
  useBuildingColumns,
  useDistrictColumns,
  useOrganizationColumns,
} from './columns.tsx'
import styles from './registry.module.css'
import { filterOf } from './search.ts'

const PAGE_ROWS = 100

interface TableProps {
  search: RegistrySearch
  onOpen: (id: string) => void
}

export function RegistryTable(props: TableProps) {
  const { tab } = props.search
  if (tab === 'organizations') return <Organizations {...props} />
  if (tab === 'districts') return <Districts {...props} />
  return <Buildings {...props} />
}

function Buildings({ search, onOpen }: TableProps) {
  const { language } = useFormat()
  const columns = useBuildingColumns()
  const pages = usePages<BuildingRow>(PAGE_ROWS)
  const { t } = useTranslation('registry')
  const answers = useQueries({
    queries: pages.offsets.map((offset) =>
      api.registry.buildings.queryOptions({ ...pageAt(search, offset), language }),
    ),
  })
  return (
    <Listed
      {...{ search, onOpen, columns, answers, source: pages.source }}
      card={(row) => (
        <Card title={inLanguage(row.address, language)} line={row.answers?.name ?? t('nobody')} />
      )}
    />
  )
}

function Organizations({ search, onOpen }: TableProps) {
  const { language } = useFormat()
  const { t } = useTranslation('words')
  const columns = useOrganizationColumns()
  const pages = usePages<OrganizationRow>(PAGE_ROWS)
  const answers = useQueries({
    queries: pages.offsets.map((offset) =>
      api.registry.organizations.queryOptions({ ...pageAt(search, offset), language }),
    ),
  })
  return (
    <Listed
      {...{ search, onOpen, columns, answers, source: pages.source }}
      card={(row) => (
        <Card title={row.name} line={`${t(`organizationKind.${row.kind}`)} ${row.phone ?? ''}`} />
      )}
    />
  )
}

function Districts({ search, onOpen }: TableProps) {
  const { language, number } = useFormat()
  const columns = useDistrictColumns()
  const { t } = useTranslation('words')
  const pages = usePages<DistrictRow>(PAGE_ROWS)
  const answers = useQueries({
    queries: pages.offsets.map((offset) =>
      api.registry.districts.queryOptions({ ...pageAt(search, offset), language }),
    ),
  })
  return (
    <Listed
      {...{ search, onOpen, columns, answers, source: pages.source }}
      card={(row) => (
        <Card
          title={inLanguage(row.name, language)}
          line={`${t('column.buildings')}: ${number(row.buildings)}`}
        />
      )}
    />
  )
}

const pageAt = (search: RegistrySearch, offset: number) => ({
  filter: filterOf(search),
  offset,
  limit: PAGE_ROWS,
})

interface ListedProps<Row extends { id: string }> extends TableProps {
  columns: readonly Column<Row>[]
  answers: readonly {
    data: { total: number; rows: Row[] } | undefined
    isError: boolean
    refetch: () => unknown
  }[]
  source: ReturnType<typeof usePages<Row>>['source']
  card: (row: Row) => React.ReactNode
}

function Listed<Row extends { id: string }>({
  search,
  onOpen,
  columns,
  answers,
  source,
  card,
}: ListedProps<Row>) {
  const { t } = useTranslation('registry')
  const total = answers.find((answer) => answer.data)?.data?.total
  const failed = answers.filter((answer) => answer.isError && !answer.data)
  if (failed.length > 0)
    return (
      <ErrorState
        what={t('failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => failed.forEach((answer) => void answer.refetch()) }}
      />
    )
  if (total === 0) return <EmptyState what={t('empty')} todo={t('emptyTodo')} />
  return (
    <DataTable
      label={t(`tab.${search.tab}`)}
      columns={columns}
      source={source(
        total,
        answers.map((answer) => answer.data?.rows),
      )}
      rowId={(row) => row.id}
      listId={JSON.stringify([search.tab, filterOf(search)])}
      onOpen={(row) => onOpen(row.id)}
      card={card}
      cardHeight={60}
      expected={30}
    />
  )
}

const Card = ({ title, line }: { title: string; line: string }) => (
  <div className={styles.card}>
    <strong>{title}</strong>
    <span className={text.quiet}>{line}</span>
  </div>
)
