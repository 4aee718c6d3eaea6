import { expect, test } from 'vitest'
import { type BuildingState, CLASSES, classOf, intensity, legendOf, MEASURES } from './layers.ts'

const house = (state: Partial<BuildingState>): BuildingState => ({
  open: 0,
  overdue: 0,
  emergency: 0,
  emergencyOverdue: 0,
  apartments: 100,
  deviation: 'usual',
  comparable: true,
  silent: false,
  difference: 0,
  ...state,
})
const word = (measure: (typeof MEASURES)[number], state: Partial<BuildingState>) =>
  CLASSES[measure][classOf(measure, house(state))]?.word

test.for([
  [0, 'none'],
  [1, 'one'],
  [2, 'twoThree'],
  [3, 'twoThree'],
  [4, 'fourSeven'],
  [7, 'fourSeven'],
  [8, 'eight'],
  [400, 'eight'],
] as const)('%i open requests are of class %s', ([open, expected]) => {
  expect(word('open', { open })).toBe(expected)
})

test.for([
  [0, 'none'],
  [1, 'one'],
  [3, 'twoThree'],
  [4, 'four'],
  [90, 'four'],
] as const)('%i overdue requests are of class %s', ([overdue, expected]) => {
  expect(word('overdue', { open: 90, overdue })).toBe(expected)
})

test('an emergency is red only past its limit, and then it has a ring as well', () => {
  expect(word('emergency', { emergency: 5 })).toBe('inTime')
  expect(word('emergency', { emergency: 5, emergencyOverdue: 1 })).toBe('pastLimit')
  const red = MEASURES.flatMap((measure) => CLASSES[measure]).filter(
    ({ colour }) => colour === 'danger',
  )
  expect(red).toEqual([{ word: 'pastLimit', colour: 'danger', stroke: 'danger', ring: true }])
})

test('intensity is open requests per 100 apartments, and unknown where the apartments are', () => {
  expect(intensity(house({ open: 3, apartments: 60 }))).toBe(5)
  expect(word('intensity', { open: 1, apartments: 101 })).toBe('belowOne')
  expect(word('intensity', { open: 1 })).toBe('oneTwo')
  expect(word('intensity', { open: 2 })).toBe('twoFour')
  expect(word('intensity', { open: 4 })).toBe('fourPlus')
  expect(word('intensity', { open: 4, apartments: null })).toBe('unknown')
  expect(word('intensity', { open: 0 })).toBe('none')
})

test('the legend counts every building once, in the order of the classes', () => {
  const classes = [0, 3, 3, 1].map((open) => classOf('open', house({ open })))
  expect(legendOf('open', classes)).toEqual([1, 1, 2, 0, 0])
})
