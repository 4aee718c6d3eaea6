import { expect, test } from 'vitest'
import type { LiveFrame } from '#server/contract/live.ts'
import type { State } from './answers.ts'
import { withFrame } from './with-frame.ts'

const state = {
  now: 1000,
  today: 5,
  open: { value: 10, usual: null, sinceMidnight: -2 },
  overdue: { value: 3, usual: null },
  emergency: { value: 0, overdue: 0, usual: null, known: false },
  inflow: { total: 7 },
} as unknown as State
const frame = {
  at: 2000,
  open: 12,
  overdue: 4,
  emergency: 1,
  emergencyOverdue: 0,
  registeredToday: 9,
} as LiveFrame

test('the newest counts stand over the last answer', () => {
  expect(withFrame(state, frame, 5)).toMatchObject({
    open: { value: 12, sinceMidnight: 0 },
    overdue: { value: 4 },
    emergency: { value: 1, known: true },
    inflow: { total: 9 },
  })
})

test('a frame older than the answer changes nothing', () => {
  expect(withFrame(state, { ...frame, at: 999 }, 5)).toBe(state)
})

test('after midnight the inflow waits for its answer', () => {
  expect(withFrame(state, frame, 6).inflow.total).toBe(7)
})

test('a city without due times gets none from a frame', () => {
  expect(withFrame({ ...state, overdue: null }, frame, 5).overdue).toBeNull()
})
