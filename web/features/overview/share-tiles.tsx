import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isoOf } from '#web/lib/city-time.ts'
import { shareDomain } from '#web/lib/scale.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { IntervalStrip } from '#web/ui/strip.tsx'
import styles from '#web/ui/tile.module.css'
import { Tile, TileGroup } from '#web/ui/tile.tsx'
import type { State } from './answers.ts'

/** Shares of cohorts by registration, each with its interval, its n and its days. */
export function ShareTiles({ state, district }: { state: State; district: string[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { confirmed, reopened } = state
  const days = ({ from, to }: Pick<State['reopened'], 'from' | 'to'>) => format.days(from, to - 1)
  return (
    <TileGroup>
      <ShareTile
        name="confirmed"
        short={t('confirmedOfAll')}
        share={confirmed}
        digits={0}
        rows={{ district, outcome: ['confirmed'] }}
        cohort={t('ofClosed', { n: format.number(confirmed.closed), days: days(confirmed) })}
        none={t(confirmed.closed > 0 ? 'noAnswers' : 'noneClosed', { days: days(confirmed) })}
      />
      <ShareTile
        name="reopened"
        share={reopened}
        digits={1}
        rows={{ district, is: ['returned'] }}
        cohort={t('registeredOn', { days: days(reopened) })}
        none={t(reopened.n > 0 ? 'noReturns' : 'noneClosed', { days: days(reopened) })}
        untold={!reopened.told}
      />
    </TileGroup>
  )
}

interface ShareTileProps {
  name: 'confirmed' | 'reopened'
  /** A name that has room, where that of the dictionary has none. */
  short?: string
  share: State['confirmed'] | State['reopened']
  digits: number
  rows: { district: string[]; outcome?: ['confirmed']; is?: ['returned'] }
  cohort: string
  /** Why there is nothing to tell. */
  none: string
  /** The sources do not tell of it at all. */
  untold?: boolean
}

function ShareTile({
  name,
  short,
  share,
  digits,
  rows,
  cohort,
  none,
  untold = false,
}: ShareTileProps) {
  const { t } = useTranslation('overview')
  const { t: measure } = useTranslation('measures')
  const format = useFormat()
  const { cases, n, interval, from, to } = share
  const heading = {
    measure: name,
    label: short ?? measure(`${name}.name`),
    definition: measure(`${name}.definition`),
  }
  if (n === 0 || untold)
    return (
      <Tile {...heading} figure="–">
        <p className={styles.why}>{none}</p>
      </Tile>
    )
  const domain = shareDomain(interval)
  const end = (value: number) => format.number(value * 100, domain[1] - domain[0] < 0.04 ? 1 : 0)
  return (
    <Tile
      {...heading}
      unit="%"
      figure={
        <Link
          to="/requests"
          search={{ ...rows, from: isoOf(from), to: isoOf(to) }}
          className={styles.open}
        >
          {format.number((cases / n) * 100, digits)}
        </Link>
      }
      strip={
        <IntervalStrip
          value={cases / n}
          interval={interval}
          domain={domain}
          ends={[end(domain[0]), end(domain[1])]}
        />
      }
    >
      <p className={styles.plain}>
        {t('intervalAndN', {
          interval: format.percentRange(interval[0], interval[1], digits),
          n: format.number(n),
        })}
      </p>
      <p className={`${styles.soft} ${styles.cohort}`}>{cohort}</p>
    </Tile>
  )
}
