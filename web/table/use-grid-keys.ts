import { type KeyboardEvent, useState } from 'react'

interface Options {
  /** undefined while it is not known. */
  total: number | undefined
  /** The first row in sight. */
  first: number
  visible: () => number
  reveal: (row: number) => void
  open: (row: number) => void
}

/** The active row of a grid: arrows, pages, ends, and Enter. */
export function useGridKeys({ total, first, visible, reveal, open }: Options) {
  const [active, setActive] = useState<number | null>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || !total) return
    if (event.key === 'Enter' && active !== null) open(active)
    const at = active ?? first - 1
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + visible(),
      PageUp: at - visible(),
      Home: 0,
      End: total - 1,
    }
    const to = steps[event.key]
    if (to === undefined) return
    event.preventDefault()
    const next = Math.min(Math.max(to, 0), total - 1)
    setActive(next)
    reveal(next)
  }
  return { active, setActive, onKeyDown }
}
