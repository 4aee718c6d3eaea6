import { useEffect, useState } from 'react'

const STEP_MS = 1000

/** Milliseconds since `heardAt` last changed, by a clock that only grows. */
export function useSilence(heardAt: number | null): number {
  const [silent, setSilent] = useState<{ heardAt: number | null; ms: number }>({ heardAt, ms: 0 })
  useEffect(() => {
    const since = performance.now()
    const timer = setInterval(() => setSilent({ heardAt, ms: performance.now() - since }), STEP_MS)
    return () => clearInterval(timer)
  }, [heardAt])
  return silent.heardAt === heardAt ? silent.ms : 0
}
