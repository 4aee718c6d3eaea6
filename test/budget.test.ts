import { expect, test } from 'vitest'
import { BUDGET, firstLoad } from './first-load.ts'

const { files, kilobytes, later } = firstLoad()

test(`the first load of the overview is at most ${BUDGET} kB of JavaScript`, () => {
  expect(kilobytes).toBeLessThanOrEqual(BUDGET)
})

test('map and charts are not in the first load', () => {
  for (const file of later) expect(files).not.toContain(file)
})
