import { expect, test } from 'vitest'
import { EVALUATED } from '#server/contract/flags.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { AGE_BANDS } from '#server/judgement/strata.ts'
import type { Context } from '#server/trpc.ts'
import { indexOf } from './overview-index.ts'

const stratumOf = (priority: (typeof PRIORITIES)[number]) =>
  String(PRIORITIES.indexOf(priority) * AGE_BANDS.length)
const [EMERGENCY, ORDINARY] = [stratumOf('emergency'), stratumOf('ordinary')]

/** Of each a hundred emergencies and a hundred others; so many of both were late. All else is as expected. */
const LATE = { 1: [30, 10], 2: [10, 30], 3: [20, 20] } as const
const units = [1, 2, 3].map((unit) => ({
  ...{ unit, insufficient: null, observed: 40, expected: 40 },
}))
const few = { unit: 4, insufficient: 'few', observed: 3, expected: 2 }
const cells = Object.entries(LATE).flatMap(([unit, [emergencies, others]]) => [
  { unit: Number(unit), stratum: EMERGENCY, n: 100, events: emergencies },
  { unit: Number(unit), stratum: ORDINARY, n: 100, events: others },
])
const evaluation = {
  measures: Object.fromEntries(
    EVALUATED.map((measure) => [
      measure,
      { worse: measure === 'pace' ? 'fewer' : 'more', tau2: 0.01, units: [...units, few] },
    ]),
  ),
  cells: { late: cells },
}
const context = {
  registry: {
    organizationById: (id: string) => (Number(id) > 0 ? { key: Number(id) } : undefined),
  },
  judging: { evaluation: async () => evaluation },
} as unknown as Context
const lateOf = async (id: string) =>
  (await indexOf(context, id)).own?.parts.find(({ measure }) => measure === 'late')?.sd ?? 0

test('of two with as many late requests the one with late emergencies stands worse', async () => {
  // Counted twice: 70 against 60 that were expected, and 50 against 60.
  expect(await lateOf('1')).toBeGreaterThan(0.5)
  expect(await lateOf('2')).toBeLessThan(-0.5)
  expect(await lateOf('3')).toBeCloseTo(0, 0)
  const [worse, better] = [await indexOf(context, '1'), await indexOf(context, '2')]
  expect(worse.own?.index).toBeLessThan(50)
  expect(better.own?.index).toBeGreaterThan(50)
})

test('a place is a range among those who are indexed, and weights sum to one', async () => {
  const { own, among, weights } = await indexOf(context, '3')
  expect(among).toBe(3)
  expect(own?.rank.low).toBeLessThanOrEqual(own?.rank.high ?? 0)
  expect(own?.rank.high).toBeLessThanOrEqual(among)
  expect(Object.values(weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12)
})

test('who has too little by one measure has no index, and nobody unknown has one', async () => {
  expect((await indexOf(context, '4')).own).toBeNull()
  await expect(indexOf(context, 'nobody')).rejects.toThrow('no organization has the id')
})
