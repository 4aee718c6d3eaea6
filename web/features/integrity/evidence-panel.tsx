import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { INDICATED, INTEGRITY_RULES } from '#server/contract/integrity.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { ErrorState, Skeleton } from '#web/ui/states.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { Cases, Sample } from './cases.tsx'
import { type Evidence, type Finding, isFew, limitOf, sizeOf } from './finding.ts'
import styles from './integrity.module.css'
import { Picture } from './picture.tsx'
import { useQuestion } from './use-question.ts'

/** What one number rests on: its figures, its picture, its cases and some of its requests. */
export function EvidencePanel({ finding }: { finding: Finding }) {
  const { t } = useTranslation('integrity')
  const { indicator, organization } = finding
  const answer = useQuery(
    api.integrity.evidence.queryOptions(
      { organization: organization.id, indicator },
      { staleTime: 600_000, meta: { live: false } },
    ),
  )
  if (answer.isError && !answer.data)
    return (
      <ErrorState
        what={t('failed')}
        todo={t('failedTodo')}
        retry={{ label: t('retry'), run: () => void answer.refetch() }}
      />
    )
  const evidence = answer.data
  return (
    <div className={styles.evidence}>
      <Figures finding={finding} evidence={evidence} />
      {evidence ? (
        <>
          <Picture evidence={evidence} />
          <Cases evidence={evidence} />
          <Sample evidence={evidence} />
        </>
      ) : (
        <Skeleton height={310} />
      )}
    </div>
  )
}

function Figures({ finding, evidence }: { finding: Finding; evidence: Evidence | undefined }) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  const ask = useQuestion()
  const { indicator, organization, observed, expected, n, q, lower, level } = finding
  const { test } = INDICATED[indicator]
  const size = sizeOf(finding, format)
  const limit = limitOf(finding, format)
  const rules = {
    events: format.number(INTEGRITY_RULES.leastEvents),
    requests: format.number(INTEGRITY_RULES.leastRequests),
    q: format.number(INTEGRITY_RULES.q, 2),
  }
  const bound = (value: number) =>
    test === 'limit'
      ? format.percent(value)
      : value > 100
        ? `>${format.number(100)}`
        : format.number(value, 2)
  return (
    <Panel
      className={styles.figuresPanel ?? ''}
      title={
        <span className={styles.of}>
          {level === 'ask' ? <StatusShape kind="watch" size={13} /> : null}
          <Link
            to="/organizations/$organization"
            params={{ organization: organization.id }}
            title={t('evidence.organization')}
          >
            {organization.name}
          </Link>
        </span>
      }
      note={t(`name.${indicator}`)}
    >
      <p className={styles.lead}>
        {level === 'ask'
          ? ask(finding)
          : t(level === 'none' ? 'evidence.noneWords' : 'evidence.thinWords', rules)}
      </p>
      <dl className={styles.figures}>
        <div>
          <dt>{t('evidence.observed')}</dt>
          <dd>
            {evidence?.rows.events ? (
              <Link to="/requests" search={evidence.rows.events} className={styles.number}>
                {format.number(observed)}
              </Link>
            ) : (
              format.number(observed)
            )}
            <small>
              {t('evidence.among')}{' '}
              {evidence ? (
                <Link to="/requests" search={evidence.rows.among} className={styles.number}>
                  {format.number(n)}
                </Link>
              ) : (
                format.number(n)
              )}
            </small>
          </dd>
        </div>
        {expected === null ? null : (
          <div>
            <dt>{t('evidence.expected')}</dt>
            <dd>{isFew(finding) ? t('evidence.few') : format.number(expected, 1)}</dd>
          </div>
        )}
        {size === '' ? null : (
          <div>
            <dt>{t(`evidence.size.${test}`)}</dt>
            <dd>
              {size}
              <small>
                {[
                  lower === null ? null : t('evidence.lower', { lower: bound(lower) }),
                  limit === null ? null : t('evidence.limit', { limit }),
                ]
                  .filter((part) => part !== null)
                  .join('; ')}
              </small>
            </dd>
          </div>
        )}
        {q === null ? null : (
          <div>
            <dt>{t('evidence.q')}</dt>
            <dd>
              {q < 1e-6
                ? t('evidence.tiny', { value: format.number(1e-6, 6) })
                : format.number(q, q < 0.001 ? 6 : 3)}
            </dd>
          </div>
        )}
      </dl>
      {evidence && evidence.rows.events === null ? (
        <p className={styles.how}>{t('evidence.tooMany')}</p>
      ) : null}
      {evidence?.returns?.before.share != null && evidence.returns.rest.share != null ? (
        <p className={styles.how}>
          {t('evidence.returns', {
            before: format.percent(evidence.returns.before.share, 1),
            beforeOf: `${format.number(evidence.returns.before.returned)} / ${format.number(evidence.returns.before.closed)}`,
            rest: format.percent(evidence.returns.rest.share, 1),
            restOf: `${format.number(evidence.returns.rest.returned)} / ${format.number(evidence.returns.rest.closed)}`,
          })}
        </p>
      ) : null}
      <p className={styles.how}>
        <b>{t('evidence.how')}.</b> {t(`how.${indicator}`)}
      </p>
    </Panel>
  )
}
