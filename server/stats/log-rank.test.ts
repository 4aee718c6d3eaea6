import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { type GroupTally, logRank } from './log-rank.ts'

interface Case {
  name: string
  input: Record<'time' | 'event' | 'group' | 'stratum', (number | null)[]>
  expected: {
    observed: number[]
    expected: number[]
    chisq: number
    df: number
    p: number
    variance: number[]
  }
}

const tallies = ({ time, event, group, stratum }: Case['input']): GroupTally[] =>
  time.map((at, i) => ({
    group: group[i] === group[0] ? 0 : 1,
    stratum: stratum?.[i] ?? 0,
    ...{ time: at ?? Number.NaN, events: event[i] ?? 0, n: 1 },
  }))

describe.skipIf(ORACLES_MISSING)('log-rank as R survdiff', () => {
  const cases = ORACLES_MISSING
    ? []
    : oracle<{ cases: Case[] }>('statistics/logrank').cases.filter(
        ({ expected }) => expected.df === 1,
      )
  test('three comparisons of two groups are among the worked ones', () => {
    expect(cases.length).toBeGreaterThanOrEqual(3)
  })
  test.for(cases)('$name', ({ input, expected }) => {
    const told = logRank(tallies(input))
    for (const group of [0, 1] as const) {
      expect(told.observed[group]).toBe(expected.observed[group])
      expect(told.expected[group]).toBeCloseTo(expected.expected[group] ?? Number.NaN, 9)
    }
    expect(told.variance).toBeCloseTo(expected.variance[0] ?? Number.NaN, 9)
    expect(told.chiSquare).toBeCloseTo(expected.chisq, 9)
    expect(told.p).toBeCloseTo(expected.p, 9)
  })
})

/** By hand: at 1 one of the two of each group is at risk with all; see the sums below. */
const FOUR: GroupTally[] = [
  { group: 0, time: 1, events: 1, n: 1 },
  { group: 1, time: 2, events: 1, n: 1 },
  { group: 0, time: 3, events: 1, n: 1 },
  { group: 1, time: 4, events: 0, n: 1 },
]
test('each end is expected of a group by its share of those still at risk', () => {
  const { observed, expected, variance } = logRank(FOUR)
  expect(observed).toEqual([2, 1])
  expect(expected[0]).toBeCloseTo(2 / 4 + 1 / 3 + 1 / 2, 12)
  expect(variance).toBeCloseTo(1 / 4 + 2 / 9 + 1 / 4, 12)
})
test('a request open at the time of an end is still at risk then', () => {
  const told = logRank([
    { group: 0, time: 5, events: 1, n: 1 },
    { group: 1, time: 5, events: 0, n: 1 },
  ])
  expect(told.expected).toEqual([0.5, 0.5])
})
test('tallies of one time add up, and shifting or renaming changes nothing', () => {
  const doubled = FOUR.map((tally) => ({ ...tally, events: tally.events * 2, n: tally.n * 2 }))
  expect(logRank([...FOUR, ...FOUR])).toEqual(logRank(doubled))
  expect(logRank(FOUR.map((tally) => ({ ...tally, time: tally.time + 100 })))).toEqual(
    logRank(FOUR),
  )
  const swapped = logRank(FOUR.map((tally) => ({ ...tally, group: tally.group === 0 ? 1 : 0 })))
  expect(swapped.chiSquare).toBeCloseTo(logRank(FOUR).chiSquare, 12)
  expect(swapped.observed).toEqual([1, 2])
})
test('one group alone is told apart from nobody', () => {
  expect(logRank([{ group: 0, time: 1, events: 1, n: 2 }])).toMatchObject({ chiSquare: 0, p: 1 })
  expect(logRank([]).p).toBe(1)
})
