import { useSize } from '#web/ui/use-size.ts'
import styles from './running-panel.module.css'
import type { RunningBar } from './running-view.ts'

/** Ink while within the limit, orange past it, an outline for what is promised, hatching where nobody promised anything. */
export function RunningClock({
  bar,
  nowAt,
  suspected,
}: {
  bar: RunningBar | undefined
  nowAt: number
  suspected: boolean
}) {
  const [ref, { width, height }] = useSize<HTMLSpanElement>()
  if (!bar) return <span />
  const x = (share: number) => share * width
  const middle = height / 2
  const end = bar.due !== null && bar.due < bar.now ? bar.due : bar.now
  return (
    <span className={styles.clock} ref={ref} aria-hidden="true">
      {width > 0 ? (
        <svg width={width} height={height} aria-hidden="true">
          {[0, 0.4, 0.8, 1].map((share) => (
            <path
              key={share}
              className={share === 0.8 ? styles.now : styles.grid}
              d={`M${Math.min(width - 0.5, Math.round(x(share === 0.8 ? nowAt : share)) + 0.5)} 0V${height}`}
            />
          ))}
          <rect
            className={suspected ? styles.suspected : styles.elapsed}
            x={x(bar.from)}
            width={Math.max(1, x(end) - x(bar.from))}
            y={middle - 5}
            height={10}
          />
          {bar.cut ? (
            <path className={styles.notch} d={`M3 ${middle - 6}L-1 ${middle}L3 ${middle + 6}`} />
          ) : null}
          {bar.due !== null && bar.due < bar.now ? (
            <rect
              className={styles.over}
              x={x(bar.due)}
              width={Math.max(1, x(bar.now) - x(bar.due))}
              y={middle - 5}
              height={10}
            />
          ) : null}
          {bar.due !== null && bar.due > bar.now ? (
            <path
              className={styles.promised}
              d={`M${x(bar.now)} ${middle - 4.5}H${x(bar.due)}M${x(bar.now)} ${middle + 4.5}H${x(bar.due)}`}
            />
          ) : null}
          {suspected ? (
            <path
              className={styles.unknown}
              d={hatching(x(bar.now), width, middle - 5, middle + 5)}
            />
          ) : null}
          {bar.due === null ? null : (
            <rect
              className={styles.due}
              x={x(bar.due) - 0.75}
              width="1.5"
              y={middle - 8}
              height="16"
            />
          )}
        </svg>
      ) : null}
    </span>
  )
}

const STEP = 6
/** Lines at 45 degrees between two heights. */
const hatching = (from: number, to: number, top: number, bottom: number) =>
  Array.from(
    { length: Math.max(0, Math.ceil((to - from) / STEP)) },
    (_, i) => `M${from + i * STEP} ${bottom}l${bottom - top} ${top - bottom}`,
  ).join('')
