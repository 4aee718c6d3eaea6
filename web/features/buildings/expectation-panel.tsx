import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { IntervalAxis, IntervalCell } from '#web/chart/interval-cell.tsx'
import { isoOf } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MeasureInfo, shows } from '#web/ui/measure.tsx'
import { Panel } from '#web/ui/panel.tsx'
import text from '#web/ui/text.module.css'
import { useSize } from '#web/ui/use-size.ts'
import type { Card } from './card.ts'
import { useChance } from './chance.ts'
import styles from './expectation.module.css'
import { VIEWS } from './search.ts'

type Reporting = NonNullable<Card['reporting']>

const SCALE = { low: 0.125, high: 8, log: true } as const
const TICKS = [0.25, 0.5, 1, 2, 4]

/** How many requests came against how many the age, the height and the neighbours make likely. */
export function ExpectationPanel({ card }: { card: Card }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const { reporting } = card
  if (!reporting?.ratio) return null
  const { from, to, requests, expected, ratio, smoothed, apartments } = reporting
  const rows = { building: [card.building.id], from: isoOf(from), to: isoOf(to) }
  return (
    <Panel
      title={
        <>
          {t('expectation.title')} <MeasureInfo measure="buildingIntensity" />
        </>
      }
      finding={
        <span className={text.quiet}>
          {t('expectation.note', { days: format.days(from, to - 1) })}
          {apartments.assumed
            ? `; ${t('expectation.assumed', { n: format.number(apartments.count) })}`
            : null}
        </span>
      }
    >
      <div {...shows('buildingIntensity')}>
        <RatioLine ratio={ratio} />
        <dl className={styles.facts}>
          <Fact name={t('expectation.came')}>
            <Link to="/requests" search={rows} className={styles.number} {...shows('registered')}>
              {format.number(requests)}
            </Link>
            <span>
              , {t('expectation.expected', { n: format.number(expected, expected < 10 ? 1 : 0) })}
            </span>
          </Fact>
          <Fact name={t('expectation.ratio')}>
            <b>{format.number(ratio.value, 2)}</b>{' '}
            <span>({format.range(ratio.low, ratio.high, 2)})</span>
          </Fact>
          {smoothed ? (
            <Fact name={t('expectation.smoothed')}>
              {format.number(smoothed.value, 2)}{' '}
              <span>({format.range(smoothed.low, smoothed.high, 2)})</span>
            </Fact>
          ) : null}
          <Heaviness reporting={reporting} />
          <TrendFact reporting={reporting} />
          <Silence reporting={reporting} />
        </dl>
      </div>
      <SilenceNote reporting={reporting} />
    </Panel>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** The ratio with its interval on a logarithmic axis; 1 is what is expected. */
function RatioLine({ ratio }: { ratio: NonNullable<Reporting['ratio']> }) {
  const format = useFormat()
  const [ref, { width }] = useSize<HTMLDivElement>()
  return (
    <div ref={ref} className={styles.line}>
      {width > 0 ? (
        <>
          <IntervalCell
            value={ratio.value}
            lower={ratio.low}
            upper={ratio.high}
            scale={SCALE}
            width={width}
            city={1}
          />
          <IntervalAxis
            scale={SCALE}
            width={width}
            ticks={TICKS.map((at) => ({
              at,
              label: `×${format.number(at, at === 0.25 ? 2 : at < 1 ? 1 : 0)}`,
            }))}
          />
        </>
      ) : null}
    </div>
  )
}

function Heaviness({ reporting }: { reporting: Reporting }) {
  const { t } = useTranslation('buildings')
  const chance = useChance()
  if ((reporting.ratio?.value ?? 0) <= 1) return null
  return (
    <Fact name={t('expectation.twice')}>
      {chance(reporting.chance)},{' '}
      <Link
        to="/buildings"
        search={{ only: 'heavy', sort: VIEWS.heavy.sort }}
        className={styles.list}
      >
        {t(reporting.heavy ? 'expectation.heavy' : 'expectation.notHeavy')}
      </Link>
    </Fact>
  )
}

function TrendFact({ reporting: { trend } }: { reporting: Reporting }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const chance = useChance()
  const { ratio, recent, days } = trend
  if (ratio === null) return null
  const p = Math.min(trend.rising, trend.falling)
  return (
    <Fact name={t('expectation.trend', { days: format.number(days) })}>
      {format.number(recent)}
      <span>
        , {t('expectation.trendRatio', { ratio: format.number(ratio, 2) })};{' '}
        {t('expectation.byChance', { p: chance(p) })}
      </span>
    </Fact>
  )
}

function Silence({ reporting }: { reporting: Reporting }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const chance = useChance()
  const { neighbours, fewChance, fewChanceHere, ratio } = reporting
  const few = (ratio?.value ?? 1) < 1
  return (
    <>
      {neighbours ? (
        <Fact name={t('expectation.neighbours')}>
          {format.number(neighbours.propensity, 2)}
          <span>
            ,{' '}
            {t(`expectation.${neighbours.of}`, {
              count: neighbours.buildings,
              n: format.number(neighbours.buildings),
            })}
          </span>
        </Fact>
      ) : null}
      {few ? (
        <Fact name={t('expectation.few')}>
          {chance(fewChance)}
          {fewChanceHere === null ? null : (
            <span>, {t('expectation.fewHere', { p: chance(fewChanceHere) })}</span>
          )}
        </Fact>
      ) : null}
    </>
  )
}

/** Below this a whole neighbourhood reports little. */
const QUIET = 0.7

/** Silence is not health: said where the building, or everyone around it, reports little. */
function SilenceNote({ reporting: { silent, neighbours } }: { reporting: Reporting }) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const quiet = neighbours !== null && neighbours.propensity <= QUIET
  if (!silent && !quiet) return null
  return (
    <p className={styles.silence} {...shows('buildingSilence')}>
      {silent ? `${t('expectation.silent')} ` : null}
      {quiet
        ? `${t('expectation.quiet', { propensity: format.number(neighbours.propensity, 2) })} `
        : null}
      {t('expectation.notHealth')}
    </p>
  )
}
