import { expect, test } from 'vitest'
import { dueState } from './due.ts'

const at = (minutes: number) => minutes * 60_000

test('an open request is overdue only past its due time', () => {
  expect(dueState({ dueAt: at(60), closedAt: null }, at(30))).toEqual({
    kind: 'left',
    seconds: 1800,
  })
  expect(dueState({ dueAt: at(60), closedAt: null }, at(60))).toEqual({ kind: 'left', seconds: 0 })
  expect(dueState({ dueAt: at(60), closedAt: null }, at(61))).toEqual({
    kind: 'overdue',
    seconds: 60,
  })
})

test('a closed request is judged at its closing, whatever the time is now', () => {
  expect(dueState({ dueAt: at(60), closedAt: at(60) }, at(999))).toEqual({ kind: 'inTime' })
  expect(dueState({ dueAt: at(60), closedAt: at(90) }, at(999))).toEqual({
    kind: 'late',
    seconds: 1800,
  })
})

test('without a due time there is nothing to be late for', () => {
  expect(dueState({ dueAt: null, closedAt: null }, at(999))).toEqual({ kind: 'none' })
})
