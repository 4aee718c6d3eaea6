import { useQuery } from '@tanstack/react-query'
import { Trans, useTranslation } from 'react-i18next'
import type { IntegritySearch } from '#server/contract/integrity.ts'
import { api } from '#web/api.ts'
import { dayOfIso } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { NumberLink, Sentence } from '#web/ui/sentence.tsx'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { EvidencePanel } from './evidence-panel.tsx'
import type { Overview } from './finding.ts'
import styles from './integrity.module.css'
import { Matrix } from './matrix.tsx'
import { QuestionList } from './question-list.tsx'

/** Numbers that may have been made, not earned: each as a question to the organization, with what it rests on. */
export function IntegrityPage({ search }: { search: IntegritySearch }) {
  const { t } = useTranslation('integrity')
  const answer = useQuery(
    api.integrity.overview.queryOptions(undefined, { staleTime: 600_000, meta: { live: false } }),
  )
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
  const overview = answer.data
  if (!overview)
    return (
      <div className={styles.page}>
        <Skeleton width="min(720px, 100%)" height={72} />
        <div className={styles.panels}>
          <Skeleton height={560} />
          <Skeleton height={560} />
        </div>
      </div>
    )
  const { findings } = overview
  const questions = findings.filter(({ level }) => level === 'ask')
  const asked = findings.find(
    ({ organization, indicator }) =>
      organization.id === search.who && indicator === search.indicator,
  )
  const unknown = search.who !== undefined && search.indicator !== undefined && !asked
  const ofOne = questions.find(({ organization }) => organization.id === search.who)
  const chosen = asked ?? (unknown ? undefined : (ofOne ?? questions[0]))
  return (
    <div className={styles.page}>
      <Head overview={overview} />
      {findings.length === 0 ? (
        <EmptyState what={t('empty')} todo={t('emptyTodo')} />
      ) : (
        <>
          <div className={styles.panels}>
            <QuestionList questions={questions} chosen={chosen} />
            {chosen ? (
              <EvidencePanel
                key={`${chosen.organization.id} ${chosen.indicator}`}
                finding={chosen}
              />
            ) : unknown ? (
              <EmptyState what={t('unknown')} todo={t('unknownTodo')} />
            ) : (
              <EmptyState what={t('evidence.pick')} />
            )}
          </div>
          <Matrix findings={findings} chosen={chosen} />
        </>
      )}
    </div>
  )
}

function Head({ overview }: { overview: Overview }) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  const { findings, period, tested, rules } = overview
  const questions = findings.filter(({ level }) => level === 'ask')
  const about = new Set(questions.map(({ organization }) => organization.id)).size
  const all = new Set(findings.map(({ organization }) => organization.id)).size
  return (
    <>
      <Sentence>
        {questions.length === 0 ? (
          t('sentence.none')
        ) : (
          <>
            {t('sentence.some', { count: questions.length, n: format.number(questions.length) })}{' '}
            <Trans
              t={t}
              i18nKey="sentence.of"
              count={about}
              values={{ n: format.number(about), all: format.number(all) }}
              components={{ all: <NumberLink to="/organizations" /> }}
            />
          </>
        )}
      </Sentence>
      <p className={styles.under}>
        {t('note')}{' '}
        {t('frozen', {
          cut: format.dateTime(period.cut),
          period: format.days(dayOfIso(period.from), dayOfIso(period.to) - 1),
          tested: format.number(tested),
          q: format.number(rules.q, 2),
          events: format.number(rules.leastEvents),
          rules: String(rules.version),
        })}
      </p>
    </>
  )
}
