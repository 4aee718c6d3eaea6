import { expect, test } from 'vitest'
import { type Classes, classesOf, eachChange, NO_CLASSES } from './classes.ts'

const changes = (was: Classes, now: Classes) => {
  const told: [key: number, place: number][] = []
  eachChange(was, now, (key, place) => told.push([key, place]))
  return told
}
const first = classesOf(
  new Map([
    [10, 2],
    [20, 0],
  ]),
)

test('of a state that follows only what differs is told', () => {
  const next = { keys: first.keys, of: Uint8Array.of(3, 2) }
  expect(changes(first, next)).toEqual([[20, 2]])
  expect(changes(first, first)).toEqual([])
})

test('where other buildings are told of, those that are not any more become quiet', () => {
  const other = classesOf(
    new Map([
      [30, 1],
      [10, 2],
    ]),
  )
  expect(changes(first, other)).toEqual([
    [30, 2],
    [20, 0],
  ])
  expect(changes(NO_CLASSES, first)).toEqual([
    [10, 3],
    [20, 1],
  ])
})
