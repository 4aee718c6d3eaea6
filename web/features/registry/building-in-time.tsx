import { useTranslation } from 'react-i18next'
import type { Clocks } from '#server/contract/registry-search.ts'
import { BuildingHistory } from './building-history.tsx'
import { ClockFields } from './clock-fields.tsx'
import history from './history.module.css'
import registry from './registry.module.css'

interface BuildingInTimeProps {
  building: string
  clocks: Clocks
  onClocks: (clocks: Clocks) => void
}

/** The part of a building's page that is asked with both clocks. */
export function BuildingInTime({ building, clocks, onClocks }: BuildingInTimeProps) {
  const { t } = useTranslation('registry')
  return (
    <section className={history.stack} aria-label={t('inTime')}>
      <div className={registry.toolbar}>
        <h2 className={registry.sideTitle}>{t('inTime')}</h2>
        <ClockFields clocks={clocks} onChange={onClocks} />
      </div>
      <BuildingHistory building={building} clocks={clocks} wide />
    </section>
  )
}
