import { expect, test } from 'vitest'
import type { Level } from '#server/contract/measures/shape.ts'
import type { Compared } from '#server/stats/comparison.ts'
import { chosen, levelOnWall } from './organizations.ts'

const unit = (unit: number, level: Level, ratio: number, n = 100): Compared => ({
  ...{ unit, n, observed: ratio * 10, expected: 10, variance: 9, ownShare: 0, ratio, level },
  ...{ lower: ratio - 0.1, upper: ratio + 0.1, z: 0, zDispersed: 0, pChance: 1, pDispersed: 1 },
  ...{ chance: [0, 2], outer: [0, 2], quarters: [], insufficient: null },
})
const rows = (units: Compared[]) => chosen(units).map(({ unit, level }) => `${unit} ${level}`)

test('where few are called out, the largest that are as expected stand beside them', () => {
  const ordinary = Array.from({ length: 20 }, (_, i) => unit(i + 10, 'none', 1 + i / 100, i * 50))
  const called = [unit(1, 'watch', 1.5), unit(2, 'inspect', 1.4), unit(3, 'good', 0.6)]
  expect(rows([...ordinary, ...called, unit(4, 'insufficient', 3)])).toEqual([
    ...['2 inspect', '1 watch'],
    ...['29 none', '28 none', '27 none', '26 none', '25 none'],
    '3 good',
  ])
})

test('where many are called out, nobody else is named', () => {
  const called = Array.from({ length: 9 }, (_, i) => unit(i, 'inspect', 1.3 + i / 10))
  const good = Array.from({ length: 4 }, (_, i) => unit(20 + i, 'good', 0.9 - i / 10))
  expect(rows([unit(40, 'none', 1, 9999), ...good, ...called])).toEqual([
    ...['8 inspect', '7 inspect', '6 inspect', '5 inspect', '4 inspect'],
    ...['21 good', '22 good', '23 good'],
  ])
})

test('a wall calls out whose flag was issued, not whose flag is proposed or whom only the last midnight calls out', () => {
  const { lower, level } = unit(1, 'inspect', 1.5)
  expect(levelOnWall({ lower, level }, 'inspect', true)).toBe('inspect')
  expect(levelOnWall({ lower, level }, 'inspect', false)).toBe('watch')
  // Issued by the city, and not called out upon the requests of one district.
  expect(levelOnWall({ lower, level: 'none' }, 'none', true)).toBe('none')
})

test('whoever is watched for another reason than these figures stands there as the figures say', () => {
  expect(levelOnWall(unit(1, 'watch', 0.94), 'watch', false)).toBe('none')
  expect(levelOnWall(unit(1, 'good', 0.6), 'watch', false)).toBe('good')
  expect(levelOnWall(unit(1, 'insufficient', 1.5), 'watch', false)).toBe('insufficient')
})
