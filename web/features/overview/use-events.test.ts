import { expect, test } from 'vitest'
import type { LiveEvent } from '#server/contract/live.ts'
import { happeningOf } from './use-events.ts'

const RECORDED = Date.parse('2026-02-10T12:00:00Z')
const told = (occurredAt: number): LiveEvent => ({
  ...{ seq: 1, type: 'request.registered', request: 'r', key: 0, building: null, address: null },
  ...{ district: null, organization: null, organizationName: null, category: null },
  ...{ categoryName: null, priority: 'ordinary', occurredAt, recordedAt: RECORDED, tookS: null },
})

test('what a source dates in the future happened when it reached us, and is marked when that is more than a day', () => {
  const hour = 3_600_000
  expect(
    [-hour, hour, 25 * hour].map((ahead) => {
      const { occurredAt, ahead: marked } = happeningOf(told(RECORDED + ahead))
      return [occurredAt - RECORDED, marked]
    }),
  ).toEqual([
    [-hour, false],
    [0, false],
    [0, true],
  ])
})
