import { describe, expect, test } from 'vitest'
import { compositeIndex, type IndexPart } from './composite-index.ts'
import { logGammaMoments } from './gamma.ts'
import { chanceFrom } from './random.ts'

/** Forty units with 100 expected events each; unit 0 has 160, the others 90 to 110. */
const part = (rest: Partial<IndexPart> = {}): IndexPart => ({
  ...{ weight: 0.5, worse: 'more', tau2: 0.0025 },
  units: Array.from({ length: 40 }, (_, unit) => ({
    ...{ unit, observed: unit === 0 ? 160 : 90 + ((unit * 7) % 21), expected: 100 },
  })),
  ...rest,
})
const index = (parts: IndexPart[], seed = 1) => compositeIndex(parts, chanceFrom(seed), 400)

describe('the index of an overview', () => {
  test('stands lowest for whoever is worst in all its parts, with a rank that says so', () => {
    const all = index([part(), part()])
    const worst = all.find(({ unit }) => unit === 0)
    expect(worst?.index).toBe(Math.min(...all.map((one) => one.index)))
    expect(worst?.rank[1]).toBe(40)
    expect(worst).toMatchObject({ third: 3, thirdMoves: false })
  })
  test('counts fewer as worse where fewer is worse', () => {
    const all = index([part({ worse: 'fewer' })])
    expect(all[0]?.index).toBe(Math.max(...all.map((one) => one.index)))
    expect(all[0]?.parts[0]).toBeLessThan(0)
  })
  test('ranks of those in the middle are wide: nobody can be put in order by chance', () => {
    const middle = index([part()])[20]
    expect((middle?.rank[2] ?? 0) - (middle?.rank[0] ?? 0)).toBeGreaterThan(10)
  })
  test('is the same for the same seed', () => {
    expect(index([part(), part()])).toEqual(index([part(), part()]))
  })
  test('of nothing, of one part or of one unit is no error', () => {
    expect(index([])).toEqual([])
    const lonely = { unit: 3, observed: 9, expected: 10 }
    expect(index([part({ units: [lonely] })])).toMatchObject([{ unit: 3, rank: [1, 1, 1] }])
    expect(index([part(), part({ units: [lonely] })])).toMatchObject([{ unit: 3 }])
  })
  test('a weight that decides is told: another weight would move the unit to another third', () => {
    const first = part({
      units: [0, 1, 2].map((unit) => ({
        unit,
        observed: [80, 100, 121][unit] ?? 0,
        expected: 100,
      })),
    })
    const second = part({
      units: [0, 1, 2].map((unit) => ({
        unit,
        observed: [121, 100, 80][unit] ?? 0,
        expected: 100,
      })),
    })
    expect(index([first, second]).map(({ thirdMoves }) => thirdMoves)).toContain(true)
  })
})

test('moments of the logarithm of a gamma: ψ(1) is minus the constant of Euler, ψ′(1) is π²/6', () => {
  const { mean, sd } = logGammaMoments(1, 1)
  expect(mean).toBeCloseTo(-0.5772156649015329, 12)
  expect(sd ** 2).toBeCloseTo(Math.PI ** 2 / 6, 12)
  expect(logGammaMoments(50, 10).mean).toBeCloseTo(3.901989673427892 - Math.log(10), 9)
})
