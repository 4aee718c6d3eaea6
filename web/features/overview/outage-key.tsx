import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { OutageLine } from './answers.ts'
import styles from './deviation-panel.module.css'

/** What the outline on the map is, in a line under it, where it covers no house. */
export function OutageKey({ outages }: { outages: readonly OutageLine[] }) {
  const { t } = useTranslation('outages')
  const { t: overview } = useTranslation('overview')
  const { number, language } = useFormat()
  const [first] = outages
  if (!first) return null
  const { state, resource, announced, count, place } = first
  const suspected = state === 'suspected'
  const what = suspected
    ? t(`looksLike.${resource}`)
    : `${t(`gone.${resource}`)}, ${t(announced?.planned ? 'kind.planned' : 'kind.accident')}`
  const named = place.address ?? place.district
  const where = place.heatingPoint ?? (named && inLanguage(named, language))
  const houses = t('houses', { count, n: number(count) })
  return (
    <Link to="/outages" {...(suspected && { hash: 'suspected' })} className={styles.outage}>
      <svg width="22" height="10" aria-hidden="true">
        <path
          d="M1 5H21"
          stroke={suspected ? 'var(--watch)' : 'var(--ink)'}
          strokeWidth="2"
          strokeDasharray={suspected ? '6 4' : undefined}
        />
      </svg>
      <span>
        {what}: <b>{where ? `${houses}, ${where}` : houses}</b>
        {outages.length > 1
          ? overview('deviation.moreOutages', { n: number(outages.length - 1) })
          : null}
      </span>
    </Link>
  )
}
