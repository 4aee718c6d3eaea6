import { useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { placeOf, rowOf, type Slab, slabRows } from './slab.ts'

interface Options {
  total: number
  rowHeight: number
  /** Height of what stays on top of the rows. */
  headHeight: number
  scroller: RefObject<HTMLElement | null>
}

/** A jump is further than a wheel goes: the scroll bar was dragged. */
const JUMP_VIEWS = 3
const REST_MS = 140

/** Which rows to draw and where, for lists of any length. */
export function useRowsInSight({ total, rowHeight, headHeight, scroller }: Options) {
  const count = slabRows(total, rowHeight)
  const [base, setBase] = useState(0)
  const wanted = useRef<number | null>(null)
  const last = useRef(0)
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  })

  const slab = (): Slab => {
    const height = scroller.current?.clientHeight ?? 0
    return { total, count, visible: Math.max(1, (height - headHeight) / rowHeight) }
  }

  /** Puts a row at the top of the view. */
  const show = (row: number) => {
    const place = placeOf(row, slab())
    wanted.current = place.scrolled * rowHeight
    setBase(place.base)
    // Without a change of the base nothing renders again.
    if (place.base === base) settle()
  }
  const settle = () => {
    const top = wanted.current
    wanted.current = null
    if (top === null || !scroller.current) return
    last.current = top
    scroller.current.scrollTop = top
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows must lie at their new base before the view moves
  useLayoutEffect(settle, [base])

  // biome-ignore lint/correctness/useExhaustiveDependencies: another height is another layout
  useEffect(() => virtualizer.measure(), [rowHeight])

  const reads = useRef({ slab, show, base })
  reads.current = { slab, show, base }
  useEffect(() => {
    const element = scroller.current
    if (!element || count === total) return
    let rest: ReturnType<typeof setTimeout> | undefined
    const onScroll = () => {
      const top = element.scrollTop
      const jumped = Math.abs(top - last.current) > JUMP_VIEWS * element.clientHeight
      last.current = top
      if (jumped) reads.current.show(rowOf(top / rowHeight, reads.current.slab()))
      clearTimeout(rest)
      // At rest the bar is put where it belongs; before that it would run away from the hand.
      rest = setTimeout(() => {
        const { slab, show, base } = reads.current
        const row = base + element.scrollTop / rowHeight
        if (placeOf(row, slab()).base !== base) show(row)
      }, REST_MS)
    }
    element.addEventListener('scroll', onScroll, { passive: true })
    return () => {
      clearTimeout(rest)
      element.removeEventListener('scroll', onScroll)
    }
  }, [count, total, rowHeight, scroller])

  return {
    /** Rows to draw: their index in the whole and where they lie, px. */
    rows: virtualizer
      .getVirtualItems()
      .filter(({ index }) => base + index < total)
      .map(({ index }) => ({ index: base + index, top: index * rowHeight })),
    height: count * rowHeight,
    /** Scrolls as little as brings the row into sight. */
    reveal(row: number) {
      const element = scroller.current
      if (!element) return
      const first = base + element.scrollTop / rowHeight
      const { visible } = slab()
      if (row < first) show(row)
      else if (row + 1 > first + visible) show(row + 1 - visible)
    },
    visible: () => Math.floor(slab().visible),
    toTop: () => show(0),
  }
}
