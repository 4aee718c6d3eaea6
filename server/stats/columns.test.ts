import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ascending } from './columns.ts'

test('places are in the order of their numbers, those of equal ones as they come', () => {
  const some = fc.oneof(fc.nat(5), fc.integer({ min: 0, max: 2 ** 42 - 1 }))
  fc.assert(
    fc.property(fc.array(some), (numbers) => {
      const places = [...numbers.keys()].sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0))
      expect([...ascending(numbers)]).toEqual(places)
    }),
  )
})

test.for([-1, 0.5, Number.NaN, 2 ** 42])('%d cannot be sorted', (number) => {
  expect(() => ascending([number])).toThrow(RangeError)
})
