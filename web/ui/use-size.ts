import { type RefCallback, useCallback, useState } from 'react'

/** Size of an element in whole px, so that a drawing keeps its text and its hairlines; zero before it is measured. */
export function useSize<T extends Element>(): [
  ref: RefCallback<T>,
  size: { width: number; height: number },
] {
  const [size, setSize] = useState({ width: 0, height: 0 })
  const ref = useCallback((element: T | null) => {
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (!entry) return
      const { width, height } = entry.contentRect
      setSize({ width: Math.floor(width), height: Math.floor(height) })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, size]
}
