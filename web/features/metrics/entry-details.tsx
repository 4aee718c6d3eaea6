import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { COUNTED_IDS, type CountedId, type MeasureId } from '#server/contract/measures/shape.ts'
import { changesOf } from '#server/contract/measures/versions.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MeasureParts } from '#web/ui/measure.tsx'
import styles from './dictionary.module.css'
import { PATHS, SHOWN } from './shown.ts'

interface EntryDetailsProps {
  id: string
  measure: MeasureId
  filter: Filter
  children: ReactNode
}

export function EntryDetails({ id, measure, filter, children }: EntryDetailsProps) {
  const { t } = useTranslation(['dictionary', 'measures', 'shell'])
  const format = useFormat()
  const shown = SHOWN[measure] ?? []
  const counted = COUNTED_IDS.find((known) => known === measure)
  return (
    <div className={styles.details} id={id}>
      <MeasureParts measure={measure} />
      <dl className={styles.more}>
        <dt>{t('dictionary:versions')}</dt>
        <dd>
          {changesOf(measure).map(({ token, version, from }) => (
            <p key={token}>
              {t('dictionary:versionFrom', {
                version: String(version),
                date: format.day(dayOfIso(from)),
                what: t(`dictionary:change.${token}`),
              })}
            </p>
          ))}
          <p>{t('dictionary:firstVersion')}</p>
        </dd>
        <dt>{t('dictionary:shownOn')}</dt>
        <dd>
          {shown.length === 0
            ? t('dictionary:shownHere')
            : shown.map((page, index) => (
                <span key={page}>
                  {index > 0 ? ', ' : null}
                  <Link to={PATHS[page]}>{t(`shell:pages.${page}`)}</Link>
                </span>
              ))}
        </dd>
      </dl>
      {measure === 'unaddressed' ? <BySource filter={filter} /> : null}
      <div className={styles.acts}>{children}</div>
      {counted ? <Sql measure={counted} /> : null}
    </div>
  )
}

/** The very text that the engine runs, for those who want to check. */
function Sql({ measure }: { measure: CountedId }) {
  const { t } = useTranslation('dictionary')
  const [open, setOpen] = useState(false)
  const { data } = useQuery(
    api.metrics.sql.queryOptions(
      { measure },
      { enabled: open, staleTime: Number.POSITIVE_INFINITY },
    ),
  )
  return (
    <details className={styles.sql} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('sql')}</summary>
      {data ? (
        <pre>
          {data.numerator}
          {data.denominator ? `\n/ ${data.denominator}` : null}
        </pre>
      ) : null}
    </details>
  )
}

function BySource({ filter }: { filter: Filter }) {
  const { t } = useTranslation('dictionary')
  const format = useFormat()
  const { data: place } = useQuery(api.shell.place.queryOptions())
  const { data } = useQuery(api.metrics.unaddressed.queryOptions(filter))
  if (!data || data.length === 0) return null
  return (
    <table className={styles.sources}>
      <caption>{t('bySource')}</caption>
      <tbody>
        {data.map(({ source, cases, n, rate }) => {
          const name = place?.sources[source]
          return (
            <tr key={source}>
              <th scope="row">{name ? inLanguage(name, format.language) : source}</th>
              <td>{rate ? format.percent(rate.value, 2) : '–'}</td>
              <td>{rate ? format.percentRange(rate.lower, rate.upper, 2) : null}</td>
              <td>
                <Link
                  to="/requests"
                  search={{ ...filter, source: [source], is: ['unaddressed'] }}
                  className={styles.number}
                >
                  {format.number(cases)}
                </Link>{' '}
                {t('of')} {format.number(n)}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
