import { expect, test } from 'vitest'
import { soak } from './soak/run.ts'
import { tableOf } from './soak/table.ts'

const MINUTES = 3

test('three minutes of everything that happens to a wall leave it neither blank nor lying', async () => {
  const outcome = await soak(MINUTES, { tell: () => {} })
  const failed = tableOf(outcome).filter(({ holds }) => !holds)
  expect(failed).toEqual([])
  expect(outcome.events).toBeGreaterThan(200)
  expect(outcome.refused).toBeLessThan(outcome.events / 2)
}, 480_000)
