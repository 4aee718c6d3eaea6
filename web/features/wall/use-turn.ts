import { useEffect, useState } from 'react'
import { turnAt } from './rotation.ts'

interface Standing {
  at: number
  round: number
}

/** Which scene stands, by a clock that only grows: a jump of the wall clock does not jump the scenes. */
export function useTurn(lasting: readonly number[], pinned: number | null): Standing {
  const [standing, setStanding] = useState<Standing>({ at: pinned ?? 0, round: 0 })
  const key = lasting.join(' ')
  useEffect(() => {
    const seconds = key.split(' ').map(Number)
    const start = performance.now()
    let timer: ReturnType<typeof setTimeout>
    const step = () => {
      const { at, round, rest } = turnAt((performance.now() - start) / 1000, seconds, pinned)
      setStanding((was) => (was.at === at && was.round === round ? was : { at, round }))
      if (Number.isFinite(rest)) timer = setTimeout(step, rest * 1000 + 1)
    }
    step()
    return () => clearTimeout(timer)
  }, [key, pinned])
  return standing.at < lasting.length ? standing : { at: 0, round: standing.round }
}
