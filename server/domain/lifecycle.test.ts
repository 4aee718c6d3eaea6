import { describe, expect, test } from 'vitest'
import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import { marksOf } from '#server/contract/vocabulary.ts'
import { foldRequest } from './lifecycle.ts'
import type { RequestState } from './request-state.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-02-01T08:00:00Z')
const RECORDED = START + 1000 * HOUR

type Name = RequestEvent['type'] extends `request.${infer N}` ? N : never
type Told = [name: Name, hour: number, body?: object]

/** Events of one request, `hour` counted from its registration. */
const told = (...steps: Told[]): Recorded<RequestEvent>[] =>
  steps.map(
    ([name, hour, body], index) =>
      ({
        type: `request.${name}`,
        id: `t:1:${name}:${hour}`,
        seq: index + 1,
        occurredAt: START + hour * HOUR,
        recordedAt: RECORDED,
        source: 't',
        request: '1',
        ...(name === 'registered' && { channel: 'phone', priority: 'ordinary', kind: 'complaint' }),
        ...body,
      }) as unknown as Recorded<RequestEvent>,
  )
const fold = (...steps: Told[]): RequestState => {
  const state = foldRequest(told(...steps))
  if (!state) throw new Error('no events')
  return state
}
const hours = (instant: number | null) => (instant === null ? null : (instant - START) / HOUR)
const spells = (state: RequestState) =>
  state.spells.map(({ organization, start, end, reason }) => [
    organization,
    hours(start),
    hours(end),
    reason,
  ])

test('no events, no request', () => {
  expect(foldRequest([])).toBeUndefined()
})

describe('the ways a request ends are different outcomes', () => {
  test.for([
    ['confirmed', 'confirmed'],
    ['closed_no_response', 'closed_no_response'],
    ['closed', 'closed'],
    ['refused', 'refused'],
    ['cancelled', 'cancelled'],
    ['marked_duplicate', 'duplicate'],
    ['forwarded', 'forwarded'],
  ] as const)('%s', ([name, outcome]) => {
    const state = fold(['registered', 0], [name, 5])
    expect([state.outcome, state.state, hours(state.closedAt)]).toEqual([outcome, outcome, 5])
    expect(spells(state)).toEqual([[null, 0, 5, outcome]])
    expect(marksOf(state.marks)).toEqual([])
  })

  test('a confirmation after the source closed it, or after silence, makes it confirmed; the first closing stands', () => {
    for (const closing of ['closed', 'closed_no_response'] as const) {
      const state = fold(['registered', 0], ['work_done', 3], [closing, 5], ['confirmed', 30])
      expect([state.outcome, hours(state.closedAt), hours(state.confirmedAt)]).toEqual([
        'confirmed',
        5,
        30,
      ])
      expect(spells(state)).toEqual([[null, 0, 5, 'confirmed']])
      expect(state.marks).toBe(0)
    }
  })

  test('a formal closing after the confirmation takes nothing back', () => {
    const state = fold(['registered', 0], ['confirmed', 5], ['closed', 6])
    expect([state.outcome, hours(state.closedAt), state.marks]).toEqual(['confirmed', 5, 0])
  })

  test('a confirmation of what was refused contradicts it: marked, and the refusal stands', () => {
    const state = fold(['registered', 0], ['refused', 5], ['confirmed', 6])
    expect([state.outcome, marksOf(state.marks)]).toEqual(['refused', ['illegal_transition']])
  })
})

describe('a reopening', () => {
  test('undoes the closing as if the clock had never stopped, and starts a spell', () => {
    const state = fold(['registered', 0], ['closed', 5], ['reopened', 29], ['confirmed', 40])
    expect({
      outcome: state.outcome,
      closedAt: hours(state.closedAt),
      firstClosedAt: hours(state.firstClosedAt),
      firstReopenedAt: hours(state.firstReopenedAt),
      reopenings: state.reopenings,
    }).toEqual({
      outcome: 'confirmed',
      closedAt: 40,
      firstClosedAt: 5,
      firstReopenedAt: 29,
      reopenings: 1,
    })
    expect(spells(state)).toEqual([
      [null, 0, 5, 'closed'],
      [null, 29, 40, 'confirmed'],
    ])
  })

  test('leaves it open until it is closed again', () => {
    const state = fold(['registered', 0], ['confirmed', 5], ['reopened', 29])
    expect([state.outcome, state.state, state.closedAt, state.confirmedAt]).toEqual([
      'open',
      'reopened',
      null,
      null,
    ])
    expect(spells(state).at(-1)).toEqual([null, 29, null, 'open'])
  })

  test('by a resident who rejects work declared done counts from the declaration, in the same spell', () => {
    const state = fold(
      ['registered', 0],
      ['work_done', 10],
      ['awaiting_confirmation', 11],
      ['rejected_by_resident', 20],
      ['reopened', 21],
    )
    expect([hours(state.firstClosedAt), hours(state.firstReopenedAt), state.reopenings]).toEqual([
      10, 20, 1,
    ])
    expect([spells(state), state.marks]).toEqual([[[null, 0, null, 'open']], 0])
  })

  test('of a request that nobody closed contradicts it', () => {
    const state = fold(['registered', 0], ['reopened', 4])
    expect([state.state, state.reopenings, marksOf(state.marks)]).toEqual([
      'registered',
      0,
      ['illegal_transition'],
    ])
  })
})

describe('responsibility', () => {
  test('no request repeats or duplicates itself: the link is marked and counts for nothing', () => {
    const repeat = fold(
      ['registered', 0],
      ['repeat_linked', 1, { of: '1' }],
      ['repeat_linked', 2, { of: '2' }],
    )
    expect([repeat.repeatOf, marksOf(repeat.marks)]).toEqual(['2', ['illegal_transition']])
    const duplicate = fold(['registered', 0], ['marked_duplicate', 1, { of: '1' }])
    expect([duplicate.outcome, duplicate.duplicateOf, marksOf(duplicate.marks)]).toEqual([
      'duplicate',
      null,
      ['illegal_transition'],
    ])
  })

  test('a transfer to whoever holds it already is no transfer', () => {
    const state = fold(
      ['registered', 0, { organization: 'a' }],
      ['transferred', 3, { organization: 'a' }],
      ['transferred', 7, { organization: 'b' }],
      ['transferred', 8, { organization: 'b' }],
    )
    expect([state.transfers, marksOf(state.marks), spells(state)]).toEqual([
      1,
      [],
      [
        [null, 0, 7, 'transferred'],
        ['b', 7, null, 'open'],
      ],
    ])
  })

  test('a transfer ends the spell of one organization and starts that of another; the request goes on', () => {
    const state = fold(['registered', 0], ['transferred', 7, { organization: 'b' }], ['closed', 9])
    expect(spells(state)).toEqual([
      [null, 0, 7, 'transferred'],
      ['b', 7, 9, 'closed'],
    ])
    expect([state.transfers, hours(state.closedAt)]).toEqual([1, 9])
  })

  test('a reopening returns to whoever held it last', () => {
    const state = fold(
      ['registered', 0],
      ['transferred', 7, { organization: 'b' }],
      ['closed', 9],
      ['reopened', 12],
    )
    expect(spells(state).at(-1)).toEqual(['b', 12, null, 'open'])
  })
})

describe('times', () => {
  test('the response is the first act of a person of the organization, not of a machine or the resident', () => {
    const state = fold(
      ['registered', 0],
      ['routed', 0.1],
      ['acknowledged', 0.2, { actor: { party: 'system' } }],
      ['awaiting_resident', 0.5, { actor: { party: 'resident' } }],
      ['assigned', 2, { contractor: 'c', actor: { party: 'organization' } }],
      ['arrived', 3],
    )
    expect([
      hours(state.acknowledgedAt),
      hours(state.assignedAt),
      hours(state.arrivedAt),
      state.contractor,
    ]).toEqual([2, 2, 3, 'c'])
  })

  test('a step that a source does not report is no fault', () => {
    expect(fold(['registered', 0], ['confirmed', 5]).marks).toBe(0)
  })

  test('work returned twice counts two returns and its last completion', () => {
    const state = fold(
      ['registered', 0],
      ['work_done', 2],
      ['returned_for_rework', 3],
      ['work_done', 4],
      ['returned_for_rework', 5],
      ['work_done', 6],
      ['verified', 7],
    )
    expect([state.returns, hours(state.workDoneAt), state.state, state.marks]).toEqual([
      2,
      6,
      'verified',
      0,
    ])
  })
})

describe('dirty records are kept and marked', () => {
  test('closed before it was registered: closed, with its times as told', () => {
    const state = fold(['registered', 0], ['closed', -2])
    expect([state.outcome, hours(state.closedAt), marksOf(state.marks)]).toEqual([
      'closed',
      -2,
      ['closed_before_registered'],
    ])
  })

  test('an ending without a registration: the first event stands for it', () => {
    const state = fold(['closed', 3])
    expect([hours(state.registeredAt), state.outcome, marksOf(state.marks)]).toEqual([
      3,
      'closed',
      ['no_registration'],
    ])
  })

  test('told for a time more than a day after it was recorded', () => {
    const day = RECORDED + 24 * HOUR
    const at = (instant: number) => told(['registered', (instant - START) / HOUR])
    expect(marksOf(foldRequest(at(day))?.marks ?? -1)).toEqual([])
    expect(marksOf(foldRequest(at(day + 1))?.marks ?? -1)).toEqual(['future_time'])
  })

  test('told for a time before there were registers', () => {
    const epoch = told(['registered', -START / HOUR])
    expect(marksOf(foldRequest(epoch)?.marks ?? -1)).toEqual(['implausible_time'])
  })

  test('a second registration: the first one stands', () => {
    const state = fold(['registered', 0, { building: 'a' }], ['registered', 1, { building: 'b' }])
    expect([state.building, hours(state.registeredAt), marksOf(state.marks)]).toEqual([
      'a',
      0,
      ['illegal_transition'],
    ])
  })

  test('work on what is closed already changes nothing', () => {
    const state = fold(['registered', 0], ['closed', 5], ['started', 6], ['transferred', 7])
    expect([state.state, state.transfers, spells(state), marksOf(state.marks)]).toEqual([
      'closed',
      0,
      [[null, 0, 5, 'closed']],
      ['illegal_transition'],
    ])
  })
})

test('events of one instant come in the order in which a request lives', () => {
  const state = fold(['confirmed', 4], ['work_done', 4], ['reopened', 4], ['registered', 0])
  expect([state.state, state.reopenings, hours(state.firstClosedAt), state.marks]).toEqual([
    'reopened',
    1,
    4,
    0,
  ])
})
