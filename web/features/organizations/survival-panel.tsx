import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { Chart } from '#web/chart/chart.tsx'
import { useNow } from '#web/clock.ts'
import type { Format } from '#web/lib/format.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { usePalette } from '#web/ui/provider.tsx'
import { Segments } from '#web/ui/segments.tsx'
import { AsTable, EmptyState, Skeleton } from '#web/ui/states.tsx'
import { WATCHED } from './freshness.ts'
import type { One } from './one.ts'
import styles from './organization.module.css'
import type { Waiting } from './survival-curves.ts'
import { survivalOption } from './survival-option.ts'
import { SurvivalTable } from './survival-table.tsx'
import { useTick } from './use-tick.ts'

type T = ReturnType<typeof useTranslation<'organizations'>>['t']

const HEIGHT = 240
const CLOCKS = ['response', 'resolution'] as const
type Clock = (typeof CLOCKS)[number]

interface SurvivalPanelProps {
  name: string
  period: [first: number, last: number] | null
  one: One
  norm: number | undefined
  onNorm: (minutes: number) => void
}

/** Who still waits, against the city on the same mix: for the first action, and for the resolution. */
export function SurvivalPanel(props: SurvivalPanelProps) {
  const { name, period, one, norm, onNorm } = props
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const now = useNow(60_000)
  const [asTable, setAsTable] = useState(false)
  return (
    <Panel
      className={`${styles.panel} ${styles.survival}`}
      title={t('survival.title')}
      note={
        period
          ? t('survival.note', { period: format.days(...period), now: format.dateTime(now) })
          : undefined
      }
      actions={
        <AsTable
          pressed={asTable}
          onToggle={() => setAsTable(!asTable)}
          label={t(asTable ? 'asChart' : 'asTable')}
        />
      }
    >
      <div className={styles.clocks}>
        {CLOCKS.map((clock) => (
          <ClockChart
            key={clock}
            clock={clock}
            name={name}
            asTable={asTable}
            asked={{ ...one, ...(clock === 'resolution' && norm !== undefined && { norm }) }}
            onNorm={onNorm}
          />
        ))}
      </div>
    </Panel>
  )
}

interface ClockChartProps {
  clock: Clock
  name: string
  asTable: boolean
  asked: One & { norm?: number }
  onNorm: (minutes: number) => void
}

function ClockChart({ clock, name, asTable, asked, onNorm }: ClockChartProps) {
  const tick = useTick()
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const palette = usePalette()
  const answer = useQuery(
    api.organizations.waiting.queryOptions(
      { ...asked, clock },
      { ...WATCHED, placeholderData: keepPreviousData },
    ),
  )
  const waiting = answer.data
  const option = useMemo(() => {
    if (!waiting) return null
    const words = {
      own: name,
      city: t('survival.city'),
      norm: waiting.norm ? t('survival.norm', { norm: tick(waiting.norm.seconds) }) : '',
      ticks: t('survival.ticks'),
    }
    return (width: number) => survivalOption({ waiting, palette, format, words, tick }, width)
  }, [waiting, palette, format, name, t, tick])
  const chosen = waiting?.norm ? waiting.norm.seconds / 60 : 0
  return (
    <div className={styles.clock}>
      <h3>
        {t(`survival.${clock}`)}{' '}
        {waiting ? <span>{t('survival.of', { n: format.number(waiting.n) })}</span> : null}
      </h3>
      <div className={styles.norms}>
        {waiting && waiting.norms.length > 0 ? (
          <Segments
            small
            label={t('survival.norms')}
            options={[
              ...waiting.norms.slice(0, 3).map(({ minutes }) => ({
                value: String(minutes),
                label: t('survival.norm', { norm: tick(minutes * 60) }),
              })),
              { value: '0', label: t('survival.allNorms') },
            ]}
            value={String(chosen)}
            onChange={(minutes) => onNorm(Number(minutes))}
          />
        ) : null}
      </div>
      {!waiting || !option ? (
        <Skeleton height={HEIGHT + 110} />
      ) : waiting.n === 0 ? (
        <EmptyState what={t('survival.noRequests')} />
      ) : waiting.events === 0 && clock === 'response' ? (
        <EmptyState what={t('survival.none')} />
      ) : (
        <>
          <Chart
            option={option}
            label={t(`survival.label.${clock}`, { text: medianText(t, format, waiting) })}
            table={<SurvivalTable waiting={waiting} tick={tick} />}
            asTable={asTable}
            height={HEIGHT}
          />
          {asTable ? null : (
            <p className={styles.atRisk}>
              n: {t(`survival.atRisk.${clock}`)}, {name}
            </p>
          )}
          <Findings waiting={waiting} />
        </>
      )}
    </div>
  )
}

const intervalText = (format: Format, lower: number | null, upper: number | null) =>
  `${lower === null ? '…' : format.duration(lower)} – ${upper === null ? '…' : format.duration(upper)}`

function medianText(t: T, format: Format, { median, city }: Waiting): string {
  if (!median) return t('survival.fewEvents')
  const theirs = city.median === null ? t('survival.cityNotReached') : format.duration(city.median)
  if (median.value === null)
    return median.lower === null
      ? t('survival.notReachedAtAll', { city: theirs })
      : t('survival.notReached', { lower: format.duration(median.lower), city: theirs })
  return t('survival.median', {
    value: format.duration(median.value),
    interval: intervalText(format, median.lower, median.upper),
    city: theirs,
  })
}

/** What the curve says, in words: the median, the share at the norm, how much longer than the city. */
function Findings({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const tick = useTick()
  const { norm, longer, naive, median, p90 } = waiting
  const { n, events } = waiting
  const misleading =
    median !== null &&
    naive !== null &&
    events < n &&
    (median.value === null || median.value > naive * 1.1)
  return (
    <ul className={styles.findings}>
      <li>
        <Trans defaults={medianText(t, format, waiting)} components={{ b: <b /> }} />
      </li>
      {p90 ? (
        <li className={styles.quiet}>
          {p90.value === null
            ? t('survival.p90NotReached')
            : t('survival.p90', {
                value: format.duration(p90.value),
                interval: intervalText(format, p90.lower, p90.upper),
              })}
        </li>
      ) : null}
      {misleading ? (
        <li className={styles.quiet}>{t('survival.naive', { value: format.duration(naive) })}</li>
      ) : null}
      {norm ? (
        <li className={styles.quiet}>
          {norm.own
            ? t('survival.atNorm', {
                norm: tick(norm.seconds),
                own: format.percent(1 - norm.own.survival),
                interval: format.percentRange(1 - (norm.own.upper ?? 1), 1 - (norm.own.lower ?? 0)),
                city: norm.city === null ? '–' : format.percent(1 - norm.city),
              })
            : t('survival.beforeNorm', { norm: tick(norm.seconds) })}
        </li>
      ) : null}
      {longer ? (
        <li className={styles.quiet}>
          {t(
            longer.lower > 0
              ? 'survival.longer'
              : longer.upper < 0
                ? 'survival.shorter'
                : 'survival.same',
            {
              within: format.duration(longer.within),
              by: format.duration(Math.abs(longer.seconds)),
              interval: signedInterval(format, longer),
            },
          )}
        </li>
      ) : null}
    </ul>
  )
}

/** From the smaller to the larger; with a sign where it goes through zero. */
function signedInterval(format: Format, { lower, upper }: { lower: number; upper: number }) {
  const [low, high] = upper < 0 ? [-upper, -lower] : [lower, upper]
  return low >= 0
    ? `${format.duration(low)} – ${format.duration(high)}`
    : `−${format.duration(-low)} – +${format.duration(high)}`
}
