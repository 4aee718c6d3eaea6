import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { FLAGGED } from '#server/contract/flags.ts'
import { Segments } from '#web/ui/segments.tsx'
import styles from './flags.module.css'
import type { FlagsSearch } from './search.ts'

const ALL = 'all'
const STATUSES = [ALL, 'proposed', 'issued', 'withdrawn'] as const
const LEVELS = [ALL, 'inspect', 'watch', 'good', 'insufficient'] as const

const MEASURES = [ALL, ...FLAGGED] as const

/** Level, status and measure of the queue, in the address. */
export function QueueFilters({ search }: { search: FlagsSearch }) {
  const { t } = useTranslation(['flags', 'words'])
  const navigate = useNavigate()
  const choose = (more: { [K in keyof FlagsSearch]: FlagsSearch[K] | typeof ALL }) => {
    const next = Object.fromEntries(
      Object.entries({ ...search, ...more }).filter(([, value]) => value && value !== ALL),
    ) as FlagsSearch
    void navigate({ to: '/flags', search: next, replace: true, resetScroll: false })
  }
  return (
    <div className={styles.filters}>
      <Segments
        label={t('flags:filter.level')}
        value={search.level ?? ALL}
        onChange={(level) => choose({ level })}
        options={LEVELS.map((value) => ({
          value,
          label: value === ALL ? t('flags:filter.all') : t(`words:level.${value}`),
        }))}
      />
      <Segments
        label={t('flags:filter.status')}
        value={search.status ?? ALL}
        onChange={(status) => choose({ status })}
        options={STATUSES.map((value) => ({
          value,
          label: value === ALL ? t('flags:filter.anyStatus') : t(`flags:status.${value}`),
        }))}
      />
      <Segments
        label={t('flags:filter.measure')}
        value={search.measure ?? ALL}
        onChange={(measure) => choose({ measure })}
        options={MEASURES.map((value) => ({
          value,
          label: value === ALL ? t('flags:filter.anyMeasure') : t(`flags:measure.${value}`),
        }))}
      />
    </div>
  )
}
