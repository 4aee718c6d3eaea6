import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { LevelMark } from '#web/ui/level.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { OverviewIndex } from './overview-index.tsx'
import styles from './presets.module.css'
import { SeenValue } from './seen.tsx'
import { ZoneMark } from './zone.tsx'

/** How the level of an organization changes over the reasonable definitions; a route sets it beside its figures. */
export function DefinitionsPanel({ organization }: { organization: string }) {
  const { t } = useTranslation(['presets', 'flags'])
  const format = useFormat()
  const answer = useQuery(
    api.presets.definitions.queryOptions(
      { organization },
      { retry: false, staleTime: 600_000, meta: { live: false } },
    ),
  )
  if (answer.isError) return null
  if (!answer.data) return <Skeleton height={320} />
  const { definitions, ours, marks, judged } = answer.data
  return (
    <Panel
      title={t('presets:definitions.title')}
      finding={
        judged === 0
          ? t('presets:definitions.nothing')
          : t(
              marks === 0
                ? 'presets:definitions.never'
                : marks === judged
                  ? 'presets:definitions.always'
                  : 'presets:definitions.sometimes',
              { marks: format.number(marks), judged: format.number(judged) },
            )
      }
    >
      <SideScroll label={t('presets:definitions.title')}>
        <table className={`${styles.table} ${styles.definitions}`}>
          <thead>
            <tr>
              <th scope="col">{t('presets:column.definition')}</th>
              <th scope="col">{t('presets:lookBack')}</th>
              <th scope="col">{t('presets:column.zone')}</th>
              <th scope="col">{t('presets:column.seen')}</th>
            </tr>
          </thead>
          <tbody>
            {ours.map(({ measure, level }) => (
              <tr key={measure}>
                <th scope="row">
                  <Link to="/flags/$flag" params={{ flag: `${measure}.${organization}` }}>
                    {t(`presets:ours.${measure}`)}
                  </Link>
                </th>
                <td className={styles.when}>
                  {t('presets:months', { count: 12, n: format.number(12) })}
                </td>
                <td>
                  {level === 'none' ? (
                    t('presets:definitions.asExpected')
                  ) : (
                    <LevelMark level={level} />
                  )}
                </td>
                <td />
              </tr>
            ))}
            {definitions.map(({ preset, name, months, zone, guarded, active, seen }) => (
              <tr key={`${preset} ${months}`}>
                <th scope="row">
                  <Link to="/presets" search={{ preset, months }}>
                    {inLanguage(name, format.language)}
                  </Link>
                  {active ? <small className={styles.quiet}> {t('presets:active')}</small> : null}
                </th>
                <td className={styles.when}>
                  {t('presets:months', { count: months, n: format.number(months) })}
                </td>
                <td>
                  <ZoneMark zone={zone} />
                  {guarded ? (
                    <small className={styles.guarded}>{t('presets:guarded')}</small>
                  ) : null}
                </td>
                <td>
                  <div className={styles.several}>
                    {seen.map((one) => (
                      <span key={one.id} className={styles.named}>
                        <small>
                          {one.name
                            ? inLanguage(one.name, format.language)
                            : t(`presets:column.${one.id as 'previous' | 'lastYear' | 'count'}`)}
                        </small>
                        <SeenValue seen={one} />
                      </span>
                    ))}
                  </div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </SideScroll>
      <OverviewIndex organization={organization} />
    </Panel>
  )
}
