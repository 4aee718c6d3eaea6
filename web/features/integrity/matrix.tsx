import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { INDICATORS, INTEGRITY_RULES } from '#server/contract/integrity.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { byOrganization, type Finding, isThin, sizeOf } from './finding.ts'
import styles from './matrix.module.css'

/** Everybody by every indicator: what was looked at is as plain as what was found. */
export function Matrix({
  findings,
  chosen,
}: {
  findings: readonly Finding[]
  chosen: Finding | undefined
}) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  return (
    <section aria-labelledby="integrity-matrix" className={styles.section}>
      <header className={styles.title}>
        <h2 id="integrity-matrix">{t('matrix.title')}</h2>
        <p>{t('matrix.note')}</p>
        <ExportLinks table="integrity" search="" />
      </header>
      <SideScroll label={t('matrix.title')}>
        <table className={styles.matrix}>
          <thead>
            <tr>
              <th scope="col">{t('matrix.organization')}</th>
              {INDICATORS.map((indicator) => (
                <th key={indicator} scope="col" title={t(`name.${indicator}`)}>
                  {t(`short.${indicator}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {byOrganization(findings).map(({ id, name, of }) => (
              <tr key={id}>
                <th scope="row">
                  <Link to="/organizations/$organization" params={{ organization: id }}>
                    {name}
                  </Link>
                </th>
                {INDICATORS.map((indicator) => (
                  <td
                    key={indicator}
                    data-chosen={of.get(indicator) === chosen && chosen !== undefined}
                  >
                    <Cell finding={of.get(indicator)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
      <p className={styles.foot}>
        {t('matrix.few', {
          requests: format.number(INTEGRITY_RULES.leastRequests),
          events: format.number(INTEGRITY_RULES.leastEvents),
        })}
      </p>
    </section>
  )
}

function Cell({ finding }: { finding: Finding | undefined }) {
  const { t } = useTranslation('integrity')
  const format = useFormat()
  if (!finding) return null
  const { level, indicator, organization } = finding
  const size = sizeOf(finding, format)
  return (
    <Link
      to="/integrity"
      search={{ who: organization.id, indicator }}
      replace
      className={styles.cell}
      data-level={level}
      data-thin={isThin(finding)}
      title={`${organization.name}: ${t(`name.${indicator}`)}. ${t(`evidence.level.${level}`)}`}
    >
      {level === 'insufficient' ? (
        <StatusShape kind="insufficient" label={t('evidence.level.insufficient')} />
      ) : level === 'ask' ? (
        <>
          <StatusShape kind="watch" label={t('evidence.level.ask')} /> {size}
        </>
      ) : (
        size || format.number(finding.observed)
      )}
    </Link>
  )
}
