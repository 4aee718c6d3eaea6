import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { OutageRow } from './answers.ts'
import { AXIS, elapsed } from './outage-axis.ts'
import styles from './scene-outages.module.css'

const HEIGHT = 40
const STEP = 20

interface OutageBarProps {
  row: OutageRow
  top: number
  now: number
  x: (instant: number) => number
}

/** How long it runs, how long it may: past the limit red or orange, without a promise hatched. */
export function OutageBar({ row: { kind, since, promised }, top, now, x }: OutageBarProps) {
  const { t } = useTranslation('wall')
  const { clock, duration } = useFormat()
  const within = (instant: number) => Math.max(AXIS.left, Math.min(AXIS.right, x(instant)))
  const y = top + 44
  const [from, here] = [within(since), within(now)]
  const isOver = promised !== null && promised < now
  const limit = promised === null ? null : within(promised)
  const suspected = kind === 'suspected'
  const emergency = kind === 'late' || kind === 'emergency'
  const text = suspected
    ? t('outages.notPromised')
    : promised === null
      ? t(emergency ? 'outages.noLimit' : 'outages.notPromised')
      : isOver
        ? t('outages.over', { time: duration((now - promised) / 1000) })
        : t(emergency ? 'outages.untilLimit' : 'outages.untilPromise', {
            time: elapsed(promised - now).clock,
          })
  const over = kind === 'late' ? styles.late : styles.over
  const end = isOver && limit !== null ? Math.max(from, limit) : here
  const began = suspected ? styles.suspected : isOver ? styles.before : styles.bar
  const older = x(since) < AXIS.left
  const left = older ? AXIS.left + STUB + BREAK : from
  return (
    <g>
      {older ? (
        <path
          className={isOver && end <= left ? over : began}
          d={broken(y, AXIS.left, left - BREAK)}
        />
      ) : null}
      {end > left || !isOver ? (
        <path className={began} d={piece(y, left, Math.max(end, left + 4), older)} />
      ) : null}
      {isOver ? (
        <path className={over} d={piece(y, Math.max(end, left), here, older && end <= left)} />
      ) : null}
      {isOver && limit !== null && limit > AXIS.left ? (
        <path className={styles.mark} d={`M${limit} ${y - 12}v${HEIGHT + 24}`} />
      ) : null}
      {!isOver && limit !== null ? (
        <path
          className={styles.promised}
          d={`M${here} ${y + 2}H${limit}V${y + HEIGHT - 2}H${here}`}
        />
      ) : null}
      {!isOver && promised !== null && limit !== null && limit < AXIS.right - 170 ? (
        <text className={styles.promise} x={limit + 18} y={y + 36}>
          {clock(promised)}
        </text>
      ) : null}
      {promised === null ? (
        <path className={suspected ? styles.unknown : styles.open} d={hatching(here, y)} />
      ) : null}
      <path className={styles.nowLine} d={`M${here} ${y - 24}v${HEIGHT + 48}`} />
      <text
        className={
          suspected
            ? styles.watchText
            : isOver
              ? kind === 'late'
                ? styles.lateText
                : styles.overText
              : styles.caption
        }
        x={AXIS.right - 14}
        y={top + 139}
        textAnchor="end"
      >
        {text}
      </text>
    </g>
  )
}

/** A bar that began before the axis: a stub, a slanted gap, and the rest. */
const STUB = 18
const BREAK = 12
const SLANT = 14
const broken = (y: number, from: number, to: number) =>
  `M${from} ${y}H${to + SLANT / 2}L${to - SLANT / 2} ${y + HEIGHT}H${from}Z`
const piece = (y: number, from: number, to: number, slanted: boolean) => {
  const slant = slanted ? SLANT / 2 : 0
  return `M${from + slant} ${y}H${to}V${y + HEIGHT}H${from - slant}Z`
}

const hatching = (from: number, y: number) =>
  Array.from(
    { length: Math.max(0, Math.floor((AXIS.right - HEIGHT - from) / STEP)) },
    (_, i) => `M${from + i * STEP} ${y + HEIGHT}l${HEIGHT} ${-HEIGHT}`,
  ).join('')
