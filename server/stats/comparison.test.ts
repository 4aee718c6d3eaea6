import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { standardise } from './casemix.ts'
import type { Cell } from './cells.ts'
import { compare } from './comparison.ts'
import { benjaminiHochberg } from './false-discovery.ts'
import { normalCdf } from './normal.ts'
import { distance, overdispersion, winsorisedVariance } from './overdispersion.ts'

const close = (value: number, digits = 9) => expect.closeTo(value, digits)
const cell = (unit: number, stratum: string, n: number, events: number): Cell => ({
  unit,
  stratum,
  n,
  events,
})

describe('expected on the same mix', () => {
  /** Lifts return in 10 of 100, leaks in 60 of 200: 1 has mostly leaks, 2 mostly lifts. */
  const cells = [
    cell(1, 'lift', 20, 1),
    cell(2, 'lift', 80, 9),
    cell(1, 'leak', 150, 45),
    cell(2, 'leak', 50, 15),
  ]
  test('is the city rate of each stratum times the requests in it', () => {
    expect(standardise(cells)).toMatchObject([
      { unit: 1, n: 170, observed: 46, expected: close(47), variance: close(33.3) },
      { unit: 2, n: 130, observed: 24, expected: close(23), variance: close(17.7) },
    ])
  })
  test('adds up to what was observed', () => {
    const total = standardise(cells).reduce((sum, unit) => sum + unit.expected, 0)
    expect(total).toBeCloseTo(70, 12)
  })
  test('tells how much of the comparison is the unit itself', () => {
    expect(standardise([...cells, cell(3, 'roof', 9, 3)]).map((unit) => unit.ownShare)).toEqual([
      close((20 * 0.2 + 150 * 0.75) / 170),
      close((80 * 0.8 + 50 * 0.25) / 130),
      1,
    ])
  })
})

describe('levels', () => {
  /** Twelve ordinary organizations with 200 requests each, of which 20 or so returned, and one other. */
  const ordinary = Array.from({ length: 12 }, (_, i) =>
    cell(i + 1, 'all', 200, 20 + ((i % 5) - 2) * 2),
  )
  const levelOf = (n: number, events: number) =>
    compare([...ordinary, cell(99, 'all', n, events)]).units.find((unit) => unit.unit === 99)?.level

  test('as expected is no level', () => expect(levelOf(200, 22)).toBe('none'))
  test('far above everything expected is inspected', () => expect(levelOf(300, 90)).toBe('inspect'))
  test('far below is good practice', () => expect(levelOf(300, 5)).toBe('good'))
  test('the same ratio with few requests is insufficient', () => {
    expect(levelOf(50, 15)).toBe('insufficient')
  })
  describe('where units differ much among themselves', () => {
    const uneven = Array.from({ length: 12 }, (_, i) => cell(i + 1, 'all', 400, 20 + i * 6))
    const other = (events: number) => {
      const { units, tau2 } = compare([...uneven, cell(99, 'all', 400, events)])
      expect(tau2).toBeGreaterThan(0.01)
      return units.find((unit) => unit.unit === 99)
    }
    test('beyond chance alone is no level', () => {
      expect(other(88)).toMatchObject({ level: 'none' })
      expect(other(88)?.ratio).toBeGreaterThan(other(88)?.chance[1] ?? Number.NaN)
    })
    test('beyond the tolerance and at the edge of the others is inspected, within the outer limits too', () => {
      expect(other(120)).toMatchObject({ level: 'inspect' })
      expect(other(120)?.ratio).toBeLessThan(other(120)?.outer[1] ?? Number.NaN)
    })
  })
  test('one that is compared mostly with itself is not judged', () => {
    const units = compare([...ordinary, cell(99, 'roofs', 300, 30), cell(1, 'roofs', 5, 4)]).units
    expect(units.find((unit) => unit.unit === 99)).toMatchObject({
      level: 'insufficient',
      ownShare: close(300 / 305),
    })
  })
})

test('nothing expected cannot be compared', () => {
  expect(compare([cell(1, 'lift', 9, 0), cell(2, 'lift', 4, 0)]).units).toEqual([])
})
test('no events among few expected: the exact interval, not a point', () => {
  const { units } = compare([cell(1, 'lift', 40, 0), cell(2, 'lift', 360, 40)])
  expect(units[0]).toMatchObject({
    observed: 0,
    expected: 4,
    lower: 0,
    upper: close(3.6888794541139 / 4),
  })
})

describe.skipIf(ORACLES_MISSING)('as computed in R', () => {
  test('case mix by strata', () => {
    type Input = { company: string[]; category: string[]; age: string[]; n: number[]; x: number[] }
    type Expected = Record<'n' | 'O' | 'E' | 'V' | 'SIR', number[]>
    const { input, expected } = oracle<{ input: Input; expected: { stratified: Expected } }>(
      'statistics/casemix',
    )
    const units = standardise(
      input.company.map((company, i) =>
        cell(
          company.charCodeAt(0),
          `${input.category[i]} ${input.age[i]}`,
          input.n[i] ?? 0,
          input.x[i] ?? 0,
        ),
      ),
    )
    const { O, E, V, SIR } = expected.stratified
    expect(units.map((unit) => unit.observed)).toEqual(O)
    expect(units.map((unit) => unit.expected)).toEqual(E.map((v) => close(v)))
    expect(units.map((unit) => unit.variance)).toEqual(V.map((v) => close(v)))
    expect(units.map((unit) => unit.observed / unit.expected)).toEqual(SIR.map((v) => close(v)))
  })

  test('overdispersion, corrected and as published', () => {
    type Spread = { phi: number; tau2: number; z: number[]; z_od: number[] }
    const { input, expected, consistency_factor } = oracle<{
      input: Record<'O' | 'E' | 'V', number[]>
      consistency_factor: { trim: number[]; factor: number[] }
      expected: {
        corrected: Spread
        uncorrected: Spread
        cqc_uncorrected: Spread
        p_one_sided: number[]
        bh: number[]
        L975: number[]
      }
    }>('statistics/overdispersion')
    expect(consistency_factor.trim.map(winsorisedVariance)).toEqual(
      consistency_factor.factor.map((v) => close(v)),
    )
    const byVariance = input.O.map((O, i) => distance(O, input.E[i] ?? 0, input.V[i] ?? 0))
    const asCounts = input.O.map((O, i) => distance(O, input.E[i] ?? 0, input.E[i] ?? 0))
    for (const [units, spread, factor] of [
      [byVariance, expected.corrected, undefined],
      [byVariance, expected.uncorrected, 1],
      [asCounts, expected.cqc_uncorrected, 1],
    ] as const) {
      const { phi, tau2 } = overdispersion(units, 0.1, factor)
      expect([phi, tau2]).toEqual([close(spread.phi), close(spread.tau2)])
      expect(units.map(({ z }) => z)).toEqual(spread.z.map((v) => close(v)))
      expect(units.map(({ y, s }) => y / Math.sqrt(s * s + tau2))).toEqual(
        spread.z_od.map((v) => close(v)),
      )
    }
    expect(benjaminiHochberg(expected.p_one_sided)).toEqual(expected.bh.map((v) => close(v)))
  })

  test('false discovery rates', () => {
    const { cases } = oracle<{ cases: { p: (number | null)[]; bh: (number | null)[] }[] }>(
      'statistics/bh',
    )
    for (const { p, bh } of cases)
      expect(benjaminiHochberg(p)).toEqual(bh.map((v) => (v === null ? null : close(v))))
  })

  test.for(['A_0', 'B_0', 'G_null_0', 'K_both_0'])('a whole simulated city, %s', (name) => {
    type Columns = Record<'company' | 'stratum' | 'n' | 'reopened' | 'breached', number[]>
    type Expected = Record<'E' | 'V' | 'z' | 'z_od' | 'L975', number[]> & {
      phi: number
      tau2: number
    }
    const world = oracle<{ input: Columns; expected: Record<string, Expected> }>(`worlds/${name}`)
    for (const [measure, column] of [
      ['reopen', 'reopened'],
      ['breach', 'breached'],
    ] as const) {
      const expected = world.expected[measure]
      if (!expected) continue
      const { company, stratum, n } = world.input
      const { units, tau2 } = compare(
        company.map((unit, i) =>
          cell(unit, `${stratum[i]}`, n[i] ?? 0, world.input[column][i] ?? 0),
        ),
      )
      units.sort((a, b) => a.unit - b.unit)
      const six = (list: number[]) => list.map((v) => close(v, 6))
      expect(tau2).toBeCloseTo(expected.tau2, 6)
      expect(units.map((u) => u.expected)).toEqual(six(expected.E))
      expect(units.map((u) => u.variance)).toEqual(six(expected.V))
      expect(units.map((u) => u.z)).toEqual(six(expected.z))
      expect(units.map((u) => u.zDispersed)).toEqual(six(expected.z_od))
      // Those of whom fewer than ten events are expected are tested exactly.
      const many = units.filter((u) => u.expected >= 10)
      expect(many.map((u) => normalCdf(-u.zDispersed))).toEqual(
        many.map((u) => close(u.pDispersed)),
      )
    }
  })
})
