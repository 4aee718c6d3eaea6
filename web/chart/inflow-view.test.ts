import { expect, test } from 'vitest'
import { ceilingUnder, type Inflow, inflowView } from './inflow-view.ts'

const hour = { low: 10, median: 15, high: 20, forecast: null }
const inflow = (today: number[]): Inflow => ({
  today,
  total: 0,
  alike: 5,
  days: 26,
  usual: {
    hours: [hour, hour, { ...hour, forecast: { mid: 16, low: 8, high: 24 } }],
    cumulative: [],
    soFar: { median: 0, band: [0, 0] },
    total: 0,
    forecast: { factor: 1, rest: 0, interval: [0, 0] },
    above: { hours: 0, requests: 0, median: 0 },
  },
})

test('only the part of a complete hour above its band is above', () => {
  const { bars } = inflowView(inflow([26, 20, 30]), 2.5)
  expect(bars.map(({ above }) => above)).toEqual([6, 0, 0])
})

test('the current hour is what came and the rest of its forecast', () => {
  const { bars } = inflowView(inflow([26, 20, 5]), 2.75)
  expect(bars[2]?.forecast).toEqual({ mid: 9, low: 7, high: 11 })
})

test('without history there are bars and nothing is usual', () => {
  const { bars, max } = inflowView({ today: [1, 2], total: 3, alike: 5, days: 2, usual: null }, 2)
  expect(bars.map(({ band, median, forecast }) => [band, median, forecast])).toEqual([
    [null, null, null],
    [null, null, null],
  ])
  expect(max).toBe(3)
})

test('a value under a caption leaves it its room, and one beside it changes nothing', () => {
  const view = inflowView(inflow([26, 30, 5]), 2.5)
  expect(view.max).toBe(30)
  const top = ceilingUnder(view, { over: [0.5, 2.5], plot: 100, room: 15 })
  expect(100 * (1 - 30 / top)).toBeCloseTo(15)
  expect(ceilingUnder(view, { over: [2.2, 3], plot: 100, room: 15 })).toBe(30)
})
