import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { GAMMA } from '#server/stats/log-bins.ts'
import { openStore, type Store } from '#server/store/store.ts'
import type { Context } from '#server/trpc.ts'
import { openDesk } from '#test/import-desk.ts'
import { BOSTON, DATA_MISSING } from '#test/real-data.ts'
import { categoryWaits } from './waits.ts'

const NOW = Date.parse('2016-01-12T22:22:00-05:00')
const ZONE = 'America/New_York'

/**
 * Of the requests of each category that do not close before they open: how many there are, how many are closed, and the median of
 * the closed ones in days; counted in the file by itself, in Python. Half of them was still not reached by Kaplan and Meier.
 */
const NOT_REACHED: [category: string, n: number, closed: number, naiveDays: number][] = [
  ['Animal Generic Request', 2163, 150, 0.006],
  ['Unsatisfactory Living Conditions', 2006, 830, 13.997],
  ['Heat - Excessive  Insufficient', 899, 276, 3.666],
  ['Fire Department Request', 542, 55, 3.128],
  ['Mice Infestation - Residential', 364, 130, 18.872],
  ['Maintenance Complaint - Residential', 337, 118, 15.081],
  ['Bed Bugs', 330, 124, 18.286],
  ['MBTA Request', 312, 22, 1.869],
  ['Cross Metering - Sub-Metering', 258, 91, 19.751],
  ['Pest Infestation - Residential', 252, 102, 12.106],
  ['No Utilities Residential - Water', 191, 58, 1.388],
  ['Unsatisfactory Utilities - Electrical  Plumbing', 143, 52, 9.87],
  ['No Utilities Residential - Electricity', 75, 31, 2.834],
]

describe.skipIf(DATA_MISSING)('the waits of Boston', { timeout: 300_000 }, () => {
  const desk = openDesk(NOW)
  let store: Store
  let waits: Awaited<ReturnType<typeof categoryWaits>>['categories']

  beforeAll(async () => {
    await desk.file(BOSTON, { preset: 'boston-311' })
    store = await openStore({
      log: desk.log,
      file: `${desk.folder}/facts.duckdb`,
      zone: ZONE,
      now: () => NOW,
    })
    await store.projector.settle()
    const { engine, registry } = store
    const context = { engine, registry, city: { zone: ZONE }, now: () => NOW } as unknown as Context
    const whole = { ...EVERYTHING, from: '2015-01-01', to: '2015-10-01' }
    waits = (await categoryWaits(context, whole)).categories
  }, 300_000)
  afterAll(async () => {
    await store?.close()
    await desk.close()
  })

  test('of thirteen categories most are open: the median is not reached, though the closed ones alone say days', () => {
    const unreached = waits.filter(({ median }) => median && median.value === null)
    expect(unreached.map(({ name, n, events }) => [name?.en, n, events])).toEqual(
      NOT_REACHED.map(([name, n, closed]) => [name.replaceAll(/\s+/g, ' '), n, closed]),
    )
  })

  test('the median of the closed ones stands beside it, within one logarithmic bin', () => {
    const naive = new Map(waits.map((wait) => [wait.name?.en, wait.naive ?? 0]))
    for (const [name, , , days] of NOT_REACHED.filter(([, , , days]) => days > 1)) {
      const found = (naive.get(name.replaceAll(/\s+/g, ' ')) ?? 0) / 86_400
      expect([name, Math.abs(found / days - 1) <= GAMMA - 1]).toEqual([name, true])
    }
  })

  test('where most are closed both agree', () => {
    const closed = waits.filter(({ n, events }) => events === n && n > 1000)
    expect(closed.length).toBeGreaterThan(0)
    for (const { median, naive } of closed)
      expect(Math.abs((median?.value ?? 0) / (naive ?? 1) - 1)).toBeLessThan(0.02)
  })
})
