import { expect, test } from 'vitest'
import { LiveFrame } from './live.ts'

const frame = (buildings: unknown) => ({
  ...{ kind: 'changes', topic: 'city', since: 1, state: 'serving', revision: 2, at: 0 },
  ...{ open: 1, overdue: 0, emergency: 0, emergencyOverdue: 0, registeredToday: 0 },
  ...{ buildings, events: [], sources: [] },
})

test('a frame names a building by its key and three counts, and nothing else is one', () => {
  expect(LiveFrame.parse(frame([[7, 3, 2, 1]])).buildings).toEqual([[7, 3, 2, 1]])
  for (const wrong of [
    [[7, 3, 2]],
    [[7, 3, 2, -1]],
    [[7, 3, 2.5, 1]],
    [['7', 3, 2, 1]],
    [null],
    {},
  ])
    expect(LiveFrame.safeParse(frame(wrong)).success).toBe(false)
})
