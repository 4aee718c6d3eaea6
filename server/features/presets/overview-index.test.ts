import { expect, test } from 'vitest'
import { EVALUATED } from '#server/contract/flags.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { AGE_BANDS } from '#server/judgement/strata.ts'
import { PLAIN } from '#server/stats/casemix.ts'
import type { Cell } from '#server/stats/cells.ts'
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
  ...{ cells: { late: cells }, longer: { late: [] } },
  // Nothing borrowed and nobody left out, so that it can be counted by hand.
  policy: { casemix: PLAIN },
}
const judgedBy = (policy: object, late: readonly Cell[] = cells) =>
  ({
    registry: {
      organizationById: (id: string) => (Number(id) > 0 ? { key: Number(id) } : undefined),
    },
    judging: { evaluation: async () => ({ ...evaluation, cells: { late }, policy }) },
  }) as unknown as Context
const context = judgedBy({ casemix: PLAIN })
const lateOf = async (id: string, asked = context) =>
  (await indexOf(asked, id)).own?.parts.find(({ measure }) => measure === 'late')?.sd ?? 0

test('of two with as many late requests the one with late emergencies stands worse', async () => {
  // Counted twice: 70 against 60 that were expected, and 50 against 60.
  expect(await lateOf('1')).toBeGreaterThan(0.5)
  expect(await lateOf('2')).toBeLessThan(-0.5)
  expect(await lateOf('3')).toBeCloseTo(0, 0)
  const [worse, better] = [await indexOf(context, '1'), await indexOf(context, '2')]
  expect(worse.own?.index).toBeLessThan(50)
  expect(better.own?.index).toBeGreaterThan(50)
})

test('who has most of the requests is held against the others, as the evaluation expects', async () => {
  // Of 1,000 emergencies of the first 300 were late, of the others' 20 of 200: 100 are expected of it, of all it would be 267.
  const large = cells.flatMap((cell) =>
    cell.stratum !== EMERGENCY
      ? []
      : [cell.unit === 1 ? { ...cell, n: 1000, events: 300 } : { ...cell, events: 10 }],
  )
  const apart = judgedBy({ casemix: { ...PLAIN, maxStratumShare: 0.2 } }, large)
  const among = judgedBy({ casemix: PLAIN }, [...large])
  // By hand with a = 1 / (4 × 0.01) = 25, twice 300 against twice 100 and twice 266.7: ln (625 / 225) × √625, ln (625 / 558) × √625.
  expect(await lateOf('1', apart)).toBeCloseTo(25.5, 0)
  expect(await lateOf('1', among)).toBeCloseTo(2.8, 0)
})

test('weights and how much an emergency counts are the policy’s', async () => {
  const weights = { late: 0.6, pace: 0.2, reopened: 0.2 }
  const own = judgedBy({ casemix: PLAIN, index: { weights, emergencyWeight: 1 } })
  expect((await indexOf(own, '1')).weights).toEqual(weights)
  // An emergency that counts once: 40 late of both, as of all.
  expect(await lateOf('1', own)).toBeCloseTo(0, 0)
  expect(await lateOf('1', own)).toBeCloseTo(await lateOf('2', own), 9)
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
