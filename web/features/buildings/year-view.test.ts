import { expect, test } from 'vitest'
import { countAxis, monthMarks, shareOf, stretchesOf, tenureAt } from './year-view.ts'

const DAY = 86_400_000
const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY
const FIRST = day('2025-11-24')

test('the axis of counts is round and above everything', () => {
  expect(countAxis(10)).toEqual({ step: 4, max: 12 })
  expect(countAxis(0)).toEqual({ step: 1, max: 1 })
  expect(countAxis(3)).toEqual({ step: 1, max: 3 })
  expect(countAxis(97)).toEqual({ step: 40, max: 120 })
})

test('months stand in the middle of what is shown of them; a stub has no name', () => {
  const marks = monthMarks(FIRST)
  expect(marks.map(({ month }) => month)).toEqual([11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(marks[0]).toEqual({ day: day('2025-11-01'), middle: null, month: 11, year: 2025 })
  expect(marks[1]).toEqual({
    day: day('2025-12-01'),
    middle: day('2025-12-16') + 0.5,
    month: 12,
    year: 2025,
  })
  // The year ends on 22 November: 22 days of it are shown.
  expect(marks.at(-1)?.middle).toBe(day('2026-11-12'))
})

const past = { start: day('2014-06-01') * DAY, end: day('2026-04-01') * DAY, name: 'past' }
const present = { start: day('2026-04-01') * DAY, end: null, name: 'present' }
const NOW = day('2026-11-21') * DAY
const dayOf = (instant: number) => instant / DAY

test('a tenure is shown as far as the year reaches, and says where it goes on', () => {
  const change = shareOf(day('2026-04-01'), FIRST)
  expect(stretchesOf([past, present], FIRST, NOW, dayOf)).toEqual([
    { tenure: past, from: 0, to: change, earlier: true, goesOn: false },
    { tenure: present, from: change, to: 362 / 364, earlier: false, goesOn: true },
  ])
})

test('a tenure that ended before the year, or begins after now, is not shown', () => {
  const long = { start: 0, end: day('2020-01-01') * DAY }
  const coming = { start: NOW + DAY, end: null }
  expect(stretchesOf([long, coming], FIRST, NOW, dayOf)).toEqual([])
})

test('at the instant of the change the new one answers', () => {
  const both = [past, present]
  expect(tenureAt(both, past.end - 1)?.name).toBe('past')
  expect(tenureAt(both, past.end)?.name).toBe('present')
  expect(tenureAt(both, 0)).toBeUndefined()
})
