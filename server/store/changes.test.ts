import { expect, test } from 'vitest'
import { createChanges } from './changes.ts'

test('rows changed since a revision begin with the earliest day that a later commit touched', () => {
  const changes = createChanges()
  changes.note(2, 100)
  changes.note(3, 100)
  expect(changes.changedFrom(1)).toBe(100)
  changes.note(4, 40)
  expect(changes.changedFrom(3)).toBe(40)
  changes.note(5, 100)
  expect([1, 3, 4].map(changes.changedFrom)).toEqual([40, 40, 100])
})

test('a commit that touched no request changes no row', () => {
  const changes = createChanges()
  changes.note(2, Number.POSITIVE_INFINITY)
  expect(changes.changedFrom(1)).toBe(Number.POSITIVE_INFINITY)
})

test('facts made anew change every row', () => {
  const changes = createChanges()
  changes.note(2, Number.NEGATIVE_INFINITY)
  changes.note(3, 100)
  expect([1, 2].map(changes.changedFrom)).toEqual([Number.NEGATIVE_INFINITY, 100])
})
