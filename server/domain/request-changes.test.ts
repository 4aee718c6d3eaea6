import { describe, expect, test } from 'vitest'
import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import { marksOf } from '#server/contract/vocabulary.ts'
import { foldRequest } from './lifecycle.ts'
import { pausedFor } from './net-clock.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-02-01T08:00:00Z')

type Name = RequestEvent['type'] extends `request.${infer N}` ? N : never
type Told = [name: Name, hour: number, body?: object]

const fold = (...steps: Told[]) => {
  const events = steps.map(
    ([name, hour, body], index) =>
      ({
        type: `request.${name}`,
        id: `t:1:${name}:${hour}`,
        seq: index + 1,
        occurredAt: START + hour * HOUR,
        recordedAt: START + 1000 * HOUR,
        source: 't',
        request: '1',
        ...(name === 'registered' && { channel: 'phone', priority: 'urgent', kind: 'complaint' }),
        ...body,
      }) as unknown as Recorded<RequestEvent>,
  )
  const state = foldRequest(events)
  if (!state) throw new Error('no events')
  return state
}
const hours = (instant: number | null) => (instant === null ? null : (instant - START) / HOUR)

describe('what is learned of a request', () => {
  test('counts from the start: the new category, priority and building are the ones it has', () => {
    const state = fold(
      ['registered', 0, { category: 'leak', place: 'ул. Мира' }],
      ['category_changed', 2, { category: 'heating' }],
      ['priority_changed', 3, { priority: 'emergency' }],
      ['address_resolved', 4, { building: 'b-1' }],
    )
    expect(state).toMatchObject({ category: 'heating', priority: 'emergency', building: 'b-1' })
    expect(state).toMatchObject({ place: 'ул. Мира', downgradedAt: null, marks: 0 })
    expect(state.acknowledgedAt).toBeNull()
  })

  test('a priority once lowered is remembered, though raised again', () => {
    const state = fold(
      ['registered', 0],
      ['priority_changed', 3, { priority: 'ordinary' }],
      ['priority_changed', 5, { priority: 'emergency' }],
    )
    expect(state.priority).toBe('emergency')
    expect(hours(state.downgradedAt)).toBe(3)
  })

  test('a message becomes an appeal when somebody confirms who asks; its response clock runs on', () => {
    const message: Told = ['registered', 0, { kind: 'message', channel: 'social_network' }]
    expect(fold(message).appealAt).toBeNull()
    const state = fold(
      message,
      ['identity_verified', 5, { kind: 'complaint' }],
      ['acknowledged', 6, { actor: { party: 'organization' } }],
    )
    expect(state).toMatchObject({ kind: 'complaint', identityVerified: true, registeredAt: START })
    expect(hours(state.appealAt)).toBe(5)
    expect(hours(state.acknowledgedAt)).toBe(6)
  })

  test('what was never a message is an appeal from its registration', () => {
    expect(hours(fold(['registered', 0], ['identity_verified', 5]).appealAt)).toBe(0)
  })

  test('the last word of a person on its incident stands', () => {
    expect(fold(['registered', 0], ['joined', 1, { to: '7' }], ['split', 2]).incident).toBe('split')
    expect(fold(['registered', 0], ['split', 1], ['joined', 2, { to: '7' }]).incident).toEqual({
      of: '7',
    })
  })

  test('reopened, it is nobody’s duplicate any more', () => {
    const duplicate: Told[] = [
      ['registered', 0],
      ['marked_duplicate', 1, { of: '7' }],
    ]
    expect(fold(...duplicate).duplicateOf).toBe('7')
    expect(fold(...duplicate, ['reopened', 2]).duplicateOf).toBeNull()
  })
})

describe('a correction', () => {
  test('takes a closing away: the request is open as before', () => {
    const state = fold(
      ['registered', 0],
      ['started', 1],
      ['closed', 2],
      ['corrected', 5, { event: 't:1:closed:2', reason: 'закрыта по ошибке' }],
    )
    expect(state).toMatchObject({ state: 'in_progress', outcome: 'open', closedAt: null, ver: 4 })
    expect(state.spells).toHaveLength(1)
  })

  test('of the registration leaves a request without one', () => {
    const state = fold(
      ['registered', 0, { building: 'b-1' }],
      ['acknowledged', 3],
      ['corrected', 4, { event: 't:1:registered:0', reason: 'чужая заявка' }],
    )
    expect(state).toMatchObject({ building: null, registeredAt: START + 3 * HOUR })
    expect(marksOf(state.marks)).toEqual(['no_registration'])
  })

  test('of everything that was told of it leaves a request that was open at no time, until something else is told', () => {
    const wrong: Told[] = [
      ['registered', 1],
      ['corrected', 4, { event: 't:1:registered:1', reason: 'заявка внесена дважды' }],
    ]
    const state = fold(...wrong)
    expect(state).toMatchObject({ outcome: 'cancelled', state: 'cancelled', acknowledgedAt: null })
    expect([hours(state.registeredAt), hours(state.closedAt), state.ver]).toEqual([1, 1, 2])
    expect(state.spells.map(({ start, end }) => [hours(start), hours(end)])).toEqual([[1, 1]])
    expect(marksOf(state.marks)).toEqual(['no_registration', 'closing_time_unknown'])
    expect(fold(...wrong, ['registered', 5]).outcome).toBe('open')
  })

  test('of an event that never came, or of a correction, is marked and changes nothing', () => {
    const state = fold(
      ['registered', 0],
      ['closed', 2],
      ['corrected', 3, { event: 't:1:closed:2', reason: 'ошибка' }],
      ['corrected', 4, { event: 't:1:corrected:3', reason: 'не ошибка' }],
      ['corrected', 5, { event: 'other', reason: 'ошибка' }],
    )
    expect(state.outcome).toBe('open')
    expect(marksOf(state.marks)).toEqual(['unknown_event'])
  })
})

describe('pauses', () => {
  test('are kept beside the clock: put off, then waiting for the resident, then worked on', () => {
    const state = fold(
      ['registered', 0],
      ['deferred', 2, { until: START + 20 * HOUR }],
      ['awaiting_resident', 10],
      ['started', 13],
      ['awaiting_supplier', 15],
    )
    expect(
      state.pauses.map(({ reason, start, end, until }) => [
        reason,
        hours(start),
        hours(end),
        hours(until),
      ]),
    ).toEqual([
      ['deferred', 2, 10, 20],
      ['awaiting_resident', 10, 13, null],
      ['awaiting_supplier', 15, null, null],
    ])
    expect(pausedFor(state.pauses)).toEqual({ ended: 11 * HOUR, since: START + 15 * HOUR })
  })

  test('a transfer does not end one, a closing does', () => {
    const state = fold(
      ['registered', 0],
      ['deferred', 2],
      ['transferred', 4, { organization: 'b' }],
      ['closed', 9],
    )
    expect(state.pauses.map(({ start, end }) => [hours(start), hours(end)])).toEqual([[2, 9]])
  })
})
