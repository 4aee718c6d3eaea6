import { useCallback } from 'react'
import { useFormat } from '#web/lib/use-format.ts'

const LEAST = 0.001

/** A probability as 12 %, 0,4 %, < 0,1 % or > 99,9 %: nothing is quite certain. */
export function useChance() {
  const format = useFormat()
  return useCallback(
    (p: number) => {
      if (p < LEAST) return `< ${format.percent(LEAST, 1)}`
      if (p > 1 - LEAST) return `> ${format.percent(1 - LEAST, 1)}`
      return format.percent(p, p < 0.1 || p > 0.9 ? 1 : 0)
    },
    [format],
  )
}
