import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clocks } from '#server/contract/registry-search.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import text from '#web/ui/text.module.css'
import { CorrectionForm } from './correction-form.tsx'
import styles from './history.module.css'
import { PhoneList } from './phone-list.tsx'
import { RepresentativeForm } from './representative-form.tsx'
import { saidAt } from './said.ts'
import { Statements } from './statements.tsx'
import { TenureForm } from './tenure-form.tsx'
import { TwoClocks } from './two-clocks.tsx'

interface BuildingHistoryProps {
  building: string
  clocks: Clocks
  /** Its panels stand side by side. */
  wide?: boolean
}

/** Who answered for a building and who was believed to, its passport with since when, its phones and who speaks for it. */
export function BuildingHistory({ building, clocks, wide }: BuildingHistoryProps) {
  const { t } = useTranslation(['registry', 'words'])
  const format = useFormat()
  const [correcting, setCorrecting] = useState<string | null>(null)
  const [passing, setPassing] = useState(false)
  const [naming, setNaming] = useState(false)
  const answer = useQuery(
    api.registry.building.queryOptions(
      { id: building, clocks },
      { placeholderData: keepPreviousData },
    ),
  )
  const record = answer.data
  if (answer.isError && !record)
    return (
      <ErrorState
        what={t('history.failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  if (!record) return <Skeleton height={320} />
  const since = new Set(record.facts.map((fact) => fact.since))
  /** The whole passport was told at once. */
  const together = since.size === 1 ? [...since][0] : undefined
  const who = record.answers?.organization?.name
  return (
    <div className={wide ? styles.wide : styles.stack}>
      <Panel
        className={styles.whole ?? ''}
        title={t('history.title')}
        note={
          record.knownAt === null
            ? undefined
            : t('history.asKnown', { date: saidAt(format, clocks.knownAt, record.knownAt) })
        }
        finding={
          who
            ? t('history.answered', { name: who, date: saidAt(format, clocks.asOf, record.asOf) })
            : t('history.nobodyAnswered', { date: saidAt(format, clocks.asOf, record.asOf) })
        }
        actions={
          <button
            type="button"
            className={text.link}
            aria-expanded={passing}
            onClick={() => setPassing(!passing)}
          >
            {t('pass.title')}
          </button>
        }
      >
        {passing ? <TenureForm building={building} onDone={() => setPassing(false)} /> : null}
        <TwoClocks record={record} asked={clocks.asOf} />
        {correcting ? (
          <CorrectionForm
            building={building}
            event={correcting}
            onDone={() => setCorrecting(null)}
          />
        ) : null}
        <details className={styles.details}>
          <summary>{t('statements.count', { n: format.number(record.statements.length) })}</summary>
          <Statements statements={record.statements} onCorrect={setCorrecting} />
        </details>
      </Panel>
      <Panel
        title={t('facts.title')}
        note={
          together === undefined ? undefined : t('history.since', { date: format.date(together) })
        }
      >
        {record.facts.length === 0 ? (
          <p className={text.quiet}>{t('facts.none')}</p>
        ) : (
          <dl className={styles.factList}>
            {record.facts.map(({ name, value, since }) => (
              <div key={name}>
                <dt>{t(`facts.${name}`)}</dt>
                <dd>
                  {name === 'cityShare'
                    ? format.percent(Number(value))
                    : name === 'year' || typeof value === 'string'
                      ? value
                      : format.number(value)}
                  {together === undefined ? (
                    <span className={styles.since}>
                      {t('history.since', { date: format.date(since) })}
                    </span>
                  ) : null}
                </dd>
              </div>
            ))}
          </dl>
        )}
      </Panel>
      <div className={styles.stack}>
        <Panel title={t('phones.title')}>
          <PhoneList phones={record.phones} now={record.asOf} />
        </Panel>
        <Panel
          title={t('representatives.title')}
          note={t('representatives.note')}
          actions={
            <button type="button" className={text.link} onClick={() => setNaming(!naming)}>
              {t('representatives.add')}
            </button>
          }
        >
          {naming ? (
            <RepresentativeForm building={building} onDone={() => setNaming(false)} />
          ) : null}
          {record.representatives.length === 0 ? (
            <p className={text.quiet}>{t('representatives.none')}</p>
          ) : (
            <ul className={styles.rows}>
              {record.representatives.map(({ role, consent, start, end }) => (
                <li key={`${role} ${start}`} data-past={end !== null || undefined}>
                  <span className={styles.strong}>{t(`role.${role}`)}</span>
                  <span>
                    {t(consent ? 'representatives.consent' : 'representatives.noConsent')}
                  </span>
                  <span className={text.quiet}>
                    {end === null
                      ? t('history.since', { date: format.date(start) })
                      : t('history.span', { from: format.date(start), to: format.date(end) })}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Panel>
      </div>
    </div>
  )
}
