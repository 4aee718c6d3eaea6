import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './sources.module.css'

type Completeness = Answer['sources']['completeness']
export type SourceDay = Completeness['days'][number]

interface DayStripProps {
  days: readonly SourceDay[]
  /** Day numbers, half-open. */
  from: number
  to: number
}

const HEIGHT = 22

/** What came on each day: a bar, its root so that small days stay in sight; a triangle where silence is no chance; a dot above where something was not taken. */
export function DayStrip({ days, from, to }: DayStripProps) {
  const { t } = useTranslation('sources')
  const format = useFormat()
  const most = Math.max(1, ...days.map(cameOn))
  const silent = days.filter((day) => day.silent)
  const amiss = days.filter(notTaken)
  const width = to - from > 40 ? 4 : 8
  return (
    <svg
      className={styles.strip}
      role="img"
      aria-label={t('strip.label', {
        days: format.days(from, to - 1),
        silent: format.number(silent.length),
        amiss: format.number(amiss.length),
      })}
      width={(to - from) * width}
      height={HEIGHT}
      viewBox={`0 0 ${(to - from) * width} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      <path className={styles.stripAxis} d={`M0 ${HEIGHT - 0.5}H${(to - from) * width}`} />
      {days.map((day) => {
        const x = (day.day - from) * width
        const high = Math.sqrt(cameOn(day) / most) * (HEIGHT - 6)
        return (
          <g key={day.day}>
            <title>{`${format.dayShort(day.day)}: ${format.number(cameOn(day))}${day.silent ? `, ${t('strip.silent')}` : ''}`}</title>
            <rect
              className={styles.stripBar}
              x={x + 0.5}
              width={width - 1}
              y={HEIGHT - 1 - high}
              height={high}
            />
            {day.silent ? (
              <path
                className={styles.stripSilent}
                d={`M${x + width / 2} ${HEIGHT - 9}l${width / 2} 7h${-width}Z`}
              />
            ) : null}
            {notTaken(day) ? (
              <circle className={styles.stripAmiss} cx={x + width / 2} cy="2.5" r="2" />
            ) : null}
          </g>
        )
      })}
    </svg>
  )
}

/** Files are told by their rows, everything else by events. */
export const cameOn = ({ events, rows }: SourceDay) => Math.max(rows.arrived, events.arrived)
export const notTaken = ({ events, rows }: SourceDay) =>
  events.quarantined + rows.quarantined + events.batches > 0
