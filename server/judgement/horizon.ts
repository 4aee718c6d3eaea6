import { GAMMA } from '#server/stats/log-bins.ts'
import type { PaceColumns } from '#server/stats/pace-rows.ts'
import { COARSE } from './inputs.ts'

/**
 * Of every stratum the last bin of observed time that its hazard follows: the least that so large a share of its requests do
 * not exceed. What closes later counts as still waiting.
 */
export function horizonsOf(columns: PaceColumns, share: number): ReadonlyMap<number, number> {
  const strata = new Map<number, { n: number; bins: Map<number, number> }>()
  for (let row = 0; row < columns.n.length; row++) {
    const n = columns.n[row] ?? 0
    if (n === 0) continue
    const stratum = Number(columns.stratum[row])
    const bin = columns.time[row] ?? 0
    const sum = strata.get(stratum) ?? { n: 0, bins: new Map() }
    strata.set(stratum, sum)
    sum.n += n
    sum.bins.set(bin, (sum.bins.get(bin) ?? 0) + n)
  }
  return new Map(
    Array.from(strata, ([stratum, { n, bins }]) => {
      let within = 0
      const last = [...bins.keys()]
        .sort((a, b) => a - b)
        .find((bin) => {
          within += bins.get(bin) ?? 0
          return within >= share * n
        })
      return [stratum, last ?? 0]
    }),
  )
}

/** Where a coarse bin of observed time ends, in seconds. */
export const endOfBin = (bin: number): number => GAMMA ** (bin + COARSE - 0.5)
