import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type PointerEvent, useId, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplayClock } from '#server/contract/replay.ts'
import { api } from '#web/api.ts'
import { cityTime } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import styles from './time-slider.module.css'
import type { ReplayScope } from './use-stretches.ts'
import { type TimeScale, type TimeWindow, ticksOf } from './when.ts'

const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 86_400_000

interface TimeSliderProps {
  /** null = now. */
  at: number | null
  now: number
  began: number
  clock: ReplayClock
  scale: TimeScale
  window: TimeWindow
  scope: ReplayScope
  /** Instants that what came late came at. */
  late: readonly number[]
  onSeek: (at: number | null) => void
  /** While it is held by a hand. */
  onHold: (at: number) => void
}

/** Time from left to right over the registrations that it brought; drawn wide, moved by hand or by keys. */
export function TimeSlider(props: TimeSliderProps) {
  const { at, now, began, clock, scale, window, scope, late, onSeek, onHold } = props
  const { t } = useTranslation('replay')
  const format = useFormat()
  const id = useId()
  const track = useRef<HTMLDivElement>(null)
  const { from, to } = window
  const shown = at ?? now
  const place = (instant: number) => (100 * (instant - from)) / (to - from)
  const thumb = Math.min(100, Math.max(0, place(shown)))

  const keys = (event: KeyboardEvent) => {
    const step = stepOf(event)
    if (step === null) return
    event.preventDefault()
    if (step === 'first') onSeek(began)
    else if (step === 'last') onSeek(null)
    // The seconds of a frame that was played to are left behind at the first step.
    else onSeek(Math.max(began, Math.floor(shown / MINUTE) * MINUTE + step))
  }
  const under = (clientX: number): number | null => {
    const box = track.current?.getBoundingClientRect()
    if (!box || box.width === 0) return null
    const share = Math.min(1, Math.max(0, (clientX - box.left) / box.width))
    return Math.max(began, Math.round((from + share * (to - from)) / MINUTE) * MINUTE)
  }
  const hold = (clientX: number) => {
    const instant = under(clientX)
    if (instant !== null && instant < now) onHold(instant)
  }
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    hold(event.clientX)
  }
  const move = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) hold(event.clientX)
  }
  const up = (event: PointerEvent) => {
    const instant = under(event.clientX)
    if (event.button === 0 && instant !== null) onSeek(instant >= now ? null : instant)
  }
  const said = at === null ? t('sliderLive') : format.dateTime(at)
  return (
    <div className={styles.slider}>
      <div
        ref={track}
        className={styles.track}
        role="slider"
        tabIndex={0}
        aria-label={t('slider')}
        aria-describedby={`${id}help`}
        aria-valuemin={Math.floor(began / MINUTE)}
        aria-valuemax={Math.floor(now / MINUTE)}
        aria-valuenow={Math.floor(shown / MINUTE)}
        aria-valuetext={said}
        onKeyDown={keys}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
      >
        <Inflow window={window} scope={scope} clock={clock} />
        {now < to ? <i className={styles.ahead} style={{ left: `${place(now)}%` }} /> : null}
        {late.map((instant) => (
          <i key={instant} className={styles.late} style={{ left: `${place(instant)}%` }} />
        ))}
        <i className={styles.thumb} data-live={at === null} style={{ left: `${thumb}%` }} />
      </div>
      <span id={`${id}help`} className="visually-hidden">
        {t('sliderHelp')}
      </span>
      <p className={styles.ticks} aria-hidden="true">
        {ticksOf(scale, window, format.zone).map((instant) => (
          <span key={instant} style={{ left: `${place(instant)}%` }}>
            {tick(instant)}
          </span>
        ))}
      </p>
    </div>
  )

  function tick(instant: number) {
    if (scale === 'day') return instant === to ? '24:00' : format.clock(instant)
    const { date, month, weekday } = cityTime(instant, format.zone)
    if (scale === 'week') return `${format.weekdayShort(weekday)} ${date}`
    return scale === 'month' ? date : format.monthShort(month)
  }
}

function stepOf({ key, shiftKey }: KeyboardEvent): number | 'first' | 'last' | null {
  switch (key) {
    case 'ArrowRight':
      return shiftKey ? HOUR : MINUTE
    case 'ArrowLeft':
      return shiftKey ? -HOUR : -MINUTE
    case 'ArrowUp':
      return HOUR
    case 'ArrowDown':
      return -HOUR
    case 'PageUp':
      return DAY
    case 'PageDown':
      return -DAY
    case 'Home':
      return 'first'
    case 'End':
      return 'last'
    default:
      return null
  }
}

const TALL = 30

/** How many requests each part of the window brought, as the chosen clock has it. */
function Inflow({
  window: { from, to },
  scope,
  clock,
}: Pick<TimeSliderProps, 'window' | 'scope' | 'clock'>) {
  const { data } = useQuery(
    api.replay.inflow.queryOptions(
      { from, to, ...scope },
      { meta: { live: false }, staleTime: 300_000 },
    ),
  )
  const path = useMemo(() => {
    const values = data?.[clock]
    if (!values) return ''
    const most = Math.max(1, ...values)
    return values
      .map((value, i) => `M${i} ${TALL}V${(TALL * (1 - value / most)).toFixed(2)}h0.8V${TALL}`)
      .join('')
  }, [data, clock])
  return (
    <svg
      className={styles.inflow}
      viewBox={`0 0 96 ${TALL}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  )
}
