import { describe, expect, test } from 'vitest'
import { ORACLES_MISSING, oracle } from '#test/oracle.ts'
import { bunching } from './bunching.ts'
import { excessInterval, excessMass } from './excess-mass.ts'
import { heaping } from './heaping.ts'
import { burstsIn } from './mass-closing.ts'
import { chanceFrom } from './random.ts'

interface Oracle {
  binomial: {
    n_left: number
    n_right: number
    p0: number
    p_one_sided: number
    share: number
    cp_lower975: number
  }[]
  excess_mass: {
    input: { count: number[]; degree: 2 }
    expected: { counterfactual: number[]; excess_left: number; missing_right: number; b: number }
  }
  heaping: { input: { count: number[] }; expected: { chisq: number; df: number; p: number } }
  mass_close: {
    input: { lambda_per_minute: number[]; count: number[] }
    expected: { p: number[] }
  }
}

const MINUTE = { account: 1, start: 0, minutes: 1 }

describe.skipIf(ORACLES_MISSING)('as R computes it', () => {
  const expected = () => oracle<Oracle>('statistics/bunching')

  test('bunching before a limit: tail, share and Clopper-Pearson bound', () => {
    for (const one of expected().binomial) {
      const { share, p, lower } = bunching(one.n_left, one.n_right, one.p0)
      expect(Math.abs(share - one.share)).toBeLessThan(1e-9)
      expect(Math.abs(p - one.p_one_sided)).toBeLessThan(1e-9)
      expect(Math.abs(p / one.p_one_sided - 1)).toBeLessThan(1e-9)
      expect(Math.abs(lower - one.cp_lower975)).toBeLessThan(1e-9)
    }
  })

  test('excess mass over a parabola', () => {
    const { input, expected: right } = expected().excess_mass
    const mass = excessMass(input.count, input.degree)
    const near = mass?.curve.slice(8, 12) ?? []
    for (const [i, value] of right.counterfactual.entries()) expect(near[i]).toBeCloseTo(value, 9)
    expect(mass?.excess).toBeCloseTo(right.excess_left, 9)
    expect(mass?.missing).toBeCloseTo(right.missing_right, 9)
    expect(mass?.b).toBeCloseTo(right.b, 9)
  })

  test('heaping of minutes on the tens', () => {
    const { input, expected: right } = expected().heaping
    const { chisq, df, p } = heaping(input.count, Array(10).fill(1))
    expect(chisq).toBeCloseTo(right.chisq, 9)
    expect(df).toBe(right.df)
    expect(Math.abs(p / right.p - 1)).toBeLessThan(1e-9)
  })

  test('many closings in one minute', () => {
    const { input, expected: right } = expected().mass_close
    for (const [account, closings] of input.count.entries()) {
      const perMinute = input.lambda_per_minute[account] ?? 0
      const all = { closings: 1, p: 1 }
      const [burst] = burstsIn([{ ...MINUTE, account, closings }], () => perMinute, all)
      expect(Math.abs((burst?.p ?? 0) / (right.p[account] ?? 1) - 1)).toBeLessThan(1e-9)
    }
  })
})

describe('bunching', () => {
  test('of nothing, and of nothing before the limit, is no bunching', () => {
    expect(bunching(0, 0, 0.5)).toEqual({ n: 0, share: 0, p: 1, lower: 0 })
    expect(bunching(0, 4, 0.5)).toEqual({ n: 4, share: 0, p: 1, lower: 0 })
  })

  test('twice as many of the same share are less by chance', () => {
    expect(bunching(140, 60, 0.5).p).toBeLessThan(bunching(70, 30, 0.5).p)
    expect(bunching(140, 60, 0.5).lower).toBeGreaterThan(bunching(70, 30, 0.5).lower)
  })
})

describe('excess mass', () => {
  const SMOOTH = [60, 58, 55, 53, 50, 48, 45, 43, 41, 39, 37, 35, 33, 31, 30, 28, 27, 25, 24, 23]

  test('of a smooth decline is nothing, within chance', () => {
    const mass = excessMass(SMOOTH)
    expect(Math.abs(mass?.b ?? 9)).toBeLessThan(0.2)
    const { lower, error } = excessInterval(SMOOTH, mass ?? { degree: 2 }, chanceFrom(1))
    expect(lower).toBeLessThan(0)
    expect(mass?.b).toBeLessThan(2 * error)
  })

  test('of what was moved from after the limit to before it is found, whatever the seed', () => {
    const moved = SMOOTH.map((count, i) => (i === 9 ? count + 90 : count - (i > 9 ? 8 : 0)))
    const mass = excessMass(moved)
    expect(mass?.b).toBeGreaterThan(2)
    for (const seed of [1, 2, 3]) {
      const { lower, error } = excessInterval(moved, mass ?? { degree: 2 }, chanceFrom(seed))
      expect(lower).toBeGreaterThan(1)
      expect(mass?.b).toBeGreaterThan(5 * error)
    }
  })

  test('twice as many of everything is the same b with a narrower bound', () => {
    const counts = SMOOTH.map((count, i) => (i === 9 ? count + 60 : count))
    const double = counts.map((count) => 2 * count)
    const [one, two] = [excessMass(counts), excessMass(double)]
    expect(two?.b).toBeCloseTo(one?.b ?? 0, 9)
    const bound = (all: number[]) => {
      const mass = excessMass(all)
      return mass && excessInterval(all, mass, chanceFrom(5)).lower
    }
    expect(bound(double)).toBeGreaterThan(bound(counts) ?? 9)
  })

  test('of too few is unknown', () => {
    expect(excessMass(Array(20).fill(1))).toBeNull()
  })
})

describe('heaping', () => {
  test('against the shares of others, not against evenness: as uneven as they are is not heaped', () => {
    const shares = [300, 50, 50, 50, 50, 300, 50, 50, 50, 50]
    expect(heaping(shares, shares)).toMatchObject({ chisq: 0, p: 1, v: 0 })
    expect(heaping(shares, Array(10).fill(1)).v).toBeGreaterThan(0.3)
  })

  test('all in one of ten cells is V = 1', () => {
    expect(heaping([500, 0, 0, 0, 0, 0, 0, 0, 0, 0], Array(10).fill(1)).v).toBeCloseTo(1, 12)
  })
})

test('a burst is five or more in a minute that the account’s own pace does not explain', () => {
  const crowds = [
    { ...MINUTE, start: 10, closings: 41 },
    { ...MINUTE, start: 11, closings: 4 },
    { ...MINUTE, account: 2, start: 10, closings: 6 },
  ]
  const pace = ({ account }: { account: number }) => (account === 1 ? 0.02 : 3)
  const found = burstsIn(crowds, pace, { closings: 5, p: 1e-6 })
  expect(found.map(({ account, start }) => [account, start])).toEqual([[1, 10]])
})

test('as many closings in ten minutes are less rare than in one', () => {
  const rarity = (minutes: number) =>
    burstsIn([{ ...MINUTE, minutes, closings: 6 }], () => 0.02, { closings: 5, p: 1 })[0]?.p ?? 1
  expect(rarity(10)).toBeGreaterThan(rarity(1) * 1e4)
})
