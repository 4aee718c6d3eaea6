import { describe, expect, test } from 'vitest'
import { CASEMIX_POLICY, PLAIN, standardise } from './casemix.ts'
import { standardiseByModel } from './casemix-model.ts'
import { type Cell, columnsOf } from './cells.ts'

const cell = (unit: number, stratum: string, n: number, events: number): Cell => ({
  ...{ unit, stratum, n, events },
})
const of = (cells: readonly Cell[], unit: number, ...rest: [typeof PLAIN, (() => number)?]) =>
  standardise(cells, ...rest).find((one) => one.unit === unit)

describe('a unit that holds much of a stratum', () => {
  /** Unit 1 holds 60 % of the lifts; the others have a tenth of events there. */
  const cells = [cell(1, 'lift', 600, 180), cell(2, 'lift', 200, 20), cell(3, 'lift', 200, 20)]
  test('is compared with the others in it, not with itself', () => {
    expect(of(cells, 1, CASEMIX_POLICY)).toMatchObject({
      ...{ observed: 180, expected: 60, variance: 54, ownShare: 0 },
    })
    expect(of(cells, 1, PLAIN)?.expected).toBeCloseTo(132, 12)
  })
  test('and whoever holds little of it, with everybody', () => {
    expect(of(cells, 2, CASEMIX_POLICY)?.expected).toBeCloseTo(44, 12)
    expect(of(cells, 2, CASEMIX_POLICY)?.ownShare).toBe(0.2)
  })
  test('where the others are too few to tell, it remains in, and its own share says so', () => {
    const alone = [cell(1, 'lift', 600, 180), cell(2, 'lift', 20, 2)]
    expect(of(alone, 1, CASEMIX_POLICY)?.ownShare).toBeCloseTo(600 / 620, 12)
  })
})

describe('a stratum of few requests', () => {
  const cells = [cell(1, 'roof', 5, 5), cell(2, 'roof', 5, 0)]
  const fifth = () => 0.2
  test('is drawn to the model: (x + m p) / (n + m)', () => {
    expect(of(cells, 1, { ...CASEMIX_POLICY, maxStratumShare: 1 }, fifth)?.expected).toBeCloseTo(
      (5 * (5 + 20 * 0.2)) / (10 + 20),
      12,
    )
  })
  test('of thirty requests it is not', () => {
    const thirty = [cell(1, 'roof', 5, 5), cell(2, 'roof', 25, 1)]
    expect(of(thirty, 1, CASEMIX_POLICY, fifth)?.expected).toBeCloseTo(1, 12)
  })
  test('of which one unit holds all, it has the model to be compared with', () => {
    const alone = [cell(1, 'roof', 40, 20)]
    expect(of(alone, 1, CASEMIX_POLICY, fifth)).toMatchObject({ expected: 8, ownShare: 0 })
  })
})

test('quarters share out the year: the same rate in each', () => {
  const cells = [
    { ...cell(1, 'lift', 100, 30), quarter: 0 },
    { ...cell(1, 'lift', 50, 0), quarter: 2 },
    { ...cell(2, 'lift', 350, 70), quarter: 1 },
  ]
  expect(standardise(cells)[0]?.quarters).toEqual([
    { observed: 30, expected: 20 },
    { observed: 0, expected: 0 },
    { observed: 0, expected: 10 },
  ])
})

describe('whatever the mix', () => {
  const cells = Array.from({ length: 60 }, (_, i) =>
    cell(i % 7, `s${i % 11}`, 20 + ((i * 37) % 90), (i * 13) % 20),
  )
  const total = (units: ReturnType<typeof standardise>, of: 'observed' | 'expected') =>
    units.reduce((sum, unit) => sum + unit[of], 0)
  test('expected adds up to observed', () => {
    const units = standardise(cells)
    expect(total(units, 'expected')).toBeCloseTo(total(units, 'observed'), 9)
  })
  test('every request twice: twice the events, expectation and variance', () => {
    const twice = standardise(
      cells.map((one) => ({ ...one, n: one.n * 2, events: one.events * 2 })),
    )
    for (const [i, unit] of standardise(cells).entries()) {
      expect(twice[i]?.expected).toBeCloseTo(2 * unit.expected, 9)
      expect(twice[i]?.variance).toBeCloseTo(2 * unit.variance, 9)
    }
  })
  test('a company told as two has the same expectation between them', () => {
    const [whole] = standardise(cells).filter(({ unit }) => unit === 3)
    const parts = standardise(
      cells.map((one, i) => (one.unit === 3 && i % 2 ? { ...one, unit: 99 } : one)),
    ).filter(({ unit }) => unit === 3 || unit === 99)
    expect(parts).toHaveLength(2)
    expect(total(parts, 'expected')).toBeCloseTo(whole?.expected ?? Number.NaN, 9)
  })
  test('a model of nothing but one share expects that share', () => {
    for (const unit of standardiseByModel(columnsOf(cells), () => 0.25))
      expect(unit.expected).toBeCloseTo(unit.n / 4, 9)
  })
})
