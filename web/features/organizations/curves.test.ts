import { describe, expect, test } from 'vitest'
import { deception } from './category-waits.tsx'
import { ceilingOf, isOutside, type Month, stepOf } from './months-option.ts'
import { gaps, heightAt, type Waiting } from './survival-curves.ts'

type Curve = Waiting['curve']
const curve = (...points: [number, number][]): Curve =>
  points.map(([time, share]) => [time, share, share, share])

describe('curves of waiting', () => {
  const own = curve([300, 1], [3600, 0.6], [7200, 0.2])
  const city = curve([300, 1], [1800, 0.5], [7200, 0.3])

  test('a height holds until the next vertex', () => {
    expect([0, 300, 3599, 3600, 1e9].map((at) => heightAt(own, at))).toEqual([1, 1, 1, 0.6, 0.2])
  })

  test('between the curves it is told who waits longer', () => {
    const pieces = gaps(own, city)
    expect(pieces.map(({ longer }) => longer)).toEqual([true])
    const [piece] = pieces
    const at = (seconds: number) => expect.closeTo(Math.log10(seconds), 9)
    expect(piece?.upper).toEqual([
      [at(1800), 100],
      [at(3600), 100],
      [at(3600), 60],
      [at(7200), 60],
    ])
    expect(piece?.lower).toEqual([
      [at(1800), 50],
      [at(3600), 50],
      [at(3600), 50],
      [at(7200), 50],
    ])
  })

  test('the same curve leaves no gap', () => expect(gaps(own, own)).toEqual([]))
})

describe('months', () => {
  const month = (share: number | null, mature = true): Month => ({
    month: '2026-10',
    n: 100,
    observed: 0,
    expected: 10,
    share,
    lower: 0,
    upper: 1,
    limits: { expected: 0.1, lower: 0.02, upper: 0.2 },
    mature,
  })
  test('beyond the limits on either side is outside, but not while the month is not mature', () => {
    expect([0.1, 0.21, 0.01, null].map((share) => isOutside(month(share)))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(isOutside(month(0.9, false))).toBe(false)
  })
  test('the axis ends at a round number above everything drawn, and its ticks are whole', () => {
    expect(ceilingOf([month(0.1)])).toBe(20)
    expect(ceilingOf([month(0.34)])).toBe(40)
    expect(ceilingOf([month(0.297)])).toBe(40)
    expect(ceilingOf([month(0.97)])).toBe(100)
    expect(ceilingOf([])).toBe(4)
    for (const ceiling of [4, 6, 8, 10, 15, 20, 30, 40, 50, 75, 100])
      for (const parts of [
        [4, 3, 2],
        [2, 3],
      ])
        expect(stepOf(ceiling, parts) % 1).toBe(0)
  })
})

test('the categories where the closed ones deceive most come first', () => {
  const reached = { median: { value: 200, lower: 1, upper: 2 }, naive: 100 }
  const never = { median: { value: null, lower: null, upper: null }, naive: 100 }
  const few = { median: null, naive: 100 }
  expect([reached, never, few].map(deception)).toEqual([2, Number.POSITIVE_INFINITY, 0])
})
