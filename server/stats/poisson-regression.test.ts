import { expect, test } from 'vitest'
import { type Count, poissonRegression } from './poisson-regression.ts'

const count = (levels: number[], events: number, exposure: number): Count => ({
  levels,
  events,
  exposure,
})
/** Two factors of three and two levels. */
const CELLS = [
  count([0, 0], 30, 400),
  count([0, 1], 12, 150),
  count([1, 0], 55, 300),
  count([1, 1], 40, 260),
  count([2, 0], 9, 100),
  count([2, 1], 21, 90),
]

test('with one factor the rates are those of its levels', () => {
  const fit = poissonRegression([count([0], 10, 100), count([1], 45, 150), count([1], 15, 50)], [2])
  expect(fit?.rate([0])).toBeCloseTo(0.1, 8)
  expect(fit?.rate([1])).toBeCloseTo(0.3, 8)
})

test('with two factors the fit is that of iterative proportional fitting', () => {
  // 20,000 rounds of u_i = Σy/Σ a v, v_j = Σy/Σ a u in Python: another algorithm for the same likelihood.
  const fit = poissonRegression(CELLS, [3, 2])
  expect(fit?.intercept).toBeCloseTo(-2.595110750120911, 7)
  expect(fit?.effects).toEqual([
    [0, expect.closeTo(0.7824377400989634, 7), expect.closeTo(0.7099044919090399, 7)],
    [0, expect.closeTo(0.0813894123000126, 7)],
  ])
  expect(CELLS.map(({ levels, exposure }) => exposure * (fit?.rate(levels) ?? 0))).toEqual(
    [
      29.8550437969623, 12.144956203037703, 48.965181536188645, 46.03481846381135,
      15.179774666849063, 14.820225333150939,
    ].map((value) => expect.closeTo(value, 5)),
  )
})

test('fitted counts sum to the observed ones, in all and by level', () => {
  const fit = poissonRegression(CELLS, [3, 2])
  const fitted = (keep: (cell: Count) => boolean) =>
    CELLS.filter(keep).reduce(
      (sum, { levels, exposure }) => sum + exposure * (fit?.rate(levels) ?? 0),
      0,
    )
  expect(fitted(() => true)).toBeCloseTo(167, 8)
  expect(fitted(({ levels }) => levels[0] === 1)).toBeCloseTo(95, 4)
  expect(fitted(({ levels }) => levels[1] === 1)).toBeCloseTo(73, 4)
})

test('a level at which nothing happened, or that nobody has, spoils nothing', () => {
  const fit = poissonRegression([count([0], 50, 500), count([1], 0, 40), count([2], 30, 100)], [4])
  expect(fit?.rate([0])).toBeCloseTo(0.1, 6)
  expect(fit?.rate([1])).toBeLessThan(1e-4)
  expect(fit?.rate([2])).toBeCloseTo(0.3, 6)
  expect(fit?.rate([3])).toBeCloseTo(0.1, 6)
})

test('counting everything twice, or in another order, changes no effect', () => {
  const fit = poissonRegression(CELLS, [3, 2])
  const twice = poissonRegression([...CELLS, ...CELLS.toReversed()], [3, 2])
  expect(twice?.effects.flat()).toEqual(
    fit?.effects.flat().map((effect) => expect.closeTo(effect, 7)),
  )
})

test('of nothing there is no fit', () => {
  expect(poissonRegression([], [2])).toBeNull()
  expect(poissonRegression([count([0], 0, 10)], [2])).toBeNull()
})
