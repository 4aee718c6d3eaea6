import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Trans, useTranslation } from 'react-i18next'
import { CLOSING_ENDS } from '#server/contract/norms.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { Calendars } from './calendars.tsx'
import { isFound } from './found.ts'
import styles from './norms.module.css'
import { PackTable } from './pack-table.tsx'
import { Rules } from './rules.tsx'
import type { NormsSearch } from './search.ts'

/** The norms of the city: what they say, what they rest on, since when, and what they govern now. */
export function NormsPage({ search }: { search: NormsSearch }) {
  const { t } = useTranslation('norms')
  const { language, number } = useFormat()
  const navigate = useNavigate({ from: '/norms' })
  const answer = useQuery(api.norms.list.queryOptions())
  const query = search.q?.trim() ?? ''
  if (answer.isError && !answer.data)
    return (
      <div className={styles.page}>
        <ErrorState
          what={t('failed')}
          todo={t('failedTodo')}
          retry={{ label: t('retry'), run: () => void answer.refetch() }}
        />
      </div>
    )
  const list = answer.data
  if (!list)
    return (
      <div className={styles.page}>
        <Skeleton width="min(720px, 100%)" height={36} />
        <Skeleton height={520} />
      </div>
    )
  if (list.packs.length === 0)
    return (
      <div className={styles.page}>
        <EmptyState what={t('none')} todo={t('noneTodo')} />
      </div>
    )
  const inForce = list.packs
    .flatMap(({ norms }) => norms)
    .filter((norm) => norm.inForce === 'now' && norm.here)
  const unverified = inForce.filter(({ verified }) => !verified).length
  const packs = list.packs.map((pack) => ({
    ...pack,
    norms: pack.norms.filter((norm) => isFound(norm, query, language)),
  }))
  // A request whose source set the time itself has no clock of them, so that these are the rows of the number.
  const closing = list.packs
    .flatMap(({ norms }) => norms)
    .filter(({ end, requests }) => CLOSING_ENDS.includes(end) && requests > 0)
    .map(({ ref }) => ref)
    .slice(0, 200)
  const nothing = packs.every(({ norms }) => norms.length === 0)
  return (
    <div className={styles.page}>
      <Sentence>
        {t('sentence.some', { count: inForce.length, n: number(inForce.length) })}{' '}
        {unverified === 0
          ? t('sentence.verified')
          : unverified === inForce.length
            ? t('sentence.noneVerified')
            : t('sentence.unverified', { n: number(unverified) })}
      </Sentence>
      <p className={styles.bases}>
        <Trans
          t={t}
          i18nKey="sentence.bases"
          values={{
            norm: number(list.bases.norm.open),
            source: number(list.bases.source.open),
            none: number(list.bases.none.open),
          }}
          components={{
            norm: <Link to="/requests" search={{ is: ['open'], norm: closing }} />,
          }}
        />
      </p>
      <div className={styles.toolbar}>
        <input
          type="search"
          className={styles.search}
          placeholder={t('search')}
          aria-label={t('search')}
          value={search.q ?? ''}
          onChange={(event) =>
            void navigate({
              search: { ...search, q: event.target.value || undefined },
              replace: true,
            })
          }
        />
        <ExportLinks table="norms" search="" />
      </div>
      {nothing ? <EmptyState what={t('nothing')} todo={t('nothingTodo')} /> : null}
      {packs.map((pack) =>
        pack.norms.length > 0 ? <PackTable key={pack.id} pack={pack} /> : null,
      )}
      {query === '' ? (
        <>
          <Rules packs={list.packs} />
          <Calendars now={list.now} year={search.year} />
        </>
      ) : null}
      <section className={styles.change}>
        <h2>{t('change')}</h2>
        <p>{t('changeHow')}</p>
        {list.packs.map(({ id, note }) =>
          note ? <p key={id}>{inLanguage(note, language)}</p> : null,
        )}
      </section>
    </div>
  )
}
