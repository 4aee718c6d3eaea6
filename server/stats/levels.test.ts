import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { standardise } from './casemix.ts'
import type { Cell } from './cells.ts'
import { LEVEL_POLICY } from './level-policy.ts'
import { evaluate, insufficiency, type Measured } from './levels.ts'
import { judgeWorld, World } from './world.ts'

const WORLDS = new URL('../../../shared/oracles/worlds/', import.meta.url)
const files = existsSync(WORLDS)
  ? readdirSync(WORLDS).filter((name) => name.endsWith('.json.gz'))
  : []

// Without the folder of worked worlds beside the project there is nothing to compare with.
describe.skipIf(files.length === 0)('worlds computed by another implementation', () => {
  test.for(files)('%s: every figure to 1e-6, every list exactly', (name) => {
    const file = JSON.parse(gunzipSync(readFileSync(new URL(name, WORLDS))).toString())
    const told = judgeWorld(World.parse(file)) as unknown as Record<string, Record<string, unknown>>
    for (const [measure, expected] of Object.entries(file.expected as typeof told)) {
      expect(Object.keys(told[measure] ?? {})).toEqual(Object.keys(expected))
      for (const [figure, value] of Object.entries(expected)) {
        const ours = told[measure]?.[figure]
        if (/inspect|watch/.test(figure)) expect(ours).toEqual(value)
        else
          for (const [i, theirs] of [value].flat().entries())
            expect([ours].flat()[i], `${measure} ${figure} ${i}`).toBeCloseTo(theirs as number, 6)
      }
    }
  })
})

test('a world in which nothing or everything happened has expectations, and no distances', () => {
  // Company 1 has no row, company 2 no request.
  const rows = { company: [0, 2, 3], quarter: [0, 0, 0], stratum: [0, 0, 0], n: [40, 0, 60] }
  const told = judgeWorld({ input: { ...rows, reopened: [0, 0, 0], breached: [40, 0, 60] } })
  const none = [null, null, null, null]
  const nowhere = { z: none, z_od: none, q: none, L975: none }
  expect(told.reopen).toMatchObject({ E: [0, 0, 0, 0], V: [0, 0, 0, 0], ...nowhere })
  expect(told.breach).toMatchObject({ E: [40, 0, 0, 60], V: [0, 0, 0, 0], ...nowhere })
})

const city = (company: number, quarters: readonly number[]): Cell[] =>
  quarters.map((events, quarter) => ({ unit: company, quarter, stratum: 's', n: 500, events }))
/** Thirty organizations with exactly a tenth of events. */
const ordinary = Array.from({ length: 30 }, (_, i) => city(i + 1, [50, 50, 50, 50])).flat()
const measured = (measure: string, quarters: readonly number[]): Measured => ({
  ...{ measure, worse: 'more', units: standardise([...ordinary, ...city(0, quarters)]) },
})
const levelOf = (input: Measured, policy = LEVEL_POLICY) =>
  evaluate([input], policy).measures[0]?.units.find(({ unit }) => unit === 0)

describe('levels of one measure', () => {
  test('an excess of two quarters is watched, one of three is a reason to inspect', () => {
    expect(levelOf(measured('m', [120, 120, 40, 40]))).toMatchObject({
      ...{ inspectA: false, inspectB: false, watch: true, level: 'watch', path: null },
    })
    expect(levelOf(measured('m', [95, 95, 95, 40]))).toMatchObject({
      ...{ inspectA: true, inspectB: true, watch: true, level: 'inspect', path: 'a' },
      quartersAbove: 3,
    })
  })
  test('as expected is no level', () => {
    expect(levelOf(measured('m', [50, 52, 48, 50]))).toMatchObject({ level: 'none', path: null })
  })
  test('as far below as others are above is good practice, not less than that', () => {
    expect(levelOf(measured('m', [20, 20, 20, 20]))).toMatchObject({ good: true, level: 'good' })
    expect(levelOf(measured('m', [47, 46, 47, 46]))).toMatchObject({ good: false, level: 'none' })
  })
  test('whoever has fewer than a hundred requests has no level, whatever the ratio', () => {
    const few = [{ unit: 0, quarter: 0, stratum: 's', n: 99, events: 60 }]
    expect(
      levelOf({ measure: 'm', worse: 'more', units: standardise([...ordinary, ...few]) }),
    ).toMatchObject({ watch: false, level: 'insufficient', insufficient: 'few', n: 99 })
  })
  test('a warning makes it watched, as expected or insufficient as it may be', () => {
    const warned = new Set([0])
    expect(levelOf({ ...measured('m', [50, 52, 48, 50]), warned })?.level).toBe('watch')
    const few = [{ unit: 0, quarter: 0, stratum: 's', n: 99, events: 9 }]
    const units = standardise([...ordinary, ...few])
    expect(levelOf({ measure: 'm', worse: 'more', units, warned })?.level).toBe('watch')
  })
  test('where fewer is worse, the slow one is called out and the quick one is good', () => {
    const fewer = (quarters: readonly number[]) =>
      levelOf({ ...measured('pace', quarters), worse: 'fewer' })
    expect(fewer([20, 20, 20, 20])).toMatchObject({ level: 'inspect', quartersAbove: 4 })
    expect(fewer([20, 20, 20, 20])?.ratio).toBeGreaterThan(2)
    expect(fewer([95, 95, 95, 95])).toMatchObject({ level: 'good' })
  })
  test('one that is compared mostly with itself is not judged', () => {
    const own = [{ unit: 0, quarter: 0, stratum: 'roofs', n: 900, events: 300 }]
    expect(
      levelOf({ measure: 'm', worse: 'more', units: standardise([...ordinary, ...own]) }),
    ).toMatchObject({ level: 'insufficient', insufficient: 'alone', ownShare: 1 })
  })
  test('fewer than ten expected events are tested exactly and reach watch at most', () => {
    const few = Array.from({ length: 4 }, (_, quarter) => ({
      ...{ unit: 0, quarter, stratum: 's', n: 20, events: 8 },
    }))
    const units = standardise([...ordinary, ...few])
    const lenient = { ...LEVEL_POLICY, minExpected: 5, minRequests: 50 }
    const unit = levelOf({ measure: 'm', worse: 'more', units }, lenient)
    expect(unit).toMatchObject({ inspectA: false, inspectB: false, level: 'watch' })
    expect(
      levelOf({ measure: 'm', worse: 'more', units }, { ...lenient, normalFrom: 0 })?.level,
    ).toBe('inspect')
  })
})

describe('one family of tests', () => {
  test('is larger by the measures that were tested with it, and q grows with it', () => {
    const alone = evaluate([measured('a', [75, 75, 75, 75])]).measures[0]?.units.at(-1)
    const family = evaluate([
      measured('a', [75, 75, 75, 75]),
      measured('b', [50, 50, 50, 50]),
    ]).measures[0]?.units.at(-1)
    expect(family?.pDispersed).toBe(alone?.pDispersed)
    expect(family?.q).toBeCloseTo(2 * (alone?.q ?? Number.NaN), 12)
  })
})

describe('two measures together', () => {
  const policy = {
    ...LEVEL_POLICY,
    together: { measures: ['a', 'b'] as const, quartersAbove: 6 },
  }
  const together = (first: readonly number[], second: readonly number[]) =>
    evaluate([measured('a', first), measured('b', second)], policy).composite?.units.find(
      ({ unit }) => unit === 0,
    )
  test('call out whoever was worse in six of their eight quarters', () => {
    expect(together([75, 75, 75, 49], [49, 75, 75, 75])).toMatchObject({
      ...{ inspectC: true, quartersAbove: 6 },
    })
  })
  test('do not where only five of eight quarters were worse', () => {
    expect(together([75, 75, 49, 49], [49, 75, 75, 75])).toMatchObject({
      ...{ inspectC: false, quartersAbove: 5 },
    })
  })
  test('are not asked where one of them is missing', () => {
    expect(evaluate([measured('a', [65, 65, 65, 49])], policy).composite).toBeNull()
  })
})

const figures = (cells: readonly Cell[], name: (unit: number) => number) =>
  new Map(
    evaluate([{ measure: 'm', worse: 'more', units: standardise(cells) }]).measures[0]?.units.map(
      ({ unit, z, zDispersed, q, l975, level }) => [
        name(unit),
        [level, ...[z, zDispersed, q, l975].map((value) => value.toPrecision(9))].join(' '),
      ],
    ),
  )

test('renaming units and splitting their cells changes nothing', () => {
  const cells = [...ordinary, ...city(0, [95, 95, 95, 40])]
  const split = cells.flatMap((cell) => [
    { ...cell, unit: 100 - cell.unit, n: 200, events: Math.floor(cell.events / 3) },
    { ...cell, unit: 100 - cell.unit, n: 300, events: cell.events - Math.floor(cell.events / 3) },
  ])
  expect(figures(split, (unit) => 100 - unit)).toEqual(figures(cells, (unit) => unit))
})

test('a row with more events than requests is refused by its number', () => {
  const input = { company: [0, 1], quarter: [0, 0], stratum: [0, 0], n: [5, 10] }
  const parsed = World.safeParse({ input: { ...input, reopened: [1, 11], breached: [0, 0] } })
  expect(parsed.error?.issues).toMatchObject([
    {
      path: ['input', 'n', 1],
      message: 'row 1 has more reopened or breached requests than requests',
    },
  ])
})

describe('figures at a limit', () => {
  /** Of 1 in 49, as the city's: 4,900 × (1/49) is 99.999… as a sum of rounded numbers. */
  const ties = (more: readonly number[]) =>
    [0, 1, 2, 3].flatMap((quarter): Cell[] => {
      const d = more[quarter] ?? 0
      const rest = Array.from({ length: 10 }, (_, i) => ({ unit: i + 2, n: 490, events: 10 }))
      return [
        { unit: 0, n: 4900, events: 100 + d },
        { unit: 1, n: 49_000, events: 1000 - d },
        ...rest,
      ].map((cell) => ({ ...cell, quarter, stratum: 's' }))
    })
  const judged = (more: readonly number[]) =>
    levelOf({ measure: 'm', worse: 'more', units: standardise(ties(more)) })

  // Expected values from an independent implementation in exact fractions (Python), E = 400.
  test('a quarter that is exactly as expected is neither worse nor better', () => {
    expect(judged([0, 0, 140, 140])).toMatchObject({
      ...{ quartersAbove: 2, inspectA: false, inspectB: false, watch: true, path: null },
    })
    expect(judged([0, 150, 140, 140])).toMatchObject({
      ...{ quartersAbove: 3, inspectA: true, inspectB: true, path: 'a' },
    })
    expect(judged([0, 0, -70, -70])).toMatchObject({ quartersAbove: 0, good: false })
    expect(judged([0, -60, -70, -70])).toMatchObject({ quartersAbove: 0, good: true })
  })
  test('measures by which everybody is alike but for one do not go along', () => {
    // 30 alike and one beyond what is winsorised: the same distance 31 times, in exact fractions.
    const both = ['reopened', 'late'].map((measure) => ({
      ...{ measure, worse: 'more' as const },
      units: standardise([
        ...ordinary,
        ...city(0, [15, 15, 15, 15]).map((cell) => ({ ...cell, n: 26 })),
      ]),
    }))
    expect(evaluate(both).composite?.rho).toBe(0)
  })
  test('ten expected are ten, however the sum was rounded', () => {
    expect(insufficiency({ expected: 9.999999999999998, n: 100, ownShare: 0 })).toBeNull()
    expect(insufficiency({ expected: 9.9999, n: 100, ownShare: 0 })).toBe('few')
    expect(insufficiency({ expected: 10, n: 99, ownShare: 0 })).toBe('few')
  })
})
