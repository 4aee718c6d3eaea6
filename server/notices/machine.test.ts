import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { QUIET, type Standing, step } from './machine.ts'

const MINUTE = 60_000
const rule = { threshold: 5, recovery: 3, holdMinutes: 10 }

/** What stands after each look, minute by minute. */
function course(values: readonly (number | null)[], of = rule): Standing['state'][] {
  let standing: Standing = QUIET
  return values.map((value, minute) => {
    standing = step(of, standing, value, minute * MINUTE)
    return standing.state
  })
}

test('it fires when the value was at the threshold for the whole hold time, and not a minute earlier', () => {
  const states = course(Array.from({ length: 12 }, () => 5))
  expect(states.slice(0, 10)).toEqual(Array(10).fill('pending'))
  expect(states.slice(10)).toEqual(['firing', 'firing'])
})

test('a fall below the threshold begins the hold time anew', () => {
  const states = course([...Array(9).fill(6), 4, ...Array(10).fill(6)])
  expect(states[9]).toBe('quiet')
  expect(states.at(-1)).toBe('pending')
})

test('between recovery and threshold what fires goes on firing, and what does not stays quiet', () => {
  const now = { ...rule, holdMinutes: 0 }
  expect(course([4, 5, 4, 3, 2, 4], now)).toEqual([
    ...['quiet', 'firing', 'firing', 'firing', 'quiet', 'quiet'],
  ])
})

test('a value that nobody knows changes nothing', () => {
  const now = { ...rule, holdMinutes: 0 }
  expect(course([null, 5, null, null, 2], now)).toEqual([
    ...['quiet', 'firing', 'firing', 'firing', 'quiet'],
  ])
})

const anyRule = fc
  .record({
    threshold: fc.integer({ min: 1, max: 20 }),
    below: fc.integer({ min: 0, max: 20 }),
    holdMinutes: fc.integer({ min: 0, max: 30 }),
  })
  .map(({ threshold, below, holdMinutes }) => ({
    ...{ threshold, recovery: Math.max(0, threshold - below), holdMinutes },
  }))
const anyLooks = fc.array(
  fc.record({
    seconds: fc.integer({ min: 1, max: 600 }),
    value: fc.option(fc.integer({ min: 0, max: 25 }), { nil: null }),
  }),
  { minLength: 1, maxLength: 120 },
)

describe('whatever the looks', () => {
  test('firing follows a hold time in which no known value was below the threshold', () => {
    fc.assert(
      fc.property(anyRule, anyLooks, (of, looks) => {
        let now = 0
        let standing: Standing = QUIET
        let above: number | null = null
        for (const { seconds, value } of looks) {
          now += seconds * 1000
          const before = standing
          standing = step(of, standing, value, now)
          if (value !== null) above = value >= of.threshold ? (above ?? now) : null
          if (before.state !== 'firing' && standing.state === 'firing') {
            expect(above).not.toBeNull()
            expect(now - (above ?? now)).toBeGreaterThanOrEqual(of.holdMinutes * MINUTE)
          }
          if (before.state === 'firing' && standing.state !== 'firing') {
            expect(value).not.toBeNull()
            expect(value ?? 0).toBeLessThan(of.recovery)
          }
        }
      }),
    )
  })

  test('a restart between any two looks changes nothing: what is kept is all that counts', () => {
    fc.assert(
      fc.property(anyRule, anyLooks, (of, looks) => {
        const run = (kept: (standing: Standing) => Standing) => {
          let now = 0
          let standing: Standing = QUIET
          return looks.map(({ seconds, value }) => {
            now += seconds * 1000
            standing = kept(step(of, standing, value, now))
            return standing
          })
        }
        expect(run((standing) => JSON.parse(JSON.stringify(standing)))).toEqual(run((one) => one))
      }),
    )
  })

  test('looking twice at one moment is looking once', () => {
    fc.assert(
      fc.property(anyRule, anyLooks, (of, looks) => {
        let now = 0
        let standing: Standing = QUIET
        for (const { seconds, value } of looks) {
          now += seconds * 1000
          standing = step(of, standing, value, now)
          const twice = step(of, standing, value, now)
          // A rule whose recovery is its threshold has no middle; with one, neither changes.
          expect(twice).toEqual(standing)
        }
      }),
    )
  })

  test('a clock that was set back delays nothing beyond the hold time', () => {
    const pending = step(rule, QUIET, 9, 1_000_000 * MINUTE)
    const back = step(rule, pending, 9, 10 * MINUTE)
    expect(back).toEqual({ state: 'pending', since: 10 * MINUTE })
    expect(step(rule, back, 9, 20 * MINUTE).state).toBe('firing')
  })
})
