import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '../../test/oracle.ts'
import {
  burstChance,
  burstRatio,
  circleRatio,
  leastFor,
  recalibrated,
  type ScannedCall,
  SIGNAL,
  scanRatio,
  startingSignal,
  strongestBurst,
} from './burst.ts'

interface Burst {
  kulldorff: { input: { c: number[]; e: number[]; C: number }; expected: { llr: number[] } }
  expectation_based: {
    input: { c: number[]; e: number[] }
    expected: { llr: number[]; p: number[] }
  }
}

test.skipIf(ORACLES_MISSING)('ratio and chance are those that R computes', () => {
  const { input, expected } = oracle<Burst>('statistics/burst').expectation_based
  input.c.forEach((c, i) => {
    const e = input.e[i] ?? Number.NaN
    expect(burstRatio(c, e)).toBeCloseTo(expected.llr[i] ?? Number.NaN, 9)
    expect(burstChance(c, e)).toBeCloseTo(expected.p[i] ?? Number.NaN, 9)
  })
})

test.skipIf(ORACLES_MISSING)(
  'the ratio of a place given the whole city is that of Kulldorff',
  () => {
    const { input, expected } = oracle<Burst>('statistics/burst').kulldorff
    const ratios = input.c.map((c, i) => scanRatio(c, input.e[i] ?? Number.NaN, input.C))
    ratios.forEach((ratio, i) => {
      expect(ratio).toBeCloseTo(expected.llr[i] ?? Number.NaN, 9)
    })
    expect([scanRatio(2, 2, 9), scanRatio(9, 3, 9)]).toEqual([
      0,
      expect.closeTo(9 * Math.log(3), 12),
    ])
  },
)

const NOW = Date.parse('2026-02-10T12:00:00Z')
const MINUTE = 60_000
const call = (minutesAgo: number, km = 0, apartment = minutesAgo): ScannedCall => ({
  km,
  at: NOW - minutesAgo * MINUTE,
  apartment,
})
const everywhere = (e: number) => () => e

describe('a circle', () => {
  test('of three apartments is nothing, however rare calls are', () => {
    expect([circleRatio(3, 0.001), circleRatio(4, 0.02)]).toEqual([
      0,
      expect.closeTo(4 * Math.log(200) + 0.02 - 4, 12),
    ])
  })

  test('never expects less than a fiftieth', () => {
    expect(circleRatio(4, 0)).toBe(circleRatio(4, 0.02))
  })

  test('counts an apartment once, at its last call', () => {
    const calls = [call(5, 0, 1), call(9, 0, 1), call(14, 0, 2), call(20, 0, 3)]
    expect(strongestBurst(calls, NOW, everywhere(0.1)).ratio).toBe(0)
    expect(strongestBurst([...calls, call(25, 0, 4)], NOW, everywhere(0.1))).toMatchObject({
      apartments: 4,
      radiusKm: 0.3,
      windowMin: 30,
    })
  })

  test('holds no call of before its window, beyond its radius or after now', () => {
    const calls = [
      call(1),
      call(2),
      call(3),
      call(30),
      call(4, 0.31),
      { ...call(-1), apartment: 9 },
    ]
    const smallest = (radius: number, window: number) => (radius + window === 0 ? 0.02 : 1e6)
    expect(strongestBurst(calls, NOW, smallest).ratio).toBe(0)
    expect(strongestBurst([...calls, call(29.9)], NOW, smallest).apartments).toBe(4)
  })

  test('of many that say the same the smallest is told', () => {
    const calls = [call(1), call(2), call(3), call(4)]
    expect(strongestBurst(calls, NOW, everywhere(0.1))).toMatchObject({
      radiusKm: 0.3,
      windowMin: 30,
    })
  })

  test('fades when the call that held it above three leaves its window', () => {
    const calls = [call(10), call(20), call(25), call(28)]
    // Of 0.02 expected four calls are needed, and the longest window holds the oldest of them for two hours.
    expect(strongestBurst(calls, NOW, everywhere(0.02)).until).toBe(NOW + (120 - 28) * MINUTE)
  })
})

test('the least count for a level is the first that reaches it', () => {
  for (const e of [0.02, 0.5, 2, 7.5]) {
    const c = leastFor(3, e)
    expect(circleRatio(c, e)).toBeGreaterThanOrEqual(3)
    expect(c === 4 || circleRatio(c - 1, e) < 3).toBe(true)
  }
})

describe('the threshold', () => {
  const quiet = Array.from({ length: 58 }, () => 7)
  test('is the second largest of the quiet days, and never below twelve', () => {
    expect(recalibrated([...quiet, 15, 13.5])).toBe(13.5)
    expect(recalibrated([...quiet, 15])).toBe(SIGNAL)
  })
  test('does not rise so far that a block could go unnoticed', () => {
    expect(recalibrated([...quiet, 80, 90])).toBe(24)
  })
  test('of fewer than twenty days stays where it starts', () => {
    expect(recalibrated([20, 20, 20])).toBe(SIGNAL)
  })
  test('starts higher where more calls are scanned, by the logarithm', () => {
    expect([startingSignal(100), startingSignal(250 * Math.E)]).toEqual([12, 13])
  })
})

describe('whatever is done to a burst', () => {
  const calls = [call(3, 0.1), call(8, 0.2), call(11, 0.5), call(40, 0.2), call(70, 0.9), call(90)]
  const burst = strongestBurst(calls, NOW, everywhere(0.3))
  test('the order of its calls changes nothing', () => {
    expect(strongestBurst(calls.toReversed(), NOW, everywhere(0.3))).toEqual(burst)
  })
  test('an hour later with all calls an hour later it is the same', () => {
    const later = calls.map((one) => ({ ...one, at: one.at + 60 * MINUTE }))
    expect(strongestBurst(later, NOW + 60 * MINUTE, everywhere(0.3))).toEqual({
      ...burst,
      until: burst.until + 60 * MINUTE,
    })
  })
  test('twice the apartments against twice the expectation is twice the ratio', () => {
    const twice = calls.flatMap((one) => [one, { ...one, apartment: one.apartment + 0.5 }])
    expect(strongestBurst(twice, NOW, everywhere(0.6)).ratio).toBeCloseTo(2 * burst.ratio, 9)
  })
})
