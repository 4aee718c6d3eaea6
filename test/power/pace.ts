import { standardisedPace } from '#server/stats/nelson-aalen.ts'
import type { Chance } from '#server/stats/random.ts'
import { type City, longerThan, SHAPE } from './city.ts'
import type { Place } from './draw.ts'

/** Bins of time are of equal cumulative hazard of what is usual, up to where less than a hundredth is left. */
const BINS = 64
const STEP = 0.075
/** Of all requests so many are still open at a time drawn as blindly. */
const OPEN = 0.05

/**
 * Times of the same requests in bins of their stratum's usual distribution, which every stratum shares, so that a company needs
 * one table. Standardised by the product's estimator.
 */
export function paced(city: City, places: readonly Place[], chance: Chance) {
  const edges = Array.from({ length: BINS }, (_, bin) =>
    bin + 1 < BINS ? Math.log((bin + 1) * STEP) / SHAPE : Number.POSITIVE_INFINITY,
  )
  const columns = {
    ...{ unit: [] as number[], stratum: [] as number[], quarter: [] as number[] },
    ...{ time: [] as number[], events: [] as number[], n: [] as number[] },
  }
  const tables = city.companies.map(({ time }) =>
    Float64Array.from(edges, (edge) => 1 - longerThan(edge - time)),
  )
  const ended = new Int32Array(BINS)
  const open = new Int32Array(BINS)
  for (const { unit, quarter, stratum, n } of places) {
    ended.fill(0)
    open.fill(0)
    const table = tables[unit]
    if (!table) continue
    for (let i = 0; i < n; i++) {
      const bin = binIn(table, chance())
      const censored = chance() < OPEN
      const at = censored ? Math.floor(chance() * (bin + 1)) : bin
      const into = censored ? open : ended
      into[at] = (into[at] ?? 0) + 1
    }
    for (let bin = 0; bin < BINS; bin++) {
      const [events, censored] = [ended[bin] ?? 0, open[bin] ?? 0]
      if (events + censored === 0) continue
      columns.unit.push(unit)
      columns.stratum.push(stratum)
      columns.quarter.push(quarter)
      columns.time.push(bin)
      columns.events.push(events)
      columns.n.push(events + censored)
    }
  }
  return standardisedPace(columns)
}

function binIn(table: Float64Array, u: number): number {
  let low = 0
  let high = BINS - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (u < (table[middle] ?? 1)) high = middle
    else low = middle + 1
  }
  return low
}
