import { expect, test } from 'vitest'
import type { LiveFrame } from '#server/contract/live.ts'
import { after } from './live-state.ts'

const state = {
  revision: 5,
  keys: [10, 20],
  open: [2, 4],
  overdue: [0, 3],
  emergency: [0, 2],
  emergencyOverdue: [0, 2],
  totals: { open: 6, overdue: 3, emergency: 2, emergencyOverdue: 2 },
}
const frame: LiveFrame = {
  kind: 'changes',
  topic: 'city',
  since: 0,
  state: 'serving',
  revision: 6,
  at: 0,
  open: 6,
  overdue: 2,
  emergency: 1,
  emergencyOverdue: 1,
  registeredToday: 9,
  buildings: [
    [20, 3, 2, 1],
    [15, 1, 0, 0],
  ],
  events: [],
  sources: [],
}

test('a frame changes the buildings it names, adds new ones, and brings its totals', () => {
  expect(after(state, frame)).toEqual({
    revision: 6,
    keys: [10, 15, 20],
    open: [2, 1, 3],
    overdue: [0, 0, 2],
    emergency: [0, 0, 1],
    emergencyOverdue: [0, 0, 1],
    totals: { open: 6, overdue: 2, emergency: 1, emergencyOverdue: 1 },
  })
})

test('a frame that the answer already knows, or a reset, changes nothing', () => {
  expect(after(state, { ...frame, revision: 5 })).toBe(state)
  expect(after(state, { ...frame, kind: 'reset' })).toBe(state)
})

test('a column in which nothing changes is the very same', () => {
  const next = after(state, { ...frame, buildings: [[20, 5, 3, 2]] })
  expect(next.open).toEqual([2, 5])
  expect(next.keys).toBe(state.keys)
  expect(next.overdue).toBe(state.overdue)
  expect(next.emergency).toBe(state.emergency)
  expect(next.emergencyOverdue).toBe(state.emergencyOverdue)
})
