import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './integrity.module.css'
import { useQuestion } from './use-question.ts'

/** Questions to one organization, for its own page. */
export function OrganizationIntegrity({ organization }: { organization: string }) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  const ask = useQuestion()
  const answer = useQuery(
    api.integrity.ofOrganization.queryOptions(
      { organization },
      { staleTime: 600_000, meta: { live: false } },
    ),
  )
  const findings = answer.data?.findings
  const questions = findings?.filter(({ level }) => level === 'ask') ?? []
  const judged = findings?.filter(({ level }) => level !== 'insufficient') ?? []
  return (
    <Panel
      title={t('panel.title')}
      actions={
        <Link to="/integrity" search={{ who: organization }} className={styles.all}>
          {t('panel.all')}
        </Link>
      }
    >
      {answer.isError && !answer.data ? (
        <p className={styles.quiet}>{t('failed')}</p>
      ) : !findings ? (
        <Skeleton height={44} />
      ) : questions.length === 0 ? (
        <p className={styles.quiet}>
          {judged.length === 0
            ? t('panel.few')
            : t('panel.none', { n: format.number(judged.length) })}
        </p>
      ) : (
        <ul className={styles.short}>
          {questions.map((question) => (
            <li key={question.indicator}>
              <StatusShape kind="watch" size={13} />
              <Link
                to="/integrity"
                search={{ who: organization, indicator: question.indicator }}
                className={styles.number}
              >
                {ask(question)}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
