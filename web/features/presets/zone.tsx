import { useTranslation } from 'react-i18next'
import { type Status, StatusShape } from '#web/ui/status-shape.tsx'
import styles from './presets.module.css'

export type Zone = 'red' | 'yellow' | 'green' | 'few'

const SHAPES: Record<Zone, Status> = {
  red: 'inspect',
  yellow: 'watch',
  green: 'good',
  few: 'insufficient',
}

/** A zone by its shape and its word; the colour only repeats it. */
export function ZoneMark({ zone }: { zone: Zone }) {
  const { t } = useTranslation('presets')
  return (
    <span className={`${styles.zone} ${styles[zone]}`}>
      <StatusShape kind={SHAPES[zone]} /> {t(`zone.${zone}`)}
    </span>
  )
}
