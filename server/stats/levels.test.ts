import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { levelsOf } from './levels.ts'
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

const city = (company: number, quarters: readonly number[]) =>
  quarters.flatMap((events, quarter) => [{ unit: company, quarter, stratum: 's', n: 500, events }])
const ordinary = Array.from({ length: 30 }, (_, i) => city(i + 1, [50, 50, 50, 50])).flat()
const levels = (quarters: readonly number[]) =>
  levelsOf([...ordinary, ...city(0, quarters)]).units.find(({ unit }) => unit === 0)

test('an excess of two quarters is watched, one of three is a reason to inspect', () => {
  expect(levels([120, 120, 40, 40])).toMatchObject({
    inspectA: false,
    inspectB: false,
    watch: true,
  })
  expect(levels([95, 95, 95, 40])).toMatchObject({ inspectA: true, inspectB: true, watch: true })
})

test('whoever has fewer than a hundred requests has no level, whatever the ratio', () => {
  const few = [{ unit: 0, quarter: 0, stratum: 's', n: 99, events: 60 }]
  expect(levelsOf([...ordinary, ...few]).units.at(-1)).toMatchObject({ watch: false, n: 99 })
})

test('renaming units and splitting their cells changes nothing', () => {
  const cells = [...ordinary, ...city(0, [95, 95, 95, 40])]
  const split = cells.flatMap((cell) => [
    { ...cell, unit: 100 - cell.unit, n: 200, events: Math.floor(cell.events / 3) },
    { ...cell, unit: 100 - cell.unit, n: 300, events: cell.events - Math.floor(cell.events / 3) },
  ])
  const byUnit = (of: typeof cells, name: (unit: number) => number) =>
    new Map(
      levelsOf(of).units.map(({ unit, ownShare: _, ...rest }) => [
        name(unit),
        JSON.stringify(
          Object.fromEntries(
            Object.entries(rest).map(([key, value]) => [
              key,
              typeof value === 'number' ? Number(value.toPrecision(9)) : value,
            ]),
          ),
        ),
      ]),
    )
  expect(byUnit(split, (unit) => 100 - unit)).toEqual(byUnit(cells, (unit) => unit))
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
