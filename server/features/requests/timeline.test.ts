import { expect, test } from 'vitest'
import type { Recorded } from '#server/contract/events.ts'
import { timelineOf } from './timeline.ts'

test("a phone in a source's reason of a correction is masked where it is said and where it strikes through", () => {
  const told = (seq: number, type: string, more: object) =>
    ({
      ...{ id: `e-${seq}`, type, seq, source: 's', request: '1', occurredAt: seq, recordedAt: seq },
      ...more,
    }) as unknown as Recorded
  const lines = timelineOf([
    told(1, 'request.registered', { priority: 'ordinary', kind: 'work_request', channel: 'phone' }),
    told(2, 'request.acknowledged', {}),
    told(3, 'request.corrected', { event: 'e-2', reason: 'ошибка, звонить 8 701 555-01-02' }),
  ])
  expect(lines.map(({ said, corrected }) => [said, corrected?.reason ?? null])).toEqual([
    [null, null],
    [null, 'ошибка, звонить •••02'],
    ['ошибка, звонить •••02', null],
  ])
})

test('a request that is put off says until when, why, and whether the resident agreed, where that is told', () => {
  const told = (seq: number, more: object) =>
    ({
      ...{ id: `e-${seq}`, type: 'request.deferred', seq, source: 's', request: '1' },
      ...{ occurredAt: seq, recordedAt: seq, ...more },
    }) as unknown as Recorded
  const lines = timelineOf([
    told(1, { reason: 'ждём деталь', until: 9, consent: true }),
    told(2, { consent: false }),
    told(3, {}),
  ])
  expect(lines.map(({ said, until, consent }) => [said, until, consent])).toEqual([
    ['ждём деталь', 9, true],
    [null, null, false],
    [null, null, null],
  ])
})
