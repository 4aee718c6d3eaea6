import { useEffect, useState } from 'react'
import { type Turn, turnAt } from './rotation.ts'

const STEP_MS = 250

/** Which scene stands, by a clock that only grows: a jump of the wall clock does not jump the scenes. */
export function useTurn(seconds: number, scenes: number, pinned: number | null): Turn {
  const [turn, setTurn] = useState<Turn>(() => turnAt(0, seconds, scenes, pinned))
  useEffect(() => {
    const start = performance.now()
    const step = () => setTurn(turnAt((performance.now() - start) / 1000, seconds, scenes, pinned))
    step()
    if (pinned !== null) return
    const timer = setInterval(step, STEP_MS)
    return () => clearInterval(timer)
  }, [seconds, scenes, pinned])
  return turn
}
