import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inflowChange } from '#web/chart/inflow-change.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from '#web/ui/tile.module.css'
import { Tile, TileGroup } from '#web/ui/tile.tsx'
import type { Day } from './answers.ts'
import { rowsOfDay, type Scope } from './scope.ts'

/** What came, what is usual by now, and what is expected by midnight. */
export function DayTiles({ day, scope }: { day: Day; scope: Scope }) {
  const { t } = useTranslation('overview')
  const { t: today } = useTranslation('today')
  const format = useFormat()
  const { inflow } = day
  const { usual, total } = inflow
  const change = inflowChange(inflow)
  const of = (interval: readonly [number, number]) =>
    format.shortRange(total + interval[0], total + interval[1])
  const days = { n: format.number(inflow.days), days: format.weekdayMany(inflow.alike) }
  return (
    <TileGroup>
      <Tile
        measure="registered"
        label={t('registered')}
        figure={
          <Link to="/requests" search={rowsOfDay(scope, day.today)} className={styles.open}>
            {format.number(total)}
          </Link>
        }
      >
        {change ? (
          <p className={change.outside ? styles.worse : styles.plain}>
            {t(change.outside ? 'toUsual' : 'toUsualWithin', {
              change: format.change(change.share),
            })}
          </p>
        ) : null}
        <p className={usual ? styles.soft : styles.why}>
          {usual
            ? today('tiles.partial')
            : today('tiles.little', { n: format.number(inflow.days) })}
        </p>
      </Tile>
      <Tile
        label={today('tiles.usual', { time: format.clock(day.now) })}
        figure={usual ? format.number(Math.round(usual.soFar.median)) : '–'}
      >
        {usual ? (
          <>
            <p className={styles.plain}>
              {today('tiles.of80', {
                range: format.shortRange(usual.soFar.band[0], usual.soFar.band[1]),
              })}
            </p>
            <p className={styles.soft}>{`n = ${days.n} ${days.days}`}</p>
          </>
        ) : null}
      </Tile>
      <Tile
        label={today('tiles.byMidnight')}
        figure={usual ? format.number(Math.round(total + usual.forecast.rest)) : '–'}
      >
        {usual ? (
          <>
            <p className={styles.plain}>
              {today('tiles.of80', { range: of(usual.forecast.interval) })}
            </p>
            <p className={styles.soft}>
              {today('tiles.of95', { range: of(usual.forecast.interval95) })}
            </p>
          </>
        ) : null}
      </Tile>
    </TileGroup>
  )
}
