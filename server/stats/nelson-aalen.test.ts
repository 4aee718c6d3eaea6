import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import {
  nelsonAalen,
  PACE_POLICY,
  pacedWithin,
  slowness,
  standardisedPace,
} from './nelson-aalen.ts'
import { type PaceColumns, placedRows } from './pace-rows.ts'

const EVERYTHING = { horizon: 1, maxStratumShare: 1 }
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe.skipIf(ORACLES_MISSING)('pace against the city on the same mix', () => {
  const { input, expected } = ORACLES_MISSING
    ? { input: { time: [], event: [], stratum: [], company: [] }, expected: { O: [], E: [] } }
    : oracle<{
        input: Record<'time' | 'event' | 'stratum' | 'company', number[]>
        expected: { O: number[]; E: number[] }
      }>('statistics/standardised_time_OE')
  const columns: PaceColumns = {
    ...{ unit: input.company, stratum: input.stratum, time: input.time, events: input.event },
    n: input.time.map(() => 1),
  }
  test('is what R gives for two companies in four strata', () => {
    const paced = standardisedPace(columns, EVERYTHING)
    expect(paced.map(({ observed }) => observed)).toEqual(expected.O)
    for (const [i, { expected: ours }] of paced.entries())
      expect(ours).toBeCloseTo(expected.E[i] ?? Number.NaN, 9)
  })
  test('adds up to what ended, also when the last hundredth of times is cut off', () => {
    const paced = standardisedPace(columns, { horizon: 0.9, maxStratumShare: 1 })
    const observed = sum(paced.map((unit) => unit.observed))
    expect(observed).toBeLessThan(128)
    expect(sum(paced.map((unit) => unit.expected))).toBeCloseTo(observed, 9)
  })
  test('does not ask in which order or in how many rows the requests come', () => {
    const order = input.time.map((_, i) => input.time.length - 1 - i)
    const pick = (from: ArrayLike<number | string>) => order.map((i) => Number(from[i]))
    const turned = {
      ...{ unit: pick(columns.unit), stratum: pick(columns.stratum), time: pick(columns.time) },
      ...{ events: pick(columns.events), n: pick(columns.n) },
    }
    for (const [i, unit] of standardisedPace(turned, EVERYTHING).entries())
      expect(unit.expected).toBeCloseTo(expected.E[i] ?? Number.NaN, 9)
  })
  test('every request twice: twice the events and their expectation, the same ratio', () => {
    const twice = { ...columns, n: input.time.map(() => 2), events: input.event.map((e) => 2 * e) }
    for (const [i, unit] of standardisedPace(twice, EVERYTHING).entries())
      expect(unit.expected).toBeCloseTo(2 * (expected.E[i] ?? Number.NaN), 9)
  })
  test('all times an hour longer, or squeezed in order: the same', () => {
    const later = { ...columns, time: input.time.map((time) => Math.log(time + 60)) }
    for (const [i, unit] of standardisedPace(later, EVERYTHING).entries())
      expect(unit.expected).toBeCloseTo(expected.E[i] ?? Number.NaN, 9)
  })
  test('a company told as two has the same events and expectation between them', () => {
    const split = {
      ...columns,
      unit: input.company.map((unit, i) => (unit === 2 ? 2 + (i % 2) : 1)),
    }
    const [, second, third] = standardisedPace(split, EVERYTHING)
    expect((second?.expected ?? 0) + (third?.expected ?? 0)).toBeCloseTo(expected.E[1] ?? 0, 9)
  })
})

/** Two strata by hand. s: unit 1 ends at 1 and 3, unit 2 ends at 2 and is open at 4. t: unit 2 alone ends at 5. */
const BY_HAND = {
  unit: [1, 1, 2, 2, 2],
  stratum: ['s', 's', 's', 's', 't'],
  time: [1, 3, 2, 4, 5],
  events: [1, 1, 1, 0, 1],
  n: [1, 1, 1, 1, 1],
  quarter: [0, 1, 0, 1, 1],
}

test('the cumulative hazard is the sum of d / n over the ends so far', () => {
  expect(nelsonAalen([4, 1, 2, 3], [0, 1, 1, 1])).toEqual([
    { time: 1, cumulative: 1 / 4 },
    { time: 2, cumulative: 1 / 4 + 1 / 3 },
    { time: 3, cumulative: 1 / 4 + 1 / 3 + 1 / 2 },
    { time: 4, cumulative: 1 / 4 + 1 / 3 + 1 / 2 },
  ])
})

test('quarters share out the same expectation', () => {
  const [first, second] = standardisedPace(BY_HAND, EVERYTHING)
  expect(first).toMatchObject({ n: 2, observed: 2 })
  expect(first?.quarters).toEqual([
    { observed: 1, expected: 1 / 4 },
    { observed: 1, expected: 1 / 4 + 1 / 3 + 1 / 2 },
  ])
  expect(second?.quarters.map(({ observed }) => observed)).toEqual([1, 1])
  expect(second?.ownShare).toBeCloseTo((2 * 0.5 + 1) / 3, 12)
})

test('whoever holds much of a stratum is measured by the others in it; alone in it, by itself', () => {
  const [first, second] = standardisedPace(BY_HAND, {
    ...{ horizon: 1, maxStratumShare: 0.4, minOthers: 1 },
  })
  // The others of unit 1 in s: one of two ended at 2, the other is open at 4.
  expect(first?.expected).toBeCloseTo(0 + 1 / 2, 12)
  // The others of unit 2 in s: ends at 1 (of 2) and at 3 (of 1); alone in t.
  expect(second?.expected).toBeCloseTo(1 / 2 + (1 / 2 + 1) + 1, 12)
  expect(first?.ownShare).toBe(0)
  // Two others tell nothing of a stratum: it remains part of it.
  const [among] = standardisedPace(BY_HAND, { horizon: 1, maxStratumShare: 0.4 })
  expect(among?.ownShare).toBe(0.5)
})

test('a request that lay for years weighs no more than the horizon', () => {
  const n = 200
  const unit = Array.from({ length: n }, (_, i) => i % 2)
  const time = unit.map((_, i) => (i === 199 ? 1e6 : 1 + (i % 20)))
  const events = unit.map((_, i) => (i === 199 ? 0 : 1))
  const ones = unit.map(() => 1)
  const columns = { unit, stratum: ones, time, events, n: ones }
  const [, long] = standardisedPace(columns, { ...PACE_POLICY, maxStratumShare: 1 })
  const short = standardisedPace(
    { ...columns, time: time.map((value) => Math.min(value, 20)) },
    { ...PACE_POLICY, maxStratumShare: 1 },
  )[1]
  expect(long?.expected).toBeCloseTo(short?.expected ?? Number.NaN, 12)
})

test('slower is positive, and its lower limit is the slowness that chance still allows', () => {
  // O/E = .64: y = .2, s = .05, z = 4; slowness 1.5625, limits 1/(.8 ± 1.96 × .05)².
  expect(slowness(64, 100)).toEqual({
    ratio: 1.5625,
    lower: expect.closeTo(1 / 0.8979981992270027 ** 2, 12),
    upper: expect.closeTo(1 / 0.7020018007729973 ** 2, 12),
    y: expect.closeTo(0.2, 12),
    s: 0.05,
    z: expect.closeTo(4, 12),
  })
  expect(slowness(0, 4).ratio).toBe(Number.POSITIVE_INFINITY)
})

test('a time that is not a number is refused', () => {
  expect(() => nelsonAalen([1, Number.NaN], [1, 1])).toThrow('not a number')
})

describe('columns of any whole numbers', () => {
  const { stratum: _, ...numbers } = BY_HAND
  const rows = { ...numbers, stratum: [7, 7, 7, 7, 300] }
  const held = (kind: (of: readonly number[], name: string) => ArrayLike<number>) => ({
    unit: kind(rows.unit, 'unit'),
    stratum: kind(rows.stratum, 'stratum'),
    time: kind(rows.time, 'time'),
    events: kind(rows.events, 'events'),
    n: kind(rows.n, 'n'),
    quarter: kind(rows.quarter, 'quarter'),
  })
  const narrow = (of: readonly number[], name: string) =>
    name === 'stratum' ? Uint16Array.from(of) : Uint8Array.from(of)
  test.for([
    ['narrow', narrow],
    ['Int32Array', (of: readonly number[]) => Int32Array.from(of)],
    ['Float64Array', (of: readonly number[]) => Float64Array.from(of)],
  ] as const)('%s give what lists of numbers give', ([, kind]) => {
    expect(standardisedPace(held(kind), EVERYTHING)).toEqual(standardisedPace(rows, EVERYTHING))
  })
  test('parts of several kinds are as if they were one, also where a portion ends among them', () => {
    const many = (of: readonly number[]) => Array.from({ length: 2000 }, () => of).flat()
    const whole = held(many)
    const first = held((of) => Int32Array.from(many(of).slice(0, 4500)))
    const second = held((of, name) => narrow(many(of).slice(4500), name))
    expect(standardisedPace([first, second], EVERYTHING)).toEqual(
      standardisedPace(whole, EVERYTHING),
    )
  })
  test('rows of nothing count nothing, whatever they hold', () => {
    const empty = { ...{ unit: [9], stratum: [9], time: [1e6], events: [3] }, n: [0], quarter: [0] }
    expect(standardisedPace([rows, empty], EVERYTHING)).toEqual(standardisedPace(rows, EVERYTHING))
  })
})

test('several windows of the same rows are what each would be by itself', () => {
  const windows = {
    late: (unit: number, quarter: number) => (quarter < 1 ? null : { unit, part: 0 }),
    merged: (unit: number, quarter: number) => ({ unit: quarter < 1 ? 0 : unit, part: quarter }),
  }
  const of = pacedWithin(placedRows([BY_HAND]), EVERYTHING, windows)
  const rows = BY_HAND.unit.map((_, row) => row)
  const picked = (keeps: (row: number) => boolean, unit = BY_HAND.unit) => {
    const kept = rows.filter(keeps)
    const pick = <V>(column: readonly V[]) => kept.map((row) => column[row] as V)
    return {
      ...{ unit: pick(unit), stratum: pick(BY_HAND.stratum), time: pick(BY_HAND.time) },
      ...{ events: pick(BY_HAND.events), n: pick(BY_HAND.n), quarter: pick(BY_HAND.quarter) },
    }
  }
  const { quarter: _, ...late } = picked((row) => BY_HAND.quarter[row] === 1)
  expect(of('late')).toEqual(standardisedPace(late, EVERYTHING))
  const merged = BY_HAND.unit.map((unit, row) => (BY_HAND.quarter[row] === 0 ? 0 : unit))
  const whole = standardisedPace(
    picked(() => true, merged),
    EVERYTHING,
  )
  expect(of('merged')).toEqual(whole)
  expect(of('merged', new Set([2]))).toEqual(whole.filter(({ unit }) => unit === 2))
})
