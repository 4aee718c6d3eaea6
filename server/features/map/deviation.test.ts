import { expect, test } from 'vitest'
import { createRandom } from '#seed/random.ts'
import { deviationsOf, expectations, type Inflow, judge } from './deviation.ts'

// Lower 99 % limits of a Poisson mean from a printed table of chi-square at .995: 2.0375 (7), 3.717 (10), 6.2305 (14).
test.for([
  [6, 2, 'usual'],
  [7, 2, 'slightly'],
  [10, 2, 'more'],
  [14, 2, 'much'],
] as const)(
  '%i where %i are expected is %s, by the limit that chance leaves',
  ([observed, expected, word]) => {
    expect(judge(observed, expected)).toBe(word)
  },
)

// exp(-5) = .0067, exp(-6) = .0025
test('no request at all is fewer than usual only where chance would hardly leave none', () => {
  expect(judge(0, 5)).toBe('usual')
  expect(judge(0, 6)).toBe('less')
})

test('a building of which nothing is expected is as usual', () => {
  expect(judge(3, 0)).toBe('usual')
})

const world: Inflow[] = [
  { building: 1, window: 9, before: 100, size: 80 },
  { building: 2, window: 1, before: 30, size: 40 },
  { building: 3, window: 0, before: 0, size: null },
  { building: 4, window: 2, before: 70, size: 120 },
]

test('expectations sum to what was observed, so that a season of the whole city deviates nowhere', () => {
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
  expect(sum(expectations(world))).toBeCloseTo(12, 9)
  const cold = world.map((inflow) => ({ ...inflow, window: inflow.before }))
  const doubled = cold.map((inflow) => ({ ...inflow, window: inflow.window * 2 }))
  expect(sum(expectations(doubled))).toBeCloseTo(2 * sum(expectations(cold)), 9)
})

test('buildings that differ no more than chance makes them get the rate of the city per apartment', () => {
  const alike: Inflow[] = [
    { building: 1, window: 3, before: 10, size: 50 },
    { building: 2, window: 3, before: 20, size: 100 },
  ]
  const [small, large] = expectations(alike)
  expect(small).toBeCloseTo(2, 9)
  expect(large).toBeCloseTo(4, 9)
})

test('a building with a long past of its own keeps it', () => {
  const [noisy, ...rest] = expectations([
    { building: 1, window: 0, before: 5000, size: 50 },
    ...Array.from({ length: 20 }, (_, i) => ({
      building: i + 2,
      window: 10,
      before: 50,
      size: 50,
    })),
  ])
  expect(noisy).toBeGreaterThan(150)
  for (const usual of rest) expect(usual).toBeLessThan(3)
})

test('without any past nothing is expected and nothing deviates', () => {
  expect(deviationsOf([{ building: 1, window: 40, before: 0, size: 10 }])).toEqual({
    deviating: [],
    buildings: 1,
    byChance: 0,
  })
})

test('in a city where nothing happens, as many buildings deviate as chance alone was said to make', () => {
  const { next: random } = createRandom(11)
  const draw = (mean: number) => {
    let [k, product] = [0, random()]
    while (product > Math.exp(-mean)) {
      product *= random()
      k++
    }
    return k
  }
  const quiet = Array.from({ length: 20_000 }, (_, building) => {
    const mean = 0.5 + random() * 8
    return { building, window: draw(mean), before: Math.round(mean * 52), size: mean * 20 }
  })
  const { deviating, byChance } = deviationsOf(quiet)
  expect(byChance).toBeGreaterThan(60)
  expect(Math.abs(deviating.length - byChance)).toBeLessThan(4 * Math.sqrt(byChance))
})
