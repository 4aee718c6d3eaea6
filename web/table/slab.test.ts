import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeOf, rowOf, slabRows } from './slab.ts'

test('a list that fits is its own slab', () => {
  const slab = { total: 1000, count: slabRows(1000, 34), visible: 20 }
  expect(slab.count).toBe(1000)
  expect(placeOf(0, slab)).toEqual({ base: 0, scrolled: 0 })
  expect(placeOf(500, slab)).toEqual({ base: 0, scrolled: 500 })
  expect(placeOf(5000, slab)).toEqual({ base: 0, scrolled: 980 })
})

test('the ends of a million rows are the ends of the slab', () => {
  const slab = { total: 1_000_000, count: slabRows(1_000_000, 34), visible: 20 }
  expect(slab.count).toBe(235_294)
  expect(placeOf(0, slab)).toEqual({ base: 0, scrolled: 0 })
  expect(placeOf(1_000_000, slab)).toEqual({ base: 764_706, scrolled: 235_274 })
  expect(rowOf(235_274, slab)).toBe(999_980)
})

test('any row is in the slab that shows it, and the scroll bar leads back to it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 24, max: 120 }),
      fc.double({ min: 1, max: 60, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (total, rowHeight, visible, share) => {
        const slab = { total, count: slabRows(total, rowHeight), visible }
        const row = share * Math.max(0, total - visible)
        const { base, scrolled } = placeOf(row, slab)
        expect(base).toBeGreaterThanOrEqual(0)
        expect(base + slab.count).toBeLessThanOrEqual(total)
        expect(scrolled).toBeGreaterThanOrEqual(-1e-6)
        expect(base + scrolled).toBeCloseTo(row, 6)
        if (slab.count > visible && total > slab.count)
          expect(Math.abs(rowOf(scrolled, slab) - row)).toBeLessThanOrEqual(total / slab.count)
      },
    ),
  )
})
