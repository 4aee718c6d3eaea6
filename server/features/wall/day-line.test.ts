import { expect, test } from 'vitest'
import { lineOf, quarterOf } from './day-line.ts'

const day = (counts: Record<number, number>) => {
  const quarters = new Float64Array(96)
  for (const [quarter, requests] of Object.entries(counts)) quarters[Number(quarter)] = requests
  return quarters
}

test('each point is the hour before it, and the first hour of a day looks back into the day before', () => {
  const days = new Map([
    [99, day({ 95: 3, 94: 1, 91: 7 })],
    [100, day({ 0: 2, 3: 5 })],
  ])
  expect(lineOf(days, { today: 100, past: [], passed: 5 }).today).toEqual([4, 6, 6, 5, 7, 5])
})

test('the band holds eight in ten of comparable days within half an hour, and needs eight of them', () => {
  const days = new Map<number, Float64Array>([[200, day({})]])
  const busy = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [40 + i, 1]))
  for (let week = 1; week <= 11; week++)
    days.set(200 - 7 * week, day(Object.fromEntries(Object.keys(busy).map((q) => [q, week]))))
  const past = Array.from({ length: 11 }, (_, i) => 200 - 7 * (i + 1))
  const { usual } = lineOf(days, { today: 200, past, passed: 10 })
  // Between the quarters 44 and 52 every hour has four times its week: of 4, 8 … 44, five times each, R's type 7 says 8 and 40.
  expect([usual?.low[47], usual?.high[47]]).toEqual([8, 40])
  expect([usual?.low[20], usual?.high[20]]).toEqual([0, 0])
  expect(lineOf(days, { today: 200, past: past.slice(0, 7), passed: 10 }).usual).toBeNull()
})

test('quarters are of the wall clock, in zones half an hour off as well', () => {
  const noon = Date.parse('2026-11-21T12:20:00Z')
  expect(quarterOf(noon, 'Asia/Almaty')).toBe(17 * 4 + 1)
  expect(quarterOf(noon, 'Asia/Kolkata')).toBe(17 * 4 + 3)
})
