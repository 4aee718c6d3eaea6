import { describe, expect, test } from 'vitest'
import { joinedIncidents, type Member, placesOf } from './incident.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const member = (key: number, hour: number, more: Partial<Member> = {}): Member => ({
  ...{ key, registeredAt: hour * HOUR, closedAt: null, firstClosedAt: null },
  ...{ sound: true, placed: false, kept: true, duplicate: false, linked: false },
  ...{ subject: 0, entrance: 0, riser: 0, reopenDelayS: null },
  ...more,
})
const closed = (hour: number) => ({ closedAt: hour * HOUR, firstClosedAt: hour * HOUR })
const incidents = (...members: Member[]) => placesOf(members).map(({ incident }) => incident)

describe('an incident', () => {
  test('gathers what is registered within a day of the first while that is open', () => {
    expect(incidents(member(1, 0), member(2, 5), member(3, 24), member(4, 24.01))).toEqual([
      1, 1, 1, 4,
    ])
  })
  test('is over when its first request is closed', () => {
    expect(incidents(member(1, 0, closed(3)), member(2, 2), member(3, 3), member(4, 4))).toEqual([
      1, 1, 3, 3,
    ])
  })
  test('a request that a person placed neither joins nor gathers others', () => {
    const placed = { placed: true }
    expect(incidents(member(1, 0, placed), member(2, 1), member(3, 2, placed))).toEqual([1, 2, 3])
  })
  test('one whose times cannot be trusted stands alone', () => {
    expect(incidents(member(1, 0), member(2, 1, { sound: false }), member(3, 2))).toEqual([1, 2, 1])
  })
  test('the same person in the same incident is a duplicate of the first report', () => {
    const places = placesOf([
      member(1, 0, { subject: 7 }),
      member(2, 1, { subject: 8 }),
      member(3, 2, { subject: 7 }),
      member(4, 3),
      member(5, 4, { subject: 7 }),
    ])
    expect(places.map(({ duplicateOf }) => duplicateOf)).toEqual([null, null, 1, null, 1])
  })
})

describe('a repeat under a new number', () => {
  const repeats = (first: Partial<Member>, again: Partial<Member>, hour = 10) =>
    placesOf([
      member(1, 0, { ...closed(4), riser: 2, entrance: 1, subject: 7, ...first }),
      member(2, hour, again),
    ])
  const riser = { riser: 2, entrance: 1 }

  test('is of the same person, or of the same riser of the same entrance', () => {
    expect(repeats({}, riser)[1]?.hiddenRepeatOf).toBe(1)
    expect(repeats({}, { subject: 7 })[1]?.hiddenRepeatOf).toBe(1)
    expect(repeats({}, { riser: 2, entrance: 2 })[1]?.hiddenRepeatOf).toBeNull()
    expect(repeats({}, { riser: 2 })[1]?.hiddenRepeatOf).toBeNull()
    expect(repeats({}, {})[1]?.hiddenRepeatOf).toBeNull()
  })
  test('brings the earlier request back after the time between them', () => {
    expect(repeats({}, riser)[0]?.effectiveReopenDelayS).toBe(6 * 3600)
    expect(repeats({ reopenDelayS: 3600 }, riser)[0]?.effectiveReopenDelayS).toBe(3600)
    expect(repeats({}, {})[0]?.effectiveReopenDelayS).toBeNull()
  })
  test('is one up to fourteen days after the closing, the last instant included', () => {
    expect(repeats({}, riser, 4 + 14 * 24)[1]?.hiddenRepeatOf).toBe(1)
    expect(repeats({}, riser, 4 + 14 * 24 + 0.01)[1]?.hiddenRepeatOf).toBeNull()
    expect(repeats({}, riser, 3)[1]?.hiddenRepeatOf).toBeNull()
  })
  test('is none where the source links it, or where the earlier was withdrawn or a duplicate', () => {
    expect(repeats({}, { ...riser, linked: true })[1]?.hiddenRepeatOf).toBeNull()
    expect(repeats({ kept: false }, riser)[1]?.hiddenRepeatOf).toBeNull()
  })
  test('of a call closed as a duplicate is one after the first request of its incident is closed', () => {
    const hourOfReturn = (hour: number) =>
      placesOf([
        member(1, 0, closed(10)),
        member(2, 1, { ...closed(2), ...riser, kept: false, duplicate: true }),
        member(3, hour, { ...riser, placed: true }),
      ]).map(({ hiddenRepeatOf }) => hiddenRepeatOf)
    expect(hourOfReturn(9)).toEqual([null, null, null])
    expect(hourOfReturn(11)).toEqual([null, null, 2])
    expect(hourOfReturn(10 + 14 * 24 + 0.01)).toEqual([null, null, null])
  })
  test('is of the closing nearest before it', () => {
    const places = placesOf([
      member(1, 0, { ...closed(30), subject: 7 }),
      member(2, 10, { ...closed(12), subject: 7, placed: true }),
      member(3, 40, { subject: 7 }),
      member(4, 20 + DAY / HOUR, { subject: 7, placed: true }),
    ])
    expect(places.map(({ hiddenRepeatOf }) => hiddenRepeatOf)).toEqual([null, null, 1, 1])
  })
})

describe('joined by a person', () => {
  const heads = new Map([
    [10, 9],
    [20, 20],
  ])
  const joined = (...joins: [number, number][]) =>
    Object.fromEntries(joinedIncidents(new Map(joins), (key) => heads.get(key)))

  test('a request is of the incident of the other, through others joined to it', () => {
    expect(joined([1, 10], [2, 1], [3, 2])).toEqual({ 1: 9, 2: 9, 3: 9 })
  })
  test('a circle is nobody’s incident', () => {
    expect(joined([1, 2], [2, 1], [3, 1])).toEqual({ 1: 1, 2: 2, 3: 3 })
  })
})
