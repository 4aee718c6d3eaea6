import { expect, test } from 'vitest'
import { DRIFT, driftAt, turnAt } from './rotation.ts'

test('scenes follow each other and begin again, without an end', () => {
  const at = (elapsed: number) => turnAt(elapsed, 20, 3, null)
  expect([0, 19.9, 20, 45, 60, 3_600_000].map((elapsed) => at(elapsed).scene)).toEqual([
    0, 0, 1, 2, 0, 0,
  ])
  expect(at(45).progress).toBeCloseTo(0.25, 9)
})

test('a pinned scene stands, and one that does not exist is the last', () => {
  expect(turnAt(1e6, 20, 3, 1)).toEqual({ scene: 1, progress: 1 })
  expect(turnAt(5, 20, 3, 8).scene).toBe(2)
})

test('the picture moves each minute, and never further than four pixels', () => {
  const places = Array.from({ length: 1440 }, (_, minute) => driftAt(29_000_000 + minute))
  for (const { x, y } of places) expect(Math.hypot(x, y)).toBeLessThanOrEqual(DRIFT)
  const sharp = new Set(places.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`))
  expect(sharp.size).toBeGreaterThan(40)
})
