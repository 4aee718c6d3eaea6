import { expect, test } from 'vitest'
import { troublesOf } from './troubles.ts'

const HOUR = 3_600_000
const NOW = 100 * HOUR
const outage = (id: string, state: 'suspected' | 'in_force' | 'ended', promised?: number) =>
  ({
    ...{ id, state, since: NOW - HOUR },
    announced: state === 'suspected' ? null : { promised: promised ?? null },
  }) as never
const emergency = (number: string, dueAt: number | null) =>
  ({ number, registeredAt: NOW - 2 * HOUR, dueAt }) as never
const keys = (...of: Parameters<typeof troublesOf>) => troublesOf(...of).map(({ key }) => key)

test('what is suspected comes first, then promises that passed, and one late emergency always has a row', () => {
  const lines = [
    outage('s', 'suspected'),
    outage('kept', 'in_force', NOW + HOUR),
    outage('broken', 'in_force', NOW - HOUR),
    outage('quiet', 'in_force', NOW + 2 * HOUR),
    outage('over', 'ended'),
  ]
  const emergencies = [emergency('late', NOW - 1), emergency('soon', NOW + 1)]
  expect(keys(lines, emergencies, NOW, 4)).toEqual(['s', 'broken', 'late', 'kept'])
})

test('without outages the emergencies stand in their order', () => {
  const emergencies = [
    emergency('late', NOW - 1),
    emergency('later', NOW - 0.5),
    emergency('ok', NOW + 9),
  ]
  expect(keys([], emergencies, NOW, 2)).toEqual(['late', 'later'])
})

test('of an outage that nobody announced no end is promised', () => {
  expect(troublesOf([outage('s', 'suspected')], [], NOW, 4)).toMatchObject([
    { key: 's', registeredAt: NOW - HOUR, dueAt: null },
  ])
})
