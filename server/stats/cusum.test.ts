import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { cusum, cusumLimit } from './cusum.ts'
import { earlyWarnings } from './early-warnings.ts'
import { chanceFrom } from './random.ts'

const NEVER = Number.POSITIVE_INFINITY

describe.skipIf(ORACLES_MISSING)('sixty outcomes, as R sums them', () => {
  const { input, expected } = ORACLES_MISSING
    ? { input: { p: [], y: [], RA: 2 }, expected: { S: [], first_signal_h2: 0 } }
    : oracle<{
        input: { p: number[]; y: number[]; RA: number }
        expected: { S: number[]; first_signal_h2: number }
      }>('statistics/ra_cusum')
  const outcomes = input.p.map((share, i) => ({ share, events: input.y[i] ?? 0 }))
  test('the chart after each', () => {
    const { path } = cusum(outcomes, NEVER, input.RA)
    // R's sum starts with the first weight, which is not drawn up to 0 there.
    expect(path[0]).toBe(0)
    for (const [i, sum] of expected.S.entries()) if (i > 0) expect(path[i]).toBeCloseTo(sum, 9)
    expect(path.at(-1)).toBeCloseTo(3.1003628085948, 9)
  })
  test('the first signal at a limit of 2 is at the 51st', () => {
    expect(cusum(outcomes, 2, input.RA).signals[0]).toBe(expected.first_signal_h2 - 1)
  })
})

test('after a signal it goes on from half the limit', () => {
  const events = Array.from({ length: 6 }, () => ({ share: 0.1, events: 1 }))
  const step = Math.LN2 - Math.log(1.1)
  const { path, signals, last } = cusum(events, 2.5 * step)
  expect(signals).toEqual([2, 4])
  expect(path.map((value) => value / step)).toEqual(
    [1, 2, 3, 2.25, 3.25, 2.25].map((value) => expect.closeTo(value, 12)),
  )
  expect(last / step).toBeCloseTo(2.25, 12)
})

test('a day told in one batch moves it as its requests do, while it stays above 0', () => {
  const one = (events: number) => ({ share: 0.2, events })
  const single = cusum([one(1), one(1), one(0), one(1)], NEVER)
  expect(cusum([{ share: 0.2, events: 3, n: 4 }], NEVER).last).toBeCloseTo(single.last, 12)
})

test('a share that is certain moves nothing', () => {
  expect(
    cusum(
      [
        { share: 0, events: 1 },
        { share: 1, events: 0 },
      ],
      2,
    ).path,
  ).toEqual([0, 0])
})

test('limits are the stated ones, and between them go by the logarithm of the volume', () => {
  expect([300, 1000, 3000, 10_000].map((volume) => cusumLimit(volume))).toEqual([
    5.4, 6.49, 7.35, 8.14,
  ])
  expect(cusumLimit(Math.sqrt(300 * 1000))).toBeCloseTo((5.4 + 6.49) / 2, 12)
  expect(cusumLimit(100)).toBeLessThan(5.4)
  expect(cusumLimit(100_000)).toBeGreaterThan(8.14)
  expect(cusumLimit(0)).toBe(3)
})

describe('of companies whose tenth of requests has the event', () => {
  const chance = chanceFrom(7)
  const signalled = (share: number, years: number) =>
    Array.from({ length: years }, () =>
      cusum(
        Array.from({ length: 1000 }, () => ({ share: 0.1, events: chance() < share ? 1 : 0 })),
        cusumLimit(1000, 0.1),
      ),
    ).filter(({ signals }) => signals.length > 0).length / years
  test('about a hundredth signals in a year though nothing changed', () => {
    expect(signalled(0.1, 2000)).toBeGreaterThan(0.003)
    expect(signalled(0.1, 2000)).toBeLessThan(0.017)
  })
  test('nearly all do when their odds have doubled', () => {
    expect(signalled((2 * 0.1) / 1.1, 200)).toBeGreaterThan(0.9)
  })
  test('the limit is never below the stated one', () => {
    expect(cusumLimit(1000, 0.01)).toBe(6.49)
    expect(cusumLimit(1000, 0.2)).toBeGreaterThan(cusumLimit(1000, 0.1))
  })
})

describe('a year of weeks of thirty companies, of which one gets worse in the last quarter', () => {
  const chance = chanceFrom(11)
  const rows = Array.from({ length: 30 }, (_, unit) =>
    Array.from({ length: 52 }, (_, week) =>
      [0.05, 0.15].map((share, stratum) => {
        const now = unit === 3 && week >= 39 ? (2.5 * share) / (1 + 1.5 * share) : share
        const events = Array.from({ length: 12 }).filter(() => chance() < now).length
        return { unit, week, stratum, n: 12, events }
      }),
    ).flat(),
  ).flat()
  const column = (name: keyof (typeof rows)[number]) => rows.map((row) => row[name])
  const columns = {
    ...{ unit: column('unit'), week: column('week'), stratum: column('stratum') },
    ...{ n: column('n'), events: column('events') },
  }
  const warned = earlyWarnings(columns)
  test('only that one signals, and not before', () => {
    const signals = Array.from(warned, ([unit, { signals }]) => ({ unit, signals })).filter(
      ({ signals }) => signals.length > 0,
    )
    expect(signals.map(({ unit }) => unit)).toEqual([3])
    expect(signals[0]?.signals[0]).toBeGreaterThanOrEqual(39)
  })
  test('the limit is that of its volume and share', () => {
    expect(warned.get(0)?.limit).toBeCloseTo(cusumLimit(24 * 52, 0.1), 1)
    expect(warned.get(0)?.path).toHaveLength(52)
  })
  test('who was known to be twice as bad the year before does not signal for being so', () => {
    const twice = {
      ...columns,
      events: rows.map(({ unit, events }) => (unit === 5 ? events * 2 : events)),
    }
    expect(earlyWarnings(twice).get(5)?.signals.length).toBeGreaterThan(0)
    expect(earlyWarnings(twice, new Map([[5, 2]])).get(5)?.signals).toEqual([])
  })
  test('weeks hold what came and what the city lets expect of it, summed over strata', () => {
    const { weeks } = warned.get(3) ?? {}
    const [shares, all] = [[0.05, 0.15], rows.filter(({ week }) => week === 40)]
    const city = shares.map((_, stratum) => {
      const of = rows.filter((row) => row.stratum === stratum)
      return of.reduce((sum, { events }) => sum + events, 0) / (of.length * 12)
    })
    const own = all.filter(({ unit }) => unit === 3)
    const sum = (of: (share: number) => number) => city.reduce((more, share) => more + of(share), 0)
    expect(weeks?.n[40]).toBe(24)
    expect(weeks?.events[40]).toBe(own.reduce((more, { events }) => more + events, 0))
    expect(weeks?.expected[40]).toBeCloseTo(
      sum((share) => 12 * share),
      9,
    )
    expect(weeks?.variance[40]).toBeCloseTo(
      sum((share) => 12 * share * (1 - share)),
      9,
    )
  })
  test('of nothing there are no charts', () => {
    const none = { unit: [1], week: [0], stratum: [0], n: [5], events: [0] }
    expect(earlyWarnings(none).size).toBe(0)
  })
})
