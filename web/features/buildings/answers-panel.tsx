import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import text from '#web/ui/text.module.css'
import styles from './building.module.css'
import type { Card } from './card.ts'

/** Who answers now and by which phone, and who answered before. */
export function AnswersPanel({ card }: { card: Card }) {
  const { t } = useTranslation(['buildings', 'words'])
  const format = useFormat()
  const { answers } = card
  const current = card.tenures.findLast(({ end }) => end === null)
  const before = card.tenures.filter(({ end }) => end !== null).toReversed()
  return (
    <Panel title={t('answers.title')}>
      {answers ? (
        <div className={styles.answerRow}>
          <div>
            <Link
              to="/organizations/$organization"
              params={{ organization: answers.id }}
              className={styles.who}
            >
              {answers.name}
            </Link>
            <p className={text.quiet}>
              {t(`words:organizationKind.${answers.kind}`)},{' '}
              {t('answers.now', { date: format.date(answers.since) })}
              {current?.contract
                ? `, ${t('answers.contract', { contract: current.contract })}`
                : null}
            </p>
          </div>
          {answers.phone ? (
            <a href={`tel:${answers.phone.replaceAll(/[^+\d]/g, '')}`} className={styles.phone}>
              {answers.phone}
            </a>
          ) : (
            <span className={text.quiet}>{t('answers.noPhone')}</span>
          )}
        </div>
      ) : (
        <p className={text.quiet}>{t('answers.nobody')}</p>
      )}
      {before.length > 0 ? (
        <>
          <h3 className={styles.subtitle}>{t('answers.before')}</h3>
          <ul>
            {before.map((tenure) => (
              <li key={tenure.start} className={styles.answerRow}>
                {tenure.organization ? (
                  <Link
                    to="/organizations/$organization"
                    params={{ organization: tenure.organization.id }}
                    className={styles.past}
                  >
                    {tenure.organization.name}
                  </Link>
                ) : (
                  <span>{t('year.nobody')}</span>
                )}
                <span className={text.quiet}>
                  {t('year.span', {
                    from: format.date(tenure.start),
                    to: format.date(tenure.end ?? 0),
                  })}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Panel>
  )
}
