import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrganizationsSearch } from '#server/contract/organizations.ts'
import { writeAddress } from '#web/lib/address.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Segments } from '#web/ui/segments.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { type CityFigures, CityRow } from './city-row.tsx'
import { TableRow } from './organization-row.tsx'
import { daysOf, WINDOW_MS } from './period.ts'
import type { Comparison, OrganizationRow } from './rows.ts'
import { scalesOf, unitOfTimes } from './scales.ts'
import styles from './table.module.css'
import { TableHead } from './table-head.tsx'

const FIRST_ROWS = 60
const ROW = 34

interface OrganizationsTableProps {
  /** null while they are not known. */
  rows: OrganizationRow[] | null
  comparison: Comparison | undefined
  city: CityFigures
  search: OrganizationsSearch
  selected: readonly string[]
  onChange: (next: Partial<OrganizationsSearch>) => void
  onSelect: (id: string) => void
}

/** The same organizations with an interval in every cell, adjusted beside raw; ordered by what is certain, not ranked. */
export function OrganizationsTable(props: OrganizationsTableProps) {
  const { rows, comparison, city, search, selected, onChange, onSelect } = props
  const { t } = useTranslation(['organizations', 'measures'])
  const format = useFormat()
  const [more, setMore] = useState(false)
  if (!rows || !comparison) return <Skeleton height={46 + ROW * 12} />
  const shown = more ? rows : rows.slice(0, FIRST_ROWS)
  const scales = scalesOf(rows)
  const unit = unitOfTimes(scales.response)
  const slow = unitOfTimes(scales.raw)
  const { sort, select: _, ...rest } = search
  const left = rows.length - shown.length
  const n = format.number(rows.length)
  const title =
    search.unit === 'organization'
      ? t('table.title', { count: rows.length, n })
      : t(`who.title.${search.unit}`, { n })
  return (
    <section className={styles.section} aria-labelledby="organizations-table">
      <header className={styles.title}>
        <h2 id="organizations-table">{title}</h2>
        <p>
          {sort === 'lower'
            ? t('table.order')
            : t('table.orderBy', { column: t(`table.sorted.${sort}`) })}
        </p>
        <Segments
          small
          label={t('sorting.label')}
          options={(['lower', 'shrunken'] as const).map((value) => ({
            value,
            label: t(`sorting.${value}`),
          }))}
          value={sort === 'shrunken' ? 'shrunken' : 'lower'}
          onChange={(sort) => onChange({ sort })}
        />
        <ExportLinks table="organizations" search={writeAddress({ ...rest, sort }).slice(1)} />
      </header>
      <SideScroll label={title}>
        <table className={styles.table}>
          <TableHead
            measure={comparison.measure}
            whose={search.unit}
            scales={scales}
            unit={unit}
            slow={slow}
            sort={sort}
            onSort={(sort) => onChange({ sort })}
          />
          <tbody>
            {shown.map((row) => (
              <TableRow
                key={row.id}
                row={row}
                scales={scales}
                unit={unit}
                slow={slow}
                city={{ ...city, share: comparison.city.share?.share }}
                search={search}
                chosen={selected.includes(row.id)}
                onSelect={onSelect}
              />
            ))}
          </tbody>
          <CityRow comparison={comparison} city={city} unit={unit} slow={slow} />
        </table>
      </SideScroll>
      {left > 0 ? (
        <button type="button" className={styles.more} onClick={() => setMore(true)}>
          {t('table.more', { count: left, n: format.number(left) })}
        </button>
      ) : null}
      <Foot comparison={comparison} />
    </section>
  )
}

function Foot({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation(['organizations', 'measures'])
  const format = useFormat()
  const { measure, period, version, rules } = comparison
  return (
    <p className={styles.foot}>
      {t(`table.foot.${measure}`, {
        few: rules.exactBelow,
        period: format.days(...daysOf(period)),
        mature: format.date(period.cut - WINDOW_MS),
        name: t(`measures:${measure}.name`),
        version: String(version),
        rules: String(rules.version),
        cut: format.dateTime(period.cut),
      })}
    </p>
  )
}
