import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { CumulativeChart } from '#web/chart/cumulative-chart.tsx'
import { inflowChange } from '#web/chart/inflow-change.ts'
import { isoOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from '#web/ui/tile.module.css'
import { Tile } from '#web/ui/tile.tsx'
import type { State } from './answers.ts'
import { useNoComparison } from './use-no-comparison.ts'

interface InflowTileProps {
  state: State
  hour: number
  district: string[]
}

export function InflowTile({ state, hour, district }: InflowTileProps) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { inflow, today } = state
  const { usual } = inflow
  const change = inflowChange(inflow)
  const noComparison = useNoComparison(state)
  return (
    <section className={styles.split}>
      <Tile
        measure="registered"
        label={t('registered')}
        figure={
          <Link
            to="/requests"
            search={{ district, from: isoOf(today), to: isoOf(today + 1) }}
            className={styles.open}
          >
            {format.number(inflow.total)}
          </Link>
        }
      >
        {usual ? (
          <>
            <p className={change?.outside ? styles.worse : styles.plain}>
              {t(change?.outside ? 'toUsual' : 'toUsualWithin', {
                change: format.change(change?.share ?? 0),
              })}
            </p>
            <p className={styles.plain}>
              {t('usuallyMedian', {
                median: format.number(usual.soFar.median),
                range: format.range(
                  Math.round(usual.soFar.band[0]),
                  Math.round(usual.soFar.band[1]),
                ),
              })}
            </p>
            <p className={styles.soft}>
              {t('eightyOf', {
                n: format.number(inflow.days),
                days: format.weekdayMany(inflow.alike),
              })}
            </p>
          </>
        ) : (
          <p className={styles.why}>{noComparison}</p>
        )}
      </Tile>
      <div className={styles.chart}>
        {usual || inflow.total > 0 ? <CumulativeChart inflow={inflow} hour={hour} /> : null}
      </div>
    </section>
  )
}
