import { describe, expect, test } from 'vitest'
import { testBursts, testMinutes, testTerms } from './integrity-closings.ts'
import { BINS } from './integrity-questions.ts'
import { RATIO_POLICY, testLimits, testRatios } from './integrity-tests.ts'

const UNITS = Array.from({ length: 30 }, (_, i) => i + 1)

describe('shares against the city', () => {
  /** Requests of each unit in one stratum, of which so many count. */
  const cells = (events: (unit: number) => number, n = 1000) =>
    UNITS.map((unit) => ({ unit, stratum: 1, n, events: events(unit) }))
  const ratios = (events: (unit: number) => number) => testRatios('premature', cells(events), 1.25)

  test('one that has all events of a kind does not hide behind its own', () => {
    const { tested, shares } = ratios((unit) => (unit === 7 ? 400 : 0))
    const one = tested.find(({ unit }) => unit === 7)
    expect(one).toMatchObject({ observed: 400, expected: 0.5, large: true })
    expect(one?.p).toBeLessThan(1e-100)
    // Part of the city, it would have made 13 of everybody's thousand expected.
    expect(shares.get(1)).toBe(0)
    expect(tested.filter(({ large }) => large)).toHaveLength(1)
  })

  test('where all differ, one a little beyond them is no question', () => {
    // Every third has half as many again as every other third.
    const { tested } = ratios((unit) => 80 + 40 * (unit % 3))
    expect(tested.filter(({ large, p }) => large && (p ?? 1) < 1e-4)).toEqual([])
  })

  test('expectation and events of those who do not stand out sum to the same', () => {
    const { tested } = ratios((unit) => 90 + (unit % 5))
    const sum = (of: 'observed' | 'expected') =>
      tested.reduce((total, one) => total + (one[of] ?? 0), 0)
    expect(sum('expected')).toBeCloseTo(sum('observed'), 9)
  })

  test('who is large is compared as the policy says: by the others, or as a part of all', () => {
    const large = UNITS.map((unit) => {
      const n = unit === 1 ? 9000 : 1000
      return { unit, stratum: 1, n, events: (n / 100) * (unit === 1 ? 12 : 10) }
    })
    const expectedAt = (maxStratumShare: number) => {
      const policy = { ...RATIO_POLICY, casemix: { ...RATIO_POLICY.casemix, maxStratumShare } }
      const { tested } = testRatios('premature', large, 1.25, policy)
      return tested.find(({ unit }) => unit === 1)?.expected
    }
    // 9,000 of 38,000. The others have 2,900 events of 29,000; all have 3,980 of 38,000.
    expect(expectedAt(0.2)).toBeCloseTo(900, 9)
    expect(expectedAt(0.5)).toBeCloseTo((9000 * 3980) / 38_000, 9)
  })

  test('fewer than forty events are not tested, and of few requests nothing is said', () => {
    const { tested } = testRatios(
      'premature',
      cells(() => 1, 50),
      1.25,
    )
    expect(tested.every(({ p, thin }) => p === null && thin)).toBe(true)
  })
})

describe('limits', () => {
  test('are compared with the others in the same strata, not with the whole city', () => {
    const cells = UNITS.flatMap((unit) => [
      { unit, stratum: 1, n: 100, events: 90 },
      // Only the first has much of the stratum in which everything ends early.
      { unit, stratum: 2, n: unit === 1 ? 400 : 20, events: unit === 1 ? 200 : 10 },
    ])
    const [first] = testLimits('bunching', cells)
    expect(first).toMatchObject({ n: 500, observed: 290, expected: 290, large: false })
  })

  test('a share of the others below a half counts as a half', () => {
    const cells = UNITS.map((unit) => ({ unit, stratum: 1, n: 100, events: unit === 1 ? 60 : 20 }))
    expect(testLimits('bunching', cells)[0]?.expected).toBe(50)
  })
})

describe('terms', () => {
  const SMOOTH = Array.from({ length: BINS }, (_, bin) => Math.round(120 * 0.93 ** bin))
  /** What working days make before every term. */
  const BUMP = SMOOTH.map((count, bin) => (bin === 9 ? count + 40 : count))
  const rows = (of: (unit: number) => number[]) =>
    UNITS.flatMap((unit) => of(unit).map((n, bin) => ({ unit, stratum: 1, bin, n })))

  test('what all show before the term is no question', () => {
    expect(testTerms(rows(() => BUMP)).tested.filter(({ large }) => large)).toEqual([])
  })

  test('what was moved from after the term to before it is one', () => {
    const moved = BUMP.map((count, bin) =>
      bin === 9 ? count + 260 : bin > 9 ? Math.round(count / 2) : count,
    )
    const { tested, terms } = testTerms(rows((unit) => (unit === 4 ? moved : BUMP)))
    expect(tested.filter(({ large }) => large).map(({ unit }) => unit)).toEqual([4])
    expect(tested.find(({ unit }) => unit === 4)?.p).toBeLessThan(1e-6)
    expect(terms.get(4)?.own).toEqual(moved)
  })
})

describe('minutes', () => {
  const even = Array<number>(60).fill(20)
  const minutes = (of: number[]) => new Map(UNITS.map((unit) => [unit, unit === 1 ? of : even]))

  test('full hours are found beside last digits', () => {
    const hours = even.map((n, minute) => (minute === 0 ? 300 : n))
    const { tested, heaps } = testMinutes(minutes(hours))
    expect(tested[0]).toMatchObject({ large: true, observed: 300 })
    expect(heaps.get(1)?.minutes).toEqual([0])
  })

  test('as uneven as everybody is even', () => {
    const uneven = even.map((n, minute) => (minute % 5 === 0 ? n * 4 : n))
    const all = new Map(UNITS.map((unit) => [unit, uneven]))
    expect(testMinutes(all).tested.filter(({ large }) => large)).toEqual([])
  })
})

describe('bursts', () => {
  const accounts = UNITS.map((unit) => ({ unit, account: 9, closings: 1000, days: 200 }))
  /** Everybody closes half of a day between nine and ten. */
  const hours = new Map(
    UNITS.map((unit) => [
      unit,
      Array.from({ length: 24 }, (_, hour) => (hour === 9 ? 500 : Math.round(500 / 23))),
    ]),
  )
  const burst = (hour: number, closings: number, start: number) => ({
    ...{ unit: 1, account: 9, minutes: 10, start, closings, hour },
  })
  const found = (crowds: ReturnType<typeof burst>[]) => testBursts(accounts, crowds, hours)

  test('six in ten minutes of the evening are one, of the busy morning none', () => {
    const crowds = (hour: number) => Array.from({ length: 10 }, (_, i) => burst(hour, 6, i * 1440))
    expect(found(crowds(18)).tested[0]).toMatchObject({ observed: 60, effect: 6, large: true })
    expect(found(crowds(9)).tested[0]).toMatchObject({ observed: 0, effect: null, large: false })
  })

  test('a minute within ten that are told already is not told again', () => {
    const minute = { ...burst(18, 5, 1442), minutes: 1 }
    const { bursts, tested } = found([burst(18, 9, 1440), minute])
    expect(bursts.get(1)?.map(({ start, minutes }) => [start, minutes])).toEqual([[1440, 10]])
    expect(tested[0]?.observed).toBe(9)
  })

  test('less than one closing in a hundred is no habit', () => {
    const many = accounts.map((one) => ({ ...one, closings: 10_000, days: 2000 }))
    const crowds = Array.from({ length: 10 }, (_, i) => burst(18, 8, i * 1440))
    expect(testBursts(many, crowds, hours).tested[0]).toMatchObject({ observed: 80, large: false })
  })
})
