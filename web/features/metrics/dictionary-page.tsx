import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { DictionarySearch } from '#server/contract/measures/comparison.ts'
import {
  BUILDING_IDS,
  COUNTED_GROUPS,
  MEASURE_IDS,
  type MeasureId,
  TIME_IDS,
} from '#server/contract/measures/shape.ts'
import { tokenOf } from '#server/contract/measures/versions.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Sentence } from '#web/ui/sentence.tsx'
import { EmptyState, ErrorState } from '#web/ui/states.tsx'
import { ComparePanel } from './compare-panel.tsx'
import styles from './dictionary.module.css'
import { Entry } from './entry.tsx'
import { scopeOf } from './search.ts'

const GROUPS = { ...COUNTED_GROUPS, times: TIME_IDS, buildings: BUILDING_IDS }
type Group = keyof typeof GROUPS

/** Every measure of the product: what it means, what it is now, and why two of them differ. */
export function DictionaryPage({ search }: { search: DictionarySearch }) {
  const { t } = useTranslation(['dictionary', 'measures', 'shell'])
  const format = useFormat()
  const navigate = useNavigate({ from: '/metrics-dictionary' })
  const filter = scopeOf(search)
  const answer = useQuery(
    api.metrics.values.queryOptions(filter, { placeholderData: keepPreviousData }),
  )
  const show = (next: Partial<DictionarySearch>) =>
    void navigate({ search: { ...search, ...next }, replace: true, resetScroll: false })
  const wanted = search.q?.trim().toLocaleLowerCase('ru') ?? ''
  const told = (id: MeasureId) =>
    [
      t(`measures:${id}.name`),
      t(`measures:${id}.definition`),
      t(`measures:${id}.numerator`),
      t(`measures:${id}.denominator`),
      tokenOf(id),
    ]
      .join(' ')
      .toLocaleLowerCase('ru')
  const found = MEASURE_IDS.filter((id) => told(id).includes(wanted))
  const values = new Map(answer.data?.values.map((value) => [value.measure, value]))
  return (
    <div className={styles.page}>
      <Sentence>
        {t('dictionary:sentence', {
          count: MEASURE_IDS.length,
          n: format.number(MEASURE_IDS.length),
        })}
      </Sentence>
      <ComparePanel search={search} onSearch={show} />
      <div className={styles.toolbar}>
        <input
          type="search"
          className={styles.find}
          value={search.q ?? ''}
          placeholder={t('dictionary:find')}
          aria-label={t('dictionary:find')}
          onChange={({ target }) => show({ q: target.value || undefined })}
        />
        <p className={styles.note} role="status">
          {answer.data ? t('dictionary:asOf', { time: format.dateTime(answer.data.now) }) : null}
          {wanted ? ` ${t('dictionary:found', { n: format.number(found.length) })}` : null}
        </p>
      </div>
      {answer.isError && !answer.data ? (
        <ErrorState
          what={t('dictionary:failed')}
          todo={t('dictionary:failedTodo')}
          retry={{ label: t('shell:error.retry'), run: () => void answer.refetch() }}
        />
      ) : null}
      {found.length === 0 ? (
        <EmptyState what={t('dictionary:nothing')} todo={t('dictionary:nothingTodo')} />
      ) : null}
      {(Object.keys(GROUPS) as Group[]).map((group) => {
        const members = GROUPS[group].filter((id) => found.includes(id))
        return members.length > 0 ? (
          <section key={group} className={styles.group} aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`}>{t(`dictionary:group.${group}`)}</h2>
            {group === 'inTime' ? (
              <p className={styles.note}>{t('dictionary:inTimeNote')}</p>
            ) : null}
            {group === 'data' ? (
              <p className={styles.note}>
                {t('dictionary:quarantine')}{' '}
                <Link to="/sources" className={styles.underlined}>
                  {t('dictionary:quarantineSources')}
                </Link>
                .
              </p>
            ) : null}
            <ul>
              {members.map((id) => (
                <Entry
                  key={id}
                  measure={id}
                  value={values.get(id)}
                  filter={filter}
                  open={search.measure === id}
                  onOpen={(open) => show({ measure: open ? id : undefined })}
                  onCompare={(a) => show({ a, b: undefined })}
                />
              ))}
            </ul>
          </section>
        ) : null
      })}
    </div>
  )
}
