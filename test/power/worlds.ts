import { evaluate, type Measured } from '#server/stats/levels.ts'
import { city, worldChance } from './city.ts'
import { counted, requestsOf } from './draw.ts'
import { paced } from './pace.ts'
import { type Measure, ROWS, type Row } from './scenarios.ts'

const ALL: readonly Measure[] = ['reopened', 'late', 'pace']

/** Sums over the worlds of a scenario. */
export interface Tally {
  worlds: number
  bad: number
  flagged: number
  /** Of those flagged: planted ones, with a true ratio of 1.25 or more, below 1.10. */
  planted: number
  material: number
  innocent: number
  /** Worlds with any flag. */
  any: number
}

export const nothing = (): Tally => ({
  ...{ worlds: 0, bad: 0, flagged: 0, planted: 0, material: 0, innocent: 0, any: 0 },
})

/** Worlds from ≤ i < to; `family` judges every measure of the product beside those of the row, as one family of tests. */
export interface Share {
  from: number
  to: number
  family: boolean
}

/** Draws worlds of a row, evaluates each as the product does, and tells who was called out. */
export function tally(row: Row, { from, to, family }: Share): Tally {
  const sum = nothing()
  const scenario = ROWS.indexOf(row)
  for (let world = from; world < to; world++) {
    const chance = worldChance(scenario, world)
    const drawn = city(row, chance)
    const places = requestsOf(drawn, chance)
    const truth = drawn.companies.map(() => 0)
    const measured = (family ? ALL : row.measures).map((measure): Measured<Measure> => {
      const told = row.measures.includes(measure)
      if (measure === 'pace') {
        for (const [i, { time }] of told ? drawn.companies.entries() : [])
          truth[i] = Math.max(truth[i] ?? 0, Math.exp(time))
        return { measure, worse: 'fewer', units: paced(drawn, places, chance) }
      }
      const { units, truth: ratios } = counted(drawn, places, measure, chance)
      for (const [i, ratio] of told ? ratios.entries() : [])
        truth[i] = Math.max(truth[i] ?? 0, ratio)
      return { measure, worse: 'more', units }
    })
    const flagged = row.flagged(evaluate(measured))
    sum.worlds++
    sum.bad += drawn.bad.size
    sum.any += flagged.size > 0 ? 1 : 0
    for (const unit of flagged) {
      sum.flagged++
      if (drawn.bad.has(unit)) sum.planted++
      if ((truth[unit] ?? 0) >= 1.25) sum.material++
      if ((truth[unit] ?? 0) < 1.1) sum.innocent++
    }
  }
  return sum
}
