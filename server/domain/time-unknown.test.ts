import { expect, test } from 'vitest'
import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import { marksOf } from '#server/contract/vocabulary.ts'
import { foldRequest } from './lifecycle.ts'

const MAY = Date.UTC(2018, 4, 1)
const SNAPSHOT = Date.UTC(2019, 2, 1)

const registered = {
  id: 'minsk-115:368:registered',
  type: 'request.registered',
  occurredAt: MAY,
  recordedAt: SNAPSHOT,
  seq: 1,
  source: 'minsk-115',
  request: '368',
  channel: 'unknown',
  priority: 'ordinary',
  kind: 'work_request',
} satisfies Recorded<RequestEvent>

const step = (type: 'request.closed' | 'request.deferred' | 'request.arrived') =>
  ({
    id: `minsk-115:368:${type}`,
    type,
    occurredAt: SNAPSHOT,
    recordedAt: SNAPSHOT,
    seq: 2,
    source: 'minsk-115',
    request: '368',
    timeUnknown: true,
  }) satisfies Recorded<RequestEvent>

test('a closing whose time its source does not publish closes the request and is marked', () => {
  const state = foldRequest([registered, step('request.closed')])
  expect(state?.outcome).toBe('closed')
  expect(state?.closedAt).toBe(SNAPSHOT)
  expect(marksOf(state?.marks ?? 0)).toEqual(['closing_time_unknown'])
})

test('a step whose time is unknown changes the state and answers nobody: no time is invented', () => {
  const deferred = foldRequest([registered, step('request.deferred')])
  expect(deferred).toMatchObject({ state: 'deferred', acknowledgedAt: null, marks: 0 })
  const arrived = foldRequest([registered, step('request.arrived')])
  expect(arrived).toMatchObject({ state: 'arrived', acknowledgedAt: null, arrivedAt: null })
})
