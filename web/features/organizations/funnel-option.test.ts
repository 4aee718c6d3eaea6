import { expect, test } from 'vitest'
import { createFormat } from '#web/lib/format.ts'
import { PALETTES } from '#web/ui/theme.ts'
import { labelled } from './funnel-names.ts'
import { funnelOption, topOf } from './funnel-option.ts'
import { placeLabels } from './labels.ts'
import { isWithin, type Unit } from './rows.ts'

const unit = (id: string, level: Unit['level'], more: Partial<Unit> = {}): Unit => ({
  id,
  name: `УК ${id}`,
  shrunken: { mean: 1, lower: 0.8, upper: 1.2 },
  kind: 'uk',
  buildings: 3,
  since: '2025-11-01',
  n: 1000,
  observed: 100,
  expected: 100,
  ratio: 1,
  lower: 0.8,
  upper: 1.2,
  chance: [0.7, 1.3],
  outer: [0.6, 1.4],
  share: null,
  why: null,
  level,
  ...more,
})
const drawn = (units: Unit[], selected: string[] = []) =>
  funnelOption(
    {
      units,
      limits: [
        [1, 0, 5, 0, 6],
        [1000, 0.9, 1.1, 0.7, 1.3],
      ],
      selected,
      palette: PALETTES.light,
      format: createFormat('ru', 'UTC'),
      words: {
        expected: '',
        chance: '',
        outer: '',
        few: () => 'мало данных',
        alone: '',
        quality: '',
        byChance: () => 'случай',
        of: () => '',
      },
    },
    900,
  )
type Dot = { id?: string; value: number[]; symbol: string }
const dots = (units: Unit[]) => {
  const { series } = drawn(units)
  const all = Array.isArray(series) ? series : []
  return all
    .filter((one) => one?.type === 'scatter')
    .flatMap((one) => (one && 'data' in one ? (one.data as Dot[]) : []))
    .filter((dot) => dot.id !== undefined)
}

test('every organization is drawn, by what was expected of it and its ratio', () => {
  const units = [
    unit('a', 'none', { expected: 10, ratio: 0.5 }),
    unit('b', 'inspect', { ratio: 2 }),
  ]
  expect(dots(units).map(({ id, value }) => [id, value])).toEqual([
    ['a', [1, 0.5]],
    ['b', [2, 2]],
  ])
})

test('each level has a shape of its own', () => {
  const levels = ['inspect', 'watch', 'good', 'none'] as const
  const symbols = dots(levels.map((level) => unit(level, level))).map(({ symbol }) => symbol)
  expect(new Set(symbols).size).toBe(4)
})

test('the axis begins at 0 and holds everybody who is judged; who is not may lie at its edge', () => {
  expect(topOf([unit('a', 'none', { ratio: 1.2 })])).toBe(2.25)
  expect(topOf([unit('a', 'inspect', { ratio: 2.6 })])).toBe(2.75)
  expect(topOf([unit('a', 'insufficient', { ratio: 9 })])).toBe(2.25)
  expect(dots([unit('a', 'insufficient', { ratio: 9 })])[0]?.value).toEqual([2, 2.25])
})

test('all that are called out are named, and at most two others', () => {
  const units = [
    unit('a', 'inspect'),
    unit('b', 'watch'),
    unit('c', 'good'),
    unit('d', 'none', { ratio: 1.5 }),
    unit('e', 'none', { ratio: 1.4 }),
    unit('f', 'insufficient', { ratio: 1.9, expected: 4.3 }),
    unit('g', 'insufficient', { ratio: 8, expected: 0.1 }),
  ]
  expect(labelled(units).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'f'])
})

test('names that want one place are moved apart, and none is dropped', () => {
  const wanted = ['a', 'b', 'c', 'd'].map((id) => ({ id, x: 300, y: 100, width: 120, height: 16 }))
  const placed = placeLabels(wanted, [{ x: 300, y: 100, r: 5 }], { width: 800, height: 320 })
  expect(placed.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  const sides = placed.map(({ align, y }) => `${align} ${y}`)
  expect(new Set(sides).size).toBe(4)
  const rights = placed.filter(({ align }) => align === 'left').map(({ y }) => y)
  for (const [i, y] of rights.entries())
    for (const other of rights.slice(i + 1)) expect(Math.abs(y - other)).toBeGreaterThanOrEqual(16)
})

test('a name at the right edge goes to the left of its point', () => {
  const [placed] = placeLabels([{ id: 'a', x: 790, y: 100, width: 120, height: 16 }], [], {
    width: 800,
    height: 320,
  })
  expect(placed).toMatchObject({ align: 'right', y: 100 })
})

test('a reason to inspect may stand within chance and ordinary differences, and is then told so', () => {
  const called = [
    unit('inside', 'inspect', { ratio: 1.32 }),
    unit('at the limit', 'inspect', { ratio: 1.4 }),
    unit('beyond', 'inspect', { ratio: 1.41 }),
  ]
  expect(called.filter(isWithin).map(({ id }) => id)).toEqual(['inside', 'at the limit'])
})
