import { expect, test } from 'vitest'
import { backlogView, LABELS_WIDTH } from './backlog-view.ts'

test('the pieces fill the bar with a px between them, and the overdue part keeps its share', () => {
  const { pieces } = backlogView(
    [
      { open: 60, overdue: 0 },
      { open: 0, overdue: 0 },
      { open: 40, overdue: 10 },
    ],
    101,
  )
  expect(pieces).toEqual([
    { x: 0, width: 60, overdue: 0 },
    { x: 61, width: 0, overdue: 0 },
    { x: 61, width: 40, overdue: 10 },
  ])
})

test('one overdue request among thousands is still seen', () => {
  const { pieces } = backlogView([{ open: 9000, overdue: 1 }], 440)
  expect(pieces[0]?.overdue).toBe(1)
})

test('nothing open draws nothing and divides by nothing', () => {
  expect(backlogView([{ open: 0, overdue: 0 }], 440)).toEqual({
    pieces: [{ x: 0, width: 0, overdue: 0 }],
    columns: [LABELS_WIDTH + (440 - LABELS_WIDTH) / 2],
  })
})
