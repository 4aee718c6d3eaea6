import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Segments } from '#web/ui/segments.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import type { Day, PartRow } from './answers.ts'
import { PARTS, scopeOf, type TodaySearch } from './scope.ts'
import { Scroll } from './scroll.tsx'
import styles from './today-page.module.css'

/** Comparable days that a comparison needs; the words say so too. */
const LEAST_DAYS = 8

interface PartsPanelProps {
  day: Day
  search: TodaySearch
  onSearch: (next: Partial<TodaySearch>) => void
}

/** Categories or districts, the least usual first; a name narrows the page to it. */
export function PartsPanel({ day: { span, ended }, search, onSearch }: PartsPanelProps) {
  const { t } = useTranslation('today')
  const { t: shell } = useTranslation('shell')
  const { t: overview } = useTranslation('overview')
  const format = useFormat()
  const { by } = search
  const scope = scopeOf(search)
  const query = useQuery({
    ...api.today.parts.queryOptions({ ...scope, part: by }),
    placeholderData: keepPreviousData,
  })
  const rows = query.data?.rows
  const days = query.data?.days ?? 0
  const nothing =
    ended && span
      ? overview('noNewSince', { day: format.dayShort(span.last) })
      : t(span && days < LEAST_DAYS ? 'parts.short' : 'parts.none', { n: format.number(days) })
  return (
    <Panel
      title={t('parts.title')}
      actions={
        <Segments
          small
          label={t('parts.title')}
          options={PARTS.map((value) => ({ value, label: t(`parts.${value}`) }))}
          value={by}
          onChange={(next) => onSearch({ by: next })}
        />
      }
    >
      {rows ? (
        rows.length > 0 ? (
          <PartsTable rows={rows} search={search} />
        ) : (
          <EmptyState what={nothing} />
        )
      ) : query.isError ? (
        <ErrorState
          what={shell('error.panel')}
          todo={shell('error.panelTodo')}
          retry={{ label: shell('error.retry'), run: () => void query.refetch() }}
        />
      ) : (
        <Skeleton height="100%" />
      )}
    </Panel>
  )
}

function PartsTable({ rows, search }: { rows: readonly PartRow[]; search: TodaySearch }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const { by } = search
  return (
    <Scroll label={t('parts.title')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t(`parts.${by}`)}</th>
            <th scope="col">{t('parts.came')}</th>
            <th scope="col">{t('parts.usual')}</th>
            <th scope="col">{t('parts.byMidnight')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, came, usual, expected }) => {
            const side = !usual
              ? ''
              : came > usual.high
                ? 'worse'
                : came < usual.low
                  ? 'better'
                  : ''
            const label = name ? inLanguage(name, format.language) : t('parts.unknown')
            return (
              <tr key={id ?? ''}>
                <th scope="row">
                  {id ? (
                    <Link to="/today" search={{ ...search, [by]: [id] }}>
                      {label}
                    </Link>
                  ) : (
                    label
                  )}
                </th>
                <td className={side === 'worse' ? styles.worse : undefined}>
                  {format.number(came)}
                  {side === 'worse' ? (
                    <span className="visually-hidden"> {t('parts.more')}</span>
                  ) : null}
                  {side === 'better' ? (
                    <span className="visually-hidden"> {t('parts.less')}</span>
                  ) : null}
                </td>
                <td className={styles.soft}>{usual ? format.range(usual.low, usual.high) : '–'}</td>
                <td>{expected === null ? '–' : format.number(Math.round(expected))}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Scroll>
  )
}
