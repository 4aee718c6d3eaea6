import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
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
import styles from './organization.module.css'
import type { Waiting } from './survival-curves.ts'
import { survivalOption } from './survival-option.ts'
import { SurvivalTable } from './survival-table.tsx'

type T = ReturnType<typeof useTranslation<'organizations'>>['t']

const HEIGHT = 240
const CLOCKS = ['response', 'resolution'] as const
type Clock = (typeof CLOCKS)[number]

interface SurvivalPanelProps {
  name: string
  period: [first: number, last: number] | null
  organization: string
  filter: Filter
  norm: number | undefined
  onNorm: (minutes: number) => void
}

/** Who still waits, against the city on the same mix: for the first action, and for the resolution. */
export function SurvivalPanel(props: SurvivalPanelProps) {
  const { name, period, organization, filter, norm, onNorm } = props
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
            asked={{
              organization,
              filter,
              ...(clock === 'resolution' && norm !== undefined && { norm }),
            }}
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
  asked: { organization: string; filter: Filter; norm?: number }
  onNorm: (minutes: number) => void
}

function ClockChart({ clock, name, asTable, asked, onNorm }: ClockChartProps) {
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
      norm: waiting.norm
        ? t('survival.norm', { norm: tickOf(t, format)(waiting.norm.seconds) })
        : '',
      ticks: t('survival.ticks'),
    }
    return (width: number) =>
      survivalOption({ waiting, palette, format, words, tick: tickOf(t, format) }, width)
  }, [waiting, palette, format, name, t])
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
                label: t('survival.norm', { norm: tickOf(t, format)(minutes * 60) }),
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
            table={<SurvivalTable waiting={waiting} tick={tickOf(t, format)} />}
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

/** 5 мин, 2 ч, 3 д, 2 нед: one unit, whole. */
const tickOf = (t: T, format: Format) => (seconds: number) => {
  if (seconds % 604_800 === 0) return t('survival.weeks', { n: format.number(seconds / 604_800) })
  if (seconds % 86_400 === 0 || seconds > 14 * 86_400)
    return t('survival.days', { n: format.number(Math.round(seconds / 86_400)) })
  return format.age(seconds)
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
  const { norm, longer, naive, median } = waiting
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
      {misleading ? (
        <li className={styles.quiet}>{t('survival.naive', { value: format.duration(naive) })}</li>
      ) : null}
      {norm ? (
        <li className={styles.quiet}>
          {t('survival.atNorm', {
            norm: tickOf(t, format)(norm.seconds),
            own: format.percent(norm.own.survival),
            interval: format.percentRange(norm.own.lower ?? 0, norm.own.upper ?? 1),
            city: format.percent(norm.city),
          })}
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
