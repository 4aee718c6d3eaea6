import { expect, test } from 'vitest'
import { playbackOf, type Stretch } from './playback.ts'

const MINUTE = 60_000
const none = {
  at: [],
  house: [],
  open: [],
  overdue: [],
  emergency: [],
  emergencyOverdue: [],
  late: [],
}

/**
 * Two houses and what has none. b-1 has one open request; another, an emergency, comes after two minutes and is heard of after ten; the first
 * is closed after five. Ten seconds before the frame something came to b-2.
 */
const stretch: Stretch = {
  at: 1_000_000,
  to: 1_000_000 + 20 * MINUTE,
  houses: ['b-1', 'b-2', ''],
  was: {
    ...{ open: [1, 1, 2], overdue: [0, 1, 0], emergency: [0, 0, 0], emergencyOverdue: [0, 0, 0] },
    changes: {
      at: [-10_000, 2 * MINUTE, 5 * MINUTE],
      ...{ house: [1, 0, 0], open: [1, 1, -1], overdue: [0, 0, 0], late: [0, 0, 0] },
      ...{ emergency: [0, 1, 0], emergencyOverdue: [0, 0, 0] },
    },
  },
  known: {
    ...{ open: [1, 1, 2], overdue: [0, 1, 0], emergency: [0, 0, 0], emergencyOverdue: [0, 0, 0] },
    changes: {
      ...none,
      at: [5 * MINUTE, 10 * MINUTE],
      ...{ house: [0, 0], open: [-1, 1], overdue: [0, 0], late: [0, 8 * MINUTE] },
      ...{ emergency: [0, 1], emergencyOverdue: [0, 0] },
    },
  },
}
const after = (minutes: number) => stretch.at + minutes * MINUTE

test('forwards and backwards every instant gives the same counts, by both clocks', () => {
  const one = playbackOf(stretch)
  const open = (minutes: number) => {
    const { totals } = one.frameAt(after(minutes), 'was')
    return [totals.was.open, totals.known.open, totals.was.emergency, totals.known.emergency]
  }
  const instants = [0, 1, 2, 4.9, 5, 9, 10, 20]
  const forwards = instants.map(open)
  expect(forwards).toEqual([
    [4, 4, 0, 0],
    [4, 4, 0, 0],
    [5, 4, 1, 0],
    [5, 4, 1, 0],
    [4, 3, 1, 0],
    [4, 3, 1, 0],
    [4, 4, 1, 1],
    [4, 4, 1, 1],
  ])
  expect(instants.toReversed().map(open)).toEqual(forwards.toReversed())
})

test('the map is given the clock that was chosen, houses without anything open are left out', () => {
  const { counts } = playbackOf(stretch).frameAt(after(6), 'known')
  expect([...counts.buildings.keys()]).toEqual(['b-2'])
  expect(counts.elsewhere.open).toBe(2)
  expect(playbackOf(stretch).frameAt(after(6), 'was').counts.buildings.get('b-1')).toEqual({
    ...{ open: 1, overdue: 0, emergencies: 1, emergenciesPastLimit: 0 },
  })
})

test('what came late is marked while it is new, and only by the clock of what was known', () => {
  const one = playbackOf(stretch)
  expect(one.frameAt(after(9), 'known').late).toEqual([])
  const arrived = one.frameAt(after(10), 'known')
  expect(arrived.late).toEqual([{ at: after(10), house: 'b-1', by: 8 * MINUTE }])
  expect([...arrived.counts.late.keys()]).toEqual(['b-1'])
  expect([...one.frameAt(after(10), 'was').counts.late.keys()]).toEqual([])
  expect(one.frameAt(after(12), 'known').late).toEqual([])
})

test('the minute before a frame says what came and went, also what lies before the answer', () => {
  const one = playbackOf(stretch)
  expect(one.frameAt(after(0), 'was').minute).toEqual({
    was: { came: 1, went: 0 },
    known: { came: 0, went: 0 },
  })
  expect(one.frameAt(after(5.5), 'was').minute.was).toEqual({ came: 0, went: 1 })
})

test('while nothing changes the map is given the same object', () => {
  const one = playbackOf(stretch)
  const counts = one.frameAt(after(6), 'was').counts
  expect(one.frameAt(after(8), 'was').counts).toBe(counts)
})
