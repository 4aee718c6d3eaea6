import { expect, test } from 'vitest'
import {
  axisOf,
  columnsOf,
  figureSize,
  gaugeDomain,
  ratioAxis,
  shortened,
  sideOf,
  textWidth,
} from './scale.ts'

test('a gauge holds its band and its value, and begins at zero at the least', () => {
  const [low, high] = gaugeDomain(1240, [1030, 1185])
  expect(low).toBeLessThan(1030)
  expect(high).toBeGreaterThan(1240)
  expect(gaugeDomain(1, [0, 3])[0]).toBe(0)
  const [from, to] = gaugeDomain(0, null)
  expect(to).toBeGreaterThan(from)
})

test('both ends of the band are usual', () => {
  expect([69, 70, 95, 96].map((value) => sideOf(value, [70, 95]))).toEqual([
    'below',
    'within',
    'within',
    'above',
  ])
  expect(sideOf(5, null)).toBe('within')
  // Just after midnight eight in ten days have none yet: the first request of a day is no alarm.
  expect(sideOf(1, [0, 0.2])).toBe('within')
})

test.for([
  [196, 100],
  [30, 20],
  [9, 5],
  [2, 2],
  [4300, 2000],
] as const)('the axis up to %i has its line at %i', ([most, line]) => {
  expect(axisOf(most).line).toBe(line)
})

test('more digits are told smaller, so that none is cut off', () => {
  expect(figureSize('1 240', 300, 860)).toBe(300)
  expect(figureSize('14 257', 300, 860)).toBeLessThan(270)
  expect(figureSize('0', 132, 272)).toBe(132)
})

test('columns are spread over their room, and kept apart where there is none', () => {
  expect(columnsOf([200, 200, 300], 900, 1800, 40)).toEqual([900, 1200, 1500])
  expect(columnsOf([400, 400, 300], 900, 1800, 40)).toEqual([900, 1340, 1780])
})

test('the axis of ratios widens for a city that differs more, and always has its one', () => {
  expect(ratioAxis([0.64, 1.46]).to).toBe(2.1)
  expect(ratioAxis([0.3, 3.59]).to).toBe(4.5)
  expect(ratioAxis([0.01, 3.59]).to).toBe(11)
  for (const ratios of [[1], [3], [9]]) expect(ratioAxis(ratios).ticks).toContain(1)
})

test('a name that has no room is cut and says so', () => {
  expect(shortened('УК Заречье', 42, 452)).toBe('УК Заречье')
  const cut = shortened('PWDx_Street Light Outages General', 42, 452)
  expect(cut.endsWith('\u2026')).toBe(true)
  expect(textWidth(cut, 42)).toBeLessThanOrEqual(452)
})
