import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { piece } from '#web/piece.ts'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import { FONT } from '#web/ui/theme.ts'
import styles from './chart.module.css'
import type { ChartOption, Drawing } from './engine.ts'

export type { ChartOption } from './engine.ts'

interface ChartProps {
  /**
   * From a pure function of rows and `usePalette()`, remembered with useMemo. As a function it gets the width in px, so
   * that a phone can have other labels. Text takes the page's font and no animation unless the option says otherwise.
   */
  option: ChartOption | ((width: number) => ChartOption)
  /** What is drawn and what it shows, for those who do not see it. */
  label: string
  /** The same numbers as a table: shown on demand, and when the chart cannot be loaded. */
  table: ReactNode
  asTable?: boolean
  height: number
  /** Hears the `id` of a clicked datum. */
  onPick?: (id: string) => void
}

export function Chart(props: ChartProps) {
  if (props.asTable) return <SideScroll label={props.label}>{props.table}</SideScroll>
  return <Canvas {...props} />
}

function Canvas({ option, label, table, height, onPick }: ChartProps) {
  const host = useRef<HTMLDivElement>(null)
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  const [width, setWidth] = useState(0)
  const [failed, setFailed] = useState(false)
  const pick = useEffectEvent((id: string) => onPick?.(id))

  useEffect(() => {
    const element = host.current
    if (!element) return
    let made: Drawing | null = null
    let gone = false
    const observer = new ResizeObserver(() => {
      made?.resize()
      setWidth(element.clientWidth)
    })
    // Golos is wider than the fallback: a chart measured before it has come has wrong margins.
    Promise.all([piece(() => import('./engine.ts')), document.fonts.ready]).then(
      ([engine]) => {
        if (gone) return
        made = engine.draw(element, (id) => pick(id))
        observer.observe(element)
        setWidth(element.clientWidth)
        setDrawing(made)
      },
      () => setFailed(true),
    )
    return () => {
      gone = true
      observer.disconnect()
      made?.dispose()
      setDrawing(null)
    }
  }, [])

  useEffect(() => {
    if (!drawing || width === 0) return
    drawing.show({
      animation: false,
      textStyle: { fontFamily: FONT },
      ...(typeof option === 'function' ? option(width) : option),
    })
  }, [drawing, width, option])

  if (failed) return <SideScroll label={label}>{table}</SideScroll>
  return (
    <div className={styles.frame} style={{ height }}>
      <div ref={host} className={styles.canvas} role="img" aria-label={label} />
      {drawing ? null : (
        <div className={styles.waiting}>
          <Skeleton height={height} />
        </div>
      )}
    </div>
  )
}
