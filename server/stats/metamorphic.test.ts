import { describe, expect, test } from 'vitest'
import { standardise } from './casemix.ts'
import type { Cell } from './cells.ts'
import { compositeIndex } from './composite-index.ts'
import { percentile, restrictedMean } from './curve-reading.ts'
import { cusum } from './cusum.ts'
import { ewma } from './ewma.ts'
import { benjaminiHochberg } from './false-discovery.ts'
import { FORECASTERS, toldByAll } from './forecast.ts'
import { binomialLimit, poissonLimit } from './funnel.ts'
import { heaping } from './heaping.ts'
import { kaplanMeier, type Tally } from './kaplan-meier.ts'
import { evaluate } from './levels.ts'
import { burstsIn } from './mass-closing.ts'
import { overdispersion, quantile } from './overdispersion.ts'
import { poissonLimits } from './poisson.ts'
import { clopperPearson, jeffreys, wilson } from './proportion.ts'
import { chanceFrom, normalsOf } from './random.ts'

/** What must follow from a change of the input, whatever the numbers are. */

const chance = chanceFrom(42)
const TIMES: Tally[] = Array.from({ length: 60 }, () => {
  const ended = chance() < 0.7 ? 1 : 0
  return { time: 1 + Math.floor(chance() * 90), events: ended, censored: 1 - ended }
})

describe('a survival curve', () => {
  const once = kaplanMeier(TIMES)
  const twice = kaplanMeier([...TIMES, ...TIMES])
  test('of every request twice has the same heights and half the variance, nearly', () => {
    expect(twice.survival).toEqual(once.survival.map((height) => expect.closeTo(height, 12)))
    for (const [j, greenwood] of once.greenwood.slice(0, 20).entries())
      expect((twice.greenwood[j] ?? 0) / greenwood).toBeCloseTo(0.5, 1)
  })
  test('of requests that all took a day longer is shifted by a day', () => {
    const later = kaplanMeier(TIMES.map((tally) => ({ ...tally, time: tally.time + 24 })))
    expect(later.survival).toEqual(once.survival)
    expect(percentile(later, 0.5).value).toBe((percentile(once, 0.5).value ?? Number.NaN) + 24)
    expect(restrictedMean(later, 64).mean).toBeCloseTo(restrictedMean(once, 40).mean + 24, 9)
    expect(restrictedMean(later, 64).se).toBeCloseTo(restrictedMean(once, 40).se, 9)
  })
  test('in minutes is that in hours, sixty times as long', () => {
    const minutes = kaplanMeier(TIMES.map((tally) => ({ ...tally, time: tally.time * 60 })))
    expect(restrictedMean(minutes, 2400).mean).toBeCloseTo(restrictedMean(once, 40).mean * 60, 8)
  })
  test('does not ask in which order requests came', () => {
    expect(kaplanMeier([...TIMES].reverse())).toEqual(once)
  })
  test('an open request more never lowers it', () => {
    const more = kaplanMeier([...TIMES, { time: 91, events: 0, censored: 1 }])
    for (const [j, height] of once.survival.entries())
      expect(more.survival[j]).toBeGreaterThanOrEqual(height)
  })
})

describe('intervals', () => {
  test.for([
    ['Wilson', wilson],
    ['Jeffreys', jeffreys],
    ['Clopper and Pearson', clopperPearson],
  ] as const)('%s: of the others, the same turned round; of twice as many, narrower', ([, of]) => {
    const [lower, upper] = of(12, 80)
    const [otherLower, otherUpper] = of(68, 80)
    expect([1 - otherUpper, 1 - otherLower]).toEqual([
      expect.closeTo(lower, 9),
      expect.closeTo(upper, 9),
    ])
    const [narrowLower, narrowUpper] = of(24, 160)
    expect(narrowUpper - narrowLower).toBeLessThan(upper - lower)
  })
  test('of counts are inverse to the chance they come from: narrower by level and by volume', () => {
    const width = ([lower, upper]: [number, number]) => upper - lower
    expect(width(poissonLimits(20, 0.9))).toBeLessThan(width(poissonLimits(20)))
    expect(width(poissonLimits(200)) / 200).toBeLessThan(width(poissonLimits(20)) / 20)
  })
  test('of a funnel close in on the line as volume grows, and a share has the limits of the other share', () => {
    expect(poissonLimit(400, 0.999)).toBeLessThan(poissonLimit(40, 0.999))
    expect(binomialLimit(0.1, 400, 0.999)).toBeCloseTo(1 - binomialLimit(0.9, 400, 0.001), 2)
  })
})

describe('differences between units', () => {
  const normal = normalsOf(chanceFrom(5))
  const units = Array.from({ length: 80 }, (_, i) => {
    const s = 0.02 + i / 2000
    return { s, z: (s + 0.08) * normal() * 20 }
  })
  test('do not depend on the order of units', () => {
    const { phi, tau2 } = overdispersion([...units].reverse())
    expect(phi).toBeCloseTo(overdispersion(units).phi, 12)
    expect(tau2).toBeCloseTo(overdispersion(units).tau2, 12)
  })
  test('are the same for units that are better by as much as others are worse', () => {
    const turned = units.map(({ s, z }) => ({ s, z: -z }))
    expect(overdispersion(turned).phi).toBeCloseTo(overdispersion(units).phi, 12)
  })
  test('one wild unit moves them little', () => {
    const wild = [...units, { s: 0.03, z: 1000 }]
    expect(overdispersion(wild).phi / overdispersion(units).phi).toBeLessThan(1.15)
  })
  test('a quantile moves with its values', () => {
    const values = units.map(({ z }) => z)
    expect(
      quantile(
        values.map((value) => 3 * value + 7),
        0.3,
      ),
    ).toBeCloseTo(3 * quantile(values, 0.3) + 7, 9)
  })
})

test('false-discovery rates go with their tests, whatever the order, and never fall below the chance itself', () => {
  const p = Array.from({ length: 40 }, () => chance() ** 3)
  const q = benjaminiHochberg(p)
  expect(benjaminiHochberg([...p].reverse())).toEqual([...q].reverse())
  for (const [i, rate] of q.entries()) expect(rate).toBeGreaterThanOrEqual(p[i] ?? 1)
})

describe('levels of a city', () => {
  const STRATA = [0.05, 0.1, 0.2]
  const draw = chanceFrom(9)
  const cells: Cell<number>[] = Array.from({ length: 40 }, (_, unit) =>
    [0, 1, 2, 3].flatMap((quarter) =>
      STRATA.map((share, stratum) => {
        const n = 60 + Math.floor(draw() * 120)
        let events = 0
        const own = unit === 7 ? share * 1.8 : share
        for (let i = 0; i < n; i++) if (draw() < own) events++
        return { unit, quarter, stratum, n, events }
      }),
    ),
  ).flat()
  const judged = (of: readonly Cell<number>[]) =>
    evaluate([{ measure: 'm', worse: 'more', units: standardise(of) }]).measures[0]?.units ?? []
  const levels = (of: readonly Cell<number>[]) =>
    judged(of)
      .toSorted((a, b) => a.unit - b.unit)
      .map(({ level }) => level)
  const once = levels(cells)

  test('name the one that is worse, and nobody else', () => {
    expect(once.flatMap((level, unit) => (level === 'none' ? [] : [[unit, level]]))).toEqual([
      [7, 'inspect'],
    ])
  })
  test('are the same with quarters told in another order, as if the year had begun later', () => {
    expect(
      levels(cells.map((cell) => ({ ...cell, quarter: ((cell.quarter ?? 0) + 2) % 4 }))),
    ).toEqual(once)
  })
  test('are the same with companies renamed and rows shuffled', () => {
    const renamed = levels(cells.map((cell) => ({ ...cell, unit: 39 - cell.unit })).reverse())
    expect(renamed).toEqual([...once].reverse())
  })
  test('of every request twice are never weaker for the one that is worse', () => {
    const twice = judged(cells.map((cell) => ({ ...cell, n: cell.n * 2, events: cell.events * 2 })))
    const [before, after] = [judged(cells), twice].map((units) =>
      units.find(({ unit }) => unit === 7),
    )
    expect(after?.level).toBe('inspect')
    expect(after?.ratio).toBeCloseTo(before?.ratio ?? Number.NaN, 12)
    expect((after?.z ?? 0) / (before?.z ?? 1)).toBeCloseTo(Math.SQRT2, 9)
    expect(after?.l975).toBeGreaterThan(before?.l975 ?? 0)
  })
  test('of a company told as two lie on either side of its ratio', () => {
    const split = judged(
      cells.map((cell, i) => (cell.unit === 7 && i % 2 ? { ...cell, unit: 99 } : cell)),
    )
    const ratios = split.filter(({ unit }) => unit === 7 || unit === 99).map(({ ratio }) => ratio)
    const whole = judged(cells).find(({ unit }) => unit === 7)?.ratio ?? Number.NaN
    expect(Math.min(...ratios)).toBeLessThanOrEqual(whole)
    expect(Math.max(...ratios)).toBeGreaterThanOrEqual(whole)
  })
  test('a stratum more in which everybody is alike does not move the order of ratios', () => {
    const alike = Array.from({ length: 40 }, (_, unit) => ({
      ...{ unit, quarter: 0, stratum: 9, n: 10, events: 1 },
    }))
    const order = (of: readonly Cell<number>[]) =>
      judged(of)
        .toSorted((a, b) => b.ratio - a.ratio)
        .slice(0, 1)
        .map(({ unit }) => unit)
    expect(order([...cells, ...alike])).toEqual(order(cells))
  })
})

describe('heaping', () => {
  const COUNTS = [31, 4, 6, 5, 3, 17, 6, 4, 5, 9]
  const SHARES = [14, 9, 9, 9, 9, 11, 9, 9, 10, 11]
  const once = heaping(COUNTS, SHARES)
  test('of every closing twice is as strong and less likely by chance', () => {
    const twice = heaping(
      COUNTS.map((count) => 2 * count),
      SHARES,
    )
    expect(twice.v).toBeCloseTo(once.v, 12)
    expect(twice.chisq).toBeCloseTo(2 * once.chisq, 9)
    expect(twice.p).toBeLessThan(once.p)
  })
  test('does not ask by what number a minute goes, nor in how many the city was counted', () => {
    const shifted = <T>(values: readonly T[]) => [...values.slice(3), ...values.slice(0, 3)]
    const later = heaping(shifted(COUNTS), shifted(SHARES))
    const scaled = heaping(
      COUNTS,
      SHARES.map((share) => share * 730),
    )
    for (const same of [later, scaled])
      for (const figure of ['n', 'chisq', 'df', 'p', 'v'] as const)
        expect(same[figure]).toBeCloseTo(once[figure], 9)
  })
  test('is none where closings lie as the shares do', () => {
    expect(heaping(SHARES, SHARES)).toMatchObject({ chisq: 0, p: 1, v: 0 })
  })
})

describe('closings at one stroke', () => {
  const CROWDS = [
    { account: 1, start: 1000, minutes: 1, closings: 12 },
    { account: 1, start: 1500, minutes: 1, closings: 5 },
    { account: 2, start: 1000, minutes: 10, closings: 30 },
    { account: 3, start: 1200, minutes: 1, closings: 4 },
  ]
  const pace = ({ account }: { account: number }) => account / 20
  const LIMITS = { closings: 5, p: 1e-6 }
  const once = burstsIn(CROWDS, pace, LIMITS)
  test('are as rare a week later', () => {
    const later = CROWDS.map((crowd) => ({ ...crowd, start: crowd.start + 7 * 1440 }))
    const back = burstsIn(later, pace, LIMITS).map((one) => ({
      ...one,
      start: one.start - 7 * 1440,
    }))
    expect(back).toEqual(once)
  })
  test('are the same whoever is named first and by whatever number', () => {
    const renamed = CROWDS.toReversed().map((one) => ({ ...one, account: one.account + 40 }))
    const found = burstsIn(renamed, ({ account }) => pace({ account: account - 40 }), LIMITS)
    expect(found.map((one) => ({ ...one, account: one.account - 40 })).toReversed()).toEqual(once)
  })
  test('of twice as many closings are rarer, also at twice the pace', () => {
    const twice = CROWDS.map((crowd) => ({ ...crowd, closings: 2 * crowd.closings }))
    const found = burstsIn(twice, (crowd) => 2 * pace(crowd), LIMITS)
    expect(once.length).toBeGreaterThan(0)
    for (const { account, start, p } of once) {
      const same = found.find((one) => one.account === account && one.start === start)
      expect(same?.p).toBeLessThan(p)
    }
  })
  test('told as ten times as many minutes at a tenth of the pace are as rare', () => {
    const longer = CROWDS.map((crowd) => ({ ...crowd, minutes: 10 * crowd.minutes }))
    const found = burstsIn(longer, (crowd) => pace(crowd) / 10, LIMITS)
    expect(found.map(({ p }) => p)).toEqual(once.map(({ p }) => expect.closeTo(p, 15)))
  })
})

test('an index keeps its ranks when companies are renamed', () => {
  const units = Array.from({ length: 12 }, (_, unit) => ({
    ...{ unit, observed: 80 + 4 * unit, expected: 100 },
  }))
  const of = (given: typeof units) =>
    compositeIndex(
      [{ weight: 1, worse: 'more', tau2: 0.004, units: given }],
      chanceFrom(1),
      200,
    ).map(({ index }) => index)
  expect(of(units.map((unit) => ({ ...unit, unit: 100 + unit.unit })))).toEqual(of(units))
})

test('a chart of what came twice as fast is no lower, and one of weeks turned round turns round', () => {
  const outcomes = Array.from({ length: 200 }, () => ({
    share: 0.1,
    events: chance() < 0.2 ? 1 : 0,
  }))
  const once = cusum(outcomes, Number.POSITIVE_INFINITY)
  const doubled = cusum(
    outcomes.flatMap((outcome) => [outcome, outcome]),
    Number.POSITIVE_INFINITY,
  )
  expect(Math.max(...doubled.path)).toBeGreaterThanOrEqual(Math.max(...once.path))
  const z = [0.4, -1, 2.2, 0]
  expect(ewma(z.map((value) => -value)).map(({ value }) => value)).toEqual(
    ewma(z).map(({ value }) => 0 - value),
  )
})

test('a forecast of four times as many is four times as high, by every forecaster', () => {
  const draw = chanceFrom(3)
  const y = Array.from({ length: 300 }, (_, t) => 40 + 10 * (t % 7) + Math.floor(draw() * 20))
  const [once, more] = [y, y.map((count) => count * 4)].map((counts) =>
    toldByAll(counts, { ahead: 7 }),
  )
  for (const by of FORECASTERS) {
    const told = once?.[by].at(-1) ?? []
    expect(told).toHaveLength(7)
    expect(more?.[by].at(-1)).toEqual(told.map((count) => expect.closeTo(4 * count, 1)))
  }
})
