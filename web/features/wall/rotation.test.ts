import { expect, test } from 'vitest'
import { DRIFT, driftAt, turnAt } from './rotation.ts'

test('scenes follow each other and begin again, without an end', () => {
  const at = (elapsed: number) => turnAt(elapsed, [20, 10, 30], null)
  expect([0, 19.9, 20, 29.9, 30, 60, 3_600_000].map((elapsed) => at(elapsed).at)).toEqual([
    0, 0, 1, 1, 2, 0, 0,
  ])
  expect(at(45)).toEqual({ at: 2, round: 0, rest: 15 })
  expect(at(135)).toEqual({ at: 0, round: 2, rest: 5 })
})

test('a pinned scene stands, and one that does not exist is the last', () => {
  const three = [20, 20, 20]
  expect(turnAt(1e6, three, 1)).toEqual({ at: 1, round: 0, rest: Number.POSITIVE_INFINITY })
  expect(turnAt(5, three, 8).at).toBe(2)
})

test('the picture moves each minute, and never further than four pixels', () => {
  const places = Array.from({ length: 1440 }, (_, minute) => driftAt(29_000_000 + minute))
  for (const { x, y } of places) expect(Math.hypot(x, y)).toBeLessThanOrEqual(DRIFT)
  const sharp = new Set(places.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`))
  expect(sharp.size).toBeGreaterThan(40)
})
