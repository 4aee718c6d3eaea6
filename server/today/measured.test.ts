import { expect, test } from 'vitest'
import { poissonQuantile } from '#server/stats/poisson.ts'
import { chanceFrom } from '#server/stats/random.ts'
import { reachAt } from './measured.ts'

/** A day's shape by hour. */
const SHAPE = [1, 1, 1, 1, 1, 2, 4, 8, 14, 18, 18, 16, 14, 14, 14, 12, 12, 10, 10, 8, 6, 4, 2, 1]
const comparable = (day: number, first: number) =>
  Array.from({ length: 16 }, (_, i) => day - 7 * (i + 1)).filter((past) => past >= first)

/** Every hour Poisson of a known mean, the day as a whole by a factor of its own where `uneven`. */
const cityOf = (seed: number, uneven: number) => {
  const chance = chanceFrom(seed)
  const days = new Map<number, number[]>()
  for (let day = 0; day < 400; day++) {
    const factor = 1 + uneven * (2 * chance() - 1)
    days.set(
      day,
      SHAPE.map((mean) => poissonQuantile(Math.min(1 - 1e-12, chance()), mean * factor)),
    )
  }
  return days
}

test.for([0, 0.3])(
  'the end of the day is told as surely as it is said, where days differ by %d',
  (uneven) => {
    for (const hour of [0, 9, 14, 21]) {
      let [n, within80, within95] = [0, 0, 0]
      for (let seed = 1; seed <= 6; seed++) {
        const { measured } = reachAt(
          { days: cityOf(seed, uneven), first: 0, today: 400, comparable },
          hour,
        )
        expect(measured?.days).toBe(182)
        n += measured?.days ?? 0
        within80 += measured?.within80 ?? 0
        within95 += measured?.within95 ?? 0
      }
      // 1,092 days: four deviations of a binomial are 0.05 and 0.026, intervals from few errors vary as much again.
      expect(Math.abs(within80 / n - 0.8)).toBeLessThan(0.06)
      expect(Math.abs(within95 / n - 0.95)).toBeLessThan(0.035)
    }
  },
)

test('a day is told from the days before it: what comes later changes nothing', () => {
  const days = cityOf(3, 0.2)
  const later = new Map(
    [...days].map(([day, hours]) => [day, day < 300 ? hours : hours.map((n) => 5 * n)]),
  )
  const at = (known: Map<number, number[]>) =>
    reachAt({ days: known, first: 0, today: 300, comparable }, 12)
  expect(at(later)).toEqual(at(days))
})

test('before thirty days are measured an interval is that of a normal distribution, and nothing is claimed', () => {
  const reach = reachAt({ days: cityOf(4, 0), first: 0, today: 56 + 29, comparable }, 12)
  expect(reach).toEqual({ times80: 1.2816, times95: 1.96, measured: null })
  const more = reachAt({ days: cityOf(4, 0), first: 0, today: 56 + 31, comparable }, 12)
  expect(more.measured).toMatchObject({ days: 1 })
})
