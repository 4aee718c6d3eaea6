import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import styles from './flags.module.css'
import { QueueFilters } from './queue-filters.tsx'
import { QueueGroup } from './queue-group.tsx'
import { Insufficient, WithdrawnGroup } from './quiet-groups.tsx'
import type { FlagsSearch } from './search.ts'

const WHILE_COUNTED_MS = 3000

/** Months since year 0 of `2026-10`. */
const numberOf = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

/** The queue: who is beyond the limits of one frozen evaluation, where each flag stands, and what was answered. */
export function FlagsPage({ search }: { search: FlagsSearch }) {
  const { t } = useTranslation('flags')
  const format = useFormat()
  const answer = useQuery(
    api.flags.list.queryOptions(undefined, {
      ...{ staleTime: 600_000, meta: { live: false } },
      refetchInterval: ({ state }) => (state.data?.counted ? WHILE_COUNTED_MS : false),
    }),
  )
  const told = useQuery(api.dossier.told.queryOptions())
  const client = useQueryClient()
  // What the menu says beside is of the same list.
  useEffect(() => {
    if (answer.data) void client.invalidateQueries(api.flags.raised.queryFilter())
  }, [client, answer.data])
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
        <Skeleton width="min(720px, 100%)" height={72} />
        <Skeleton height={420} />
      </div>
    )
  const shown = list.flags.filter(
    (flag) =>
      (!search.measure || flag.flagged === search.measure) &&
      (!search.status || flag.status === search.status),
  )
  const of = (level: string) => shown.filter((flag) => flag.level === level)
  const all = (level: string) => list.flags.filter((flag) => flag.level === level).length
  const sees = (level: FlagsSearch['level']) =>
    search.status === 'withdrawn' ? false : !search.level || search.level === level
  const answered = new Map(told.data?.answered.map((one) => [one.flag, one]) ?? [])
  const withdrawn = (told.data?.withdrawn ?? []).filter(
    ({ flag }) => !search.measure || flag.startsWith(`${search.measure}.`),
  )
  const { rules } = list
  return (
    <div className={styles.page}>
      <Sentence>
        {all('inspect') === 0
          ? t('sentence.none', { watch: format.number(all('watch')) })
          : t('sentence.some', {
              count: all('inspect'),
              n: format.number(all('inspect')),
              watch: format.number(all('watch')),
            })}
      </Sentence>
      <div className={styles.under}>
        <p>
          {t('note')}{' '}
          {list.period
            ? t('frozen', {
                cut: format.dateTime(list.period.cut),
                period: format.days(dayOfIso(list.period.from), dayOfIso(list.period.to) - 1),
                revision: String(list.revision),
                tested: format.number(list.tested),
                rules: String(rules.version),
              })
            : null}{' '}
          {list.inForce ? null : t('notInForce')}{' '}
          {list.late.map(({ version, validFrom, seenOn }) => (
            <span key={version}>
              {t('lateRules', {
                version: String(version),
                from: format.day(dayOfIso(validFrom)),
                seen: format.day(dayOfIso(seenOn)),
              })}{' '}
            </span>
          ))}
          {list.counted ? (
            <strong>{t('counting', { month: format.month(numberOf(list.counted)) })} </strong>
          ) : null}
          <Link to="/presets">{t('presets')}</Link>
        </p>
        <ExportLinks table="flags" search="" />
      </div>
      {list.period === null ? (
        <EmptyState what={t('empty')} todo={t('emptyTodo')} />
      ) : (
        <>
          <QueueFilters search={search} />
          {(['inspect', 'watch'] as const).map((level) =>
            sees(level) ? (
              <QueueGroup key={level} {...{ level, answered, rules }} flags={of(level)} />
            ) : null,
          )}
          {!search.level && (!search.status || search.status === 'withdrawn') ? (
            <WithdrawnGroup withdrawn={withdrawn} />
          ) : null}
          {sees('good') && !search.status ? (
            <QueueGroup level="good" {...{ answered, rules }} flags={of('good')} />
          ) : null}
          {sees('insufficient') && !search.status ? (
            <Insufficient flags={of('insufficient')} rules={rules} />
          ) : null}
        </>
      )}
    </div>
  )
}
