import { expect, test } from 'vitest'
import { intensityOf, usualWeeks, weeksOf, yearTo } from './year.ts'

const DAY = 86_400_000
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY

test('a year is 52 weeks from a Monday on, the running one included', () => {
  const year = yearTo(day('2026-11-21'))
  expect(year).toEqual({ firstWeek: day('2025-11-24'), today: day('2026-11-21') })
  expect(weeksOf(year).at(-1)).toBe(day('2026-11-16'))
  expect(weeksOf(year)).toHaveLength(52)
})

test('what is usual is scaled to the apartments of this building, and silence counts as nought', () => {
  const peers = Array.from({ length: 20 }, (_, key) => ({ key, apartments: 50 }))
  // 19 of 20 had requests in the first week: 1, 2, … 19; the last was silent. Nobody had any in the second.
  const weeks = new Map(Array.from({ length: 19 }, (_, key) => [key, [key + 1, 0]]))
  expect(usualWeeks(weeks, peers, 2, 100)).toEqual({
    // Type 7 quantiles of 0, 2, 4, … 38: places 1.9, 9.5 and 17.1.
    low: [expect.closeTo(3.8, 10), 0],
    middle: [expect.closeTo(19, 10), 0],
    high: [expect.closeTo(34.2, 10), 0],
  })
})

test('too few similar buildings say nothing about what is usual', () => {
  const peers = Array.from({ length: 19 }, (_, key) => ({ key, apartments: 50 }))
  expect(usualWeeks(new Map(), peers, 1, 100)).toBeNull()
  expect(intensityOf(5, 100, new Map(), peers)).toMatchObject({
    median: null,
    ratio: null,
    beyondChance: false,
  })
})

test('intensity has the exact Poisson interval and says how many are higher', () => {
  const peers = Array.from({ length: 21 }, (_, key) => ({ key, apartments: 100 }))
  const counts = new Map(peers.map(({ key }) => [key, { requests: key * 10 }]))
  const found = intensityOf(212, 144, counts, peers)
  // Limits of 212 by scipy: chi2.ppf(.025, 424) / 2 = 184.421124008 and chi2.ppf(.975, 426) / 2 = 242.539793785.
  expect(found).toMatchObject({
    rate: expect.closeTo(147.2222, 3),
    low: expect.closeTo(128.070225, 5),
    high: expect.closeTo(168.430412, 5),
    median: 100,
    higher: 6,
    ratio: expect.closeTo(1.4722, 3),
    beyondChance: true,
  })
  expect(found?.others.at(-1)).toBe(200)
})

test('without known apartments there is no intensity', () => {
  expect(intensityOf(5, 0, new Map(), [])).toBeNull()
})
