import { type RefObject, useEffect, useState } from 'react'

/** Screen pixels of one pixel of the 1920 by 1080 plan. */
export function useUnit(screen: RefObject<HTMLElement | null>): number {
  const [unit, setUnit] = useState(1)
  useEffect(() => {
    const element = screen.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setUnit(Math.min(element.clientWidth / 1920, element.clientHeight / 1080) || 1),
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [screen])
  return unit
}
