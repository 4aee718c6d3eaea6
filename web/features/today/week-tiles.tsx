import { useTranslation } from 'react-i18next'
import { weekdayOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Skeleton } from '#web/ui/states.tsx'
import styles from '#web/ui/tile.module.css'
import { Tile, TileGroup } from '#web/ui/tile.tsx'
import type { AheadState } from './use-ahead.ts'

/** Tomorrow and the seven days from it on, with their intervals. */
export function WeekTiles({ ahead: { data, why } }: { ahead: AheadState }) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const tomorrow = data?.days[1]
  if (!data || !tomorrow)
    return why ? (
      <TileGroup>
        <Tile label={t('tiles.week')} figure="–">
          <p className={styles.why}>{why}</p>
        </Tile>
      </TileGroup>
    ) : (
      <Skeleton height="100%" />
    )
  const told = [
    { label: t('tiles.tomorrow', { day: format.weekdayShort(weekdayOf(tomorrow.day)) }), tomorrow },
    { label: t('tiles.week'), tomorrow: data.week },
  ]
  return (
    <TileGroup>
      {told.map(({ label, tomorrow: { value, of80, of95 } }) => (
        <Tile
          key={label}
          label={label}
          figure={format.number(Math.round(value))}
          long={value >= 99_999.5}
        >
          <p className={styles.plain}>
            {of80 ? t('tiles.of80', { range: format.shortRange(...of80) }) : t('tiles.noInterval')}
          </p>
          {of95 ? (
            <p className={styles.soft}>{t('tiles.of95', { range: format.shortRange(...of95) })}</p>
          ) : null}
        </Tile>
      ))}
    </TileGroup>
  )
}
