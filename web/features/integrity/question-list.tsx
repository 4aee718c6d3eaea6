import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import type { Finding } from './finding.ts'
import styles from './integrity.module.css'
import { useQuestion } from './use-question.ts'

interface QuestionListProps {
  questions: readonly Finding[]
  chosen: Finding | undefined
}

/** What there is to ask, the hardest to explain by chance first. */
export function QuestionList({ questions, chosen }: QuestionListProps) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  const ask = useQuestion()
  return (
    <Panel
      flush
      title={
        <>
          {t('list.title')} <span className={styles.quiet}>{format.number(questions.length)}</span>
        </>
      }
      note={t('list.note')}
    >
      {questions.length === 0 ? (
        <EmptyState what={t('list.none')} todo={t('list.noneTodo')} />
      ) : (
        <ul className={styles.questions}>
          {questions.map((question) => (
            <li key={`${question.organization.id} ${question.indicator}`}>
              <Link
                to="/integrity"
                search={{
                  who: question.organization.id,
                  indicator: question.indicator,
                }}
                replace
                resetScroll={false}
                className={styles.question}
                aria-current={question === chosen ? 'true' : undefined}
              >
                <StatusShape kind="watch" size={13} />
                <span>
                  <b>{question.organization.name}</b>
                  <span className={styles.indicator}>{t(`name.${question.indicator}`)}</span>
                  <span className={styles.asked}>{ask(question)}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
