import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { isoOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { IntervalStrip } from '#web/ui/strip.tsx'
import type { State } from './answers.ts'
import { shareDomain } from './scale.ts'
import styles from './tile.module.css'
import { Tile, TileGroup } from './tile.tsx'

type Share = NonNullable<State['reopened']>

/** Shares of cohorts by registration, each with its interval, its n and its days. */
export function ShareTiles({ state, district }: { state: State; district: string[] }) {
  const { t } = useTranslation('overview')
  const { t: measure } = useTranslation('measures')
  const format = useFormat()
  const { confirmed, reopened } = state
  const cohort = ({ from, to }: Share) => ({ district, from: isoOf(from), to: isoOf(to) })
  const strip = ({ cases, n, interval }: Share) => {
    const domain = shareDomain(interval)
    const digits = domain[1] - domain[0] < 0.04 ? 1 : 0
    return (
      <IntervalStrip
        value={cases / n}
        interval={interval}
        domain={domain}
        ends={[format.number(domain[0] * 100, digits), format.number(domain[1] * 100, digits)]}
      />
    )
  }
  const words = ({ n, interval }: Share, digits: number) => (
    <p className={styles.plain}>
      {t('intervalAndN', {
        interval: format.percentRange(interval[0], interval[1], digits),
        n: format.number(n),
      })}
    </p>
  )
  return (
    <TileGroup>
      <Tile
        label={measure('confirmed.name')}
        definition={measure('confirmed.definition')}
        figure={
          confirmed ? (
            <Link
              to="/requests"
              search={{ ...cohort(confirmed), outcome: ['confirmed'] }}
              className={styles.open}
            >
              {format.number((confirmed.cases / confirmed.n) * 100)}
            </Link>
          ) : (
            '–'
          )
        }
        {...(confirmed && { unit: '%' })}
        strip={confirmed ? strip(confirmed) : null}
      >
        {confirmed ? (
          <>
            {words(confirmed, 0)}
            <p className={`${styles.soft} ${styles.cohort}`}>
              {t('ofClosed', {
                n: format.number(confirmed.closed),
                days: format.days(confirmed.from, confirmed.to - 1),
              })}
            </p>
          </>
        ) : (
          <p className={styles.why}>{t('noAnswers')}</p>
        )}
      </Tile>
      <Tile
        label={measure('reopened.name')}
        definition={measure('reopened.definition')}
        figure={
          reopened ? (
            <Link
              to="/requests"
              search={{ ...cohort(reopened), is: ['returned'] }}
              className={styles.open}
            >
              {format.number((reopened.cases / reopened.n) * 100, 1)}
            </Link>
          ) : (
            '–'
          )
        }
        {...(reopened && { unit: '%' })}
        strip={reopened ? strip(reopened) : null}
      >
        {reopened ? (
          <>
            {words(reopened, 1)}
            <p className={`${styles.soft} ${styles.cohort}`}>
              {t('registeredOn', { days: format.days(reopened.from, reopened.to - 1) })}
            </p>
          </>
        ) : (
          <p className={styles.why}>{t('noMature')}</p>
        )}
      </Tile>
    </TileGroup>
  )
}
