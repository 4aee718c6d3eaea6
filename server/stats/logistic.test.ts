import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { standardise } from './casemix.ts'
import { sharesOf, standardiseByModel } from './casemix-model.ts'
import { type Cell, columnsOf, strataOf } from './cells.ts'
import { fitLogistic } from './logistic.ts'

interface Figures {
  E: number[]
  V: number[]
  SIR: number[]
}
interface Casemix {
  input: Record<'company' | 'category' | 'age', string[]> & Record<'n' | 'x', number[]>
  expected: {
    stratified: Figures & { O: number[] }
    glm: Figures & { coef: number[]; se: number[]; deviance: number }
  }
}
const NOTHING: Casemix = {
  input: { company: [], category: [], age: [], n: [], x: [] },
  expected: {
    stratified: { O: [], E: [], V: [], SIR: [] },
    glm: { coef: [], se: [], deviance: 0, E: [], V: [], SIR: [] },
  },
}

const factorsOf = (stratum: string | number) => String(stratum).split(' ')

describe.skipIf(ORACLES_MISSING)('four companies, three categories, two ages, as in R', () => {
  const { input, expected } = ORACLES_MISSING ? NOTHING : oracle<Casemix>('statistics/casemix')
  const cells: Cell[] = input.company.map((company, i) => ({
    unit: company.charCodeAt(0),
    stratum: `${input.category[i]} ${input.age[i]}`,
    n: input.n[i] ?? 0,
    events: input.x[i] ?? 0,
  }))
  const rows = strataOf(cells).map(({ stratum, n, events }) => ({
    ...{ levels: factorsOf(stratum), n, events },
  }))
  const agrees = (units: ReturnType<typeof standardise>, figures: Figures) => {
    for (const [i, unit] of units.entries()) {
      expect(unit.expected).toBeCloseTo(figures.E[i] ?? Number.NaN, 9)
      expect(unit.variance).toBeCloseTo(figures.V[i] ?? Number.NaN, 9)
      expect(unit.observed / unit.expected).toBeCloseTo(figures.SIR[i] ?? Number.NaN, 9)
    }
  }
  test('expected by strata', () => agrees(standardise(cells), expected.stratified))
  test('expected by the logistic model', () => {
    // R has no ridge.
    const model = fitLogistic(rows, 0)
    agrees(standardiseByModel(columnsOf(cells), sharesOf(model, factorsOf)), expected.glm)
  })
  test('the coefficients, their errors and what the model leaves unexplained', () => {
    const model = fitLogistic(rows, 0)
    for (const [i, value] of expected.glm.coef.entries()) {
      expect(model.coefficients[i]).toBeCloseTo(value, 9)
      // Given to eight digits.
      expect(model.standardErrors[i]).toBeCloseTo(expected.glm.se[i] ?? Number.NaN, 6)
    }
    // R sums the residuals of the 24 cells, not of the six strata.
    const byCell = fitLogistic(
      cells.map(({ stratum, n, events }) => ({ levels: factorsOf(stratum), n, events })),
      0,
    )
    expect(byCell.deviance).toBeCloseTo(expected.glm.deviance, 9)
  })
  test('the ridge that keeps an empty level finite does not move the others', () => {
    for (const [i, value] of fitLogistic(rows).coefficients.entries())
      expect(value).toBeCloseTo(expected.glm.coef[i] ?? Number.NaN, 6)
  })
})

describe('a model of factors', () => {
  const rows = [
    { levels: ['lift', 'new'], n: 100, events: 10 },
    { levels: ['lift', 'old'], n: 200, events: 30 },
    { levels: ['leak', 'new'], n: 150, events: 30 },
    { levels: ['leak', 'old'], n: 50, events: 20 },
  ]
  test('explains in the sum over every level what was observed', () => {
    const model = fitLogistic(rows, 0)
    for (const level of ['lift', 'leak', 'new', 'old']) {
      const of = rows.filter(({ levels }) => levels.includes(level))
      const observed = of.reduce((sum, row) => sum + row.events, 0)
      expect(of.reduce((sum, row) => sum + row.n * model.predict(row.levels), 0)).toBeCloseTo(
        observed,
        8,
      )
    }
  })
  test('of every request twice is the same model, twice as sure', () => {
    const once = fitLogistic(rows, 0)
    const twice = fitLogistic(
      rows.map((row) => ({ ...row, n: row.n * 2, events: row.events * 2 })),
      0,
    )
    for (const [i, value] of once.coefficients.entries()) {
      expect(twice.coefficients[i]).toBeCloseTo(value, 9)
      expect(twice.standardErrors[i]).toBeCloseTo((once.standardErrors[i] ?? 0) / Math.SQRT2, 9)
    }
  })
  test('stays finite where a level never had an event', () => {
    const model = fitLogistic([...rows, { levels: ['roof', 'old'], n: 40, events: 0 }])
    expect(model.coefficients.every(Number.isFinite)).toBe(true)
    expect(model.predict(['roof', 'new'])).toBeLessThan(0.001)
  })
  test('of nothing knows nothing', () => {
    expect(fitLogistic([]).predict(['lift'])).toBe(0.5)
    expect(fitLogistic([{ levels: ['a'], n: 9, events: 0 }]).predict(['a'])).toBeLessThan(0.06)
  })
})
