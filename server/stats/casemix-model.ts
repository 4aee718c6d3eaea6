import type { ExpectedShare, Standardised } from './casemix.ts'
import type { CellColumns } from './cells.ts'
import type { LogisticModel } from './logistic.ts'

/** The same with every stratum's rate from the model: what to set beside the strata when factors are many. */
export function standardiseByModel(
  { unit, stratum, n, events, quarter }: CellColumns,
  model: ExpectedShare,
): Standardised[] {
  const units = new Map<number, Standardised>()
  for (let row = 0; row < n.length; row++) {
    const [key, count, happened] = [unit[row] ?? 0, n[row] ?? 0, events[row] ?? 0]
    const rate = model(stratum[row] ?? 0)
    const sum = units.get(key) ?? nothingOf(key)
    sum.n += count
    sum.observed += happened
    sum.expected += count * rate
    sum.variance += count * rate * (1 - rate)
    const part = sum.quarters[quarter?.[row] ?? 0] ?? { observed: 0, expected: 0 }
    sum.quarters[quarter?.[row] ?? 0] = {
      observed: part.observed + happened,
      expected: part.expected + count * rate,
    }
    units.set(key, sum)
  }
  return [...units.values()].map(finished)
}

/** Shares by stratum of a model of its factors, each asked for once. */
export function sharesOf(
  model: LogisticModel,
  factorsOf: (stratum: string | number) => readonly (string | number)[],
): ExpectedShare {
  const known = new Map<string | number, number>()
  return (stratum) => {
    const share = known.get(stratum) ?? model.predict(factorsOf(stratum))
    known.set(stratum, share)
    return share
  }
}

const nothingOf = (unit: number): Standardised => ({
  ...{ unit, n: 0, observed: 0, expected: 0, variance: 0, ownShare: 0, quarters: [] },
})

const finished = (unit: Standardised): Standardised => ({
  ...unit,
  ownShare: unit.n === 0 ? 0 : unit.ownShare / unit.n,
  quarters: Array.from(unit.quarters, (part) => part ?? { observed: 0, expected: 0 }),
})
