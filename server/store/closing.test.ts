import { describe, expect, test } from 'vitest'
import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import { DOERS } from '#server/contract/vocabulary.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { localClock } from '#server/domain/local-time.ts'
import { closingOf } from './closing.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** 10:00 in Almaty. */
const START = Date.parse('2026-02-10T10:00:00+05:00')

let seq = 0
type Body = Partial<RequestEvent> & { heard?: number }
const told = (type: RequestEvent['type'], hours: number, { heard = 0, ...body }: Body = {}) => {
  const occurredAt = START + hours * HOUR
  const id = `e-${++seq}`
  const envelope = { id, type, occurredAt, source: 'companies', request: '1-1', seq }
  return { ...envelope, recordedAt: occurredAt + heard, ...body } as Recorded<RequestEvent>
}
const by = (party: 'organization' | 'resident' | 'operator' | 'system', id?: string): Body => ({
  actor: id === undefined ? { party } : { party, id },
})

function closing(...events: Recorded<RequestEvent>[]) {
  const state = foldRequest([told('request.registered', 0), ...events])
  if (!state) throw new Error('nothing was folded')
  const timed = !events.some(({ timeUnknown }) => timeUnknown)
  return { state, row: closingOf(state, timed, localClock('Asia/Almaty')) }
}
const doer = (position: number | null | undefined) => DOERS[position ?? -1]

describe('the first closing', () => {
  test('is told by who made it, on which minute of the local day, and how late we heard', () => {
    const { row } = closing(
      told('request.closed', 2.5, { ...by('organization', 'uk-1/3'), heard: 3 * HOUR }),
    )
    expect(doer(row.first_closed_by)).toBe('organization')
    expect(row).toMatchObject({ first_closed_minute: 12 * 60 + 30, first_closed_heard_s: 10_800 })
  })

  test('stays the first: a reopening and a closing by another account do not change it', () => {
    const once = closing(told('request.closed', 2, by('organization', 'uk-1/3')))
    const twice = closing(
      told('request.closed', 2, by('organization', 'uk-1/3')),
      told('request.reopened', 5),
      told('request.closed', 9, by('operator', '109/2')),
    )
    expect({ ...twice.row, closed_by: null }).toEqual({ ...once.row, closed_by: null })
    expect([doer(once.row.closed_by), doer(twice.row.closed_by)]).toEqual([
      'organization',
      'operator',
    ])
  })

  test('two accounts of an organization are two, and no account is none', () => {
    const account = (id?: string) =>
      closing(told('request.closed', 1, by('organization', id))).row.account
    expect(account('uk-1/1')).not.toBe(account('uk-1/2'))
    expect(account()).toBeNull()
  })

  test('later silence of the resident does not make the system its author', () => {
    const { row } = closing(
      told('request.closed', 1, by('organization', 'uk-1/1')),
      told('request.closed_no_response', 200, by('system')),
    )
    expect([doer(row.first_closed_by), doer(row.closed_by)]).toEqual([
      'organization',
      'organization',
    ])
  })

  test('work that was only declared and rejected was closed by nobody', () => {
    const { state, row } = closing(
      told('request.work_done', 2),
      told('request.rejected_by_resident', 3, by('resident')),
    )
    expect(state.firstClosedAt).toBe(START + 2 * HOUR)
    expect(row).toMatchObject({ first_closed_by: null, account: null, first_closed_heard_s: null })
  })

  test('one of unknown time has no minute and was not heard of late', () => {
    const { row } = closing(told('request.closed', 2, { timeUnknown: true, heard: 90 * HOUR }))
    expect(row).toMatchObject({ first_closed_minute: null, first_closed_heard_s: null })
  })
})

describe('a request is let go of', () => {
  test('when who answers for it cancels it, or hands it over, but not when the resident withdraws it', () => {
    const at = (...events: Recorded<RequestEvent>[]) => closing(...events).row.dropped_at
    expect(at(told('request.cancelled', 4, by('organization')))).toBe(START + 4 * HOUR)
    expect(at(told('request.cancelled', 4, by('resident')))).toBeNull()
    expect(at(told('request.closed', 4, by('organization')))).toBeNull()
    const handed = told('request.transferred', 5, { ...by('organization'), organization: 'uk-2' })
    expect(at(handed)).toBe(START + 5 * HOUR)
    expect(at(told('request.transferred', 5, { ...by('operator'), organization: 'uk-2' }))).toBe(
      null,
    )
  })

  test('and a cancelling that was struck out is none', () => {
    const cancelled = told('request.cancelled', 4, by('organization'))
    const struck = told('request.corrected', 5, { event: cancelled.id, reason: 'by mistake' })
    expect(closing(cancelled, struck).row.dropped_at).toBeNull()
  })
})

test('the document that proves the work is the last one told, and the first urgency outlives changes', () => {
  const { state } = closing(
    told('request.priority_changed', 1, { priority: 'emergency' }),
    told('request.work_done', 2, { scan: 'scan-1' }),
    told('request.work_done', 3),
    told('request.work_done', 4, { scan: 'scan-2' }),
  )
  expect([state.scan, state.firstPriority, state.priority]).toEqual([
    'scan-2',
    'ordinary',
    'emergency',
  ])
})
