import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Skeleton } from '#web/ui/states.tsx'
import styles from './presets.module.css'

/** One number out of all measures, for an overview: never without its parts and how certain its place is. */
export function OverviewIndex({ organization }: { organization: string }) {
  const { t } = useTranslation('presets')
  const format = useFormat()
  const answer = useQuery(
    api.presets.index.queryOptions(
      { organization },
      { retry: false, staleTime: 600_000, meta: { live: false } },
    ),
  )
  if (answer.isError) return null
  if (!answer.data) return <Skeleton height={84} />
  const { own, among, weights, emergencyWeight } = answer.data
  return (
    <div className={styles.index}>
      <h3>{t('index.title')}</h3>
      {own === null ? (
        <p>{t('index.none')}</p>
      ) : (
        <>
          <p>
            <strong>{t('index.value', { index: format.number(own.index) })}</strong>{' '}
            {t('index.rank', {
              low: format.number(own.rank.low),
              high: format.number(own.rank.high),
              n: format.number(among),
            })}{' '}
            {t(own.thirdMoves ? 'index.moves' : 'index.stays')}
          </p>
          <dl>
            {own.parts.map(({ measure, sd }) => (
              <div key={measure}>
                <dt>
                  {t(`index.part.${measure}`, { times: format.number(emergencyWeight) })}{' '}
                  <small>{format.number(weights[measure], 2)}</small>
                </dt>
                <dd>{format.signed(sd, 1)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <p className={styles.quiet}>{t('index.note')}</p>
    </div>
  )
}
