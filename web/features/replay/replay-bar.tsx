import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { REPLAY_SPEEDS, type ReplaySpeed } from '#server/contract/replay.ts'
import { useFormat } from '#web/lib/use-format.ts'
import buttons from '#web/ui/button.module.css'
import { Segments } from '#web/ui/segments.tsx'
import styles from './replay-bar.module.css'
import { TimeSlider } from './time-slider.tsx'
import type { Playhead } from './use-playhead.ts'
import type { ReplayScope } from './use-stretches.ts'
import { SCALES, type TimeScale, type TimeWindow, windowOf } from './when.ts'
import { WhenField } from './when-field.tsx'

const DAY = 86_400_000

interface ReplayBarProps {
  head: Playhead
  now: number
  /** null = not told yet. */
  began: number | null
  scope: ReplayScope
  late?: readonly number[]
  /** Under the slider, told what it spans. */
  children?: (window: TimeWindow) => ReactNode
}

const NONE: readonly number[] = []

/** Time as a thing to move, to write and to play. */
export function ReplayBar({ head, now, began, scope, late = NONE, children }: ReplayBarProps) {
  const { t } = useTranslation('replay')
  const { zone, number } = useFormat()
  const [scale, setScale] = useState<TimeScale>('day')
  const { at, playing, speed, clock } = head
  const shown = at ?? now
  const earliest = began ?? shown - DAY
  const window = windowOf(scale, shown, { began: earliest, now }, zone)
  const pageBy = (to: number) => head.seek(Math.min(Math.max(earliest, to), now))
  return (
    <div className={styles.bar} data-past={at !== null}>
      <div className={styles.controls}>
        <button
          type="button"
          className={`${buttons.button} ${styles.play}`}
          disabled={at === null}
          aria-label={playing ? t('pause') : t('play')}
          title={playing ? t('pause') : t('play')}
          onClick={playing ? head.pause : head.play}
        >
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path
              d={playing ? 'M3 2H6V12H3ZM8 2H11V12H8Z' : 'M3 1.5 12 7 3 12.5Z'}
              fill="currentColor"
            />
          </svg>
        </button>
        <Segments
          small
          label={t('speed')}
          options={REPLAY_SPEEDS.map((value) => ({
            value: String(value),
            label: t('times', { n: number(value) }),
          }))}
          value={String(speed)}
          onChange={(value) => head.setSpeed(Number(value) as ReplaySpeed)}
        />
        <WhenField at={shown} now={now} label={t('when')} onWhen={head.seek} />
        {at === null ? <span className={styles.live}>{t('live')}</span> : null}
        <span className={styles.scale}>
          <Page label={t('earlier')} path="M9 2 4 7 9 12" onPage={() => pageBy(window.from - 1)} />
          <Segments
            small
            label={t('scale.label')}
            options={SCALES.map((value) => ({ value, label: t(`scale.${value}`) }))}
            value={scale}
            onChange={setScale}
          />
          <Page label={t('later')} path="M5 2 10 7 5 12" onPage={() => pageBy(window.to)} />
        </span>
      </div>
      <TimeSlider
        {...{ at, now, clock, scale, window, scope, late }}
        began={earliest}
        onSeek={head.seek}
        onHold={head.hold}
      />
      {children?.({ from: window.from, to: Math.min(window.to, now) })}
    </div>
  )
}

const Page = ({ label, path, onPage }: { label: string; path: string; onPage: () => void }) => (
  <button type="button" className={styles.page} aria-label={label} title={label} onClick={onPage}>
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  </button>
)
