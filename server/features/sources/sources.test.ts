import { writeFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { appRouter } from '#server/router.ts'
import { knownSources } from '#server/sources/known.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'

const HOUR = 3_600_000
const at = (local: string) => Date.parse(`${local}:00+05:00`)
/** A Tuesday. */
const NOW = at('2026-02-10T12:00')
const DAY_OF_NOW = 20_494

let house: TestHouse
afterEach(() => house.close())

const registered = (source: string, number: number, occurredAt: number): DomainEvent => ({
  ...{ id: `${source}:${number}:registered`, type: 'request.registered', occurredAt, source },
  ...{ request: `${source}-${number}`, channel: 'phone', priority: 'ordinary' },
  kind: 'work_request',
})
/** One request an hour for nine weeks, up to a moment. */
const hourly = (source: string, until: number, from = at('2025-12-09T00:00')) => {
  const events: DomainEvent[] = []
  for (let instant = from, number = 1; instant <= until; instant += HOUR, number++)
    events.push(registered(source, number, instant))
  return events
}
const open = async (events: readonly DomainEvent[], now = NOW, delay = 1000) => {
  house = await openTestHouse(events, { now, learnedAt: ({ occurredAt }) => occurredAt + delay })
  return appRouter.createCaller(house.context)
}

test('who sends as usual is well, who fell silent says what was to be expected', async () => {
  const caller = await open([
    ...hourly('north', NOW - HOUR),
    ...hourly('south', at('2026-02-10T02:00')),
  ])
  const { sources } = await caller.sources.list()
  expect(
    sources.map(({ id, kind, state, today, usualToday, silence }) => ({
      ...{ id, kind, state, today, usualToday, expected: silence.expected },
    })),
  ).toEqual([
    {
      ...{ id: 'south', kind: 'events', state: 'silent', today: 3, usualToday: 13 },
      expected: expect.closeTo(10, 1),
    },
    {
      ...{ id: 'north', kind: 'events', state: 'well', today: 12, usualToday: 13 },
      expected: expect.closeTo(1, 1),
    },
  ])
  const fresh = await caller.shell.freshness()
  expect(fresh.map(({ source, silentTooLong }) => [source, silentTooLong])).toEqual([
    ['north', false],
    ['south', true],
  ])
})

test('a day without a word is named afterwards, and the sums of the days are those of the source', async () => {
  const all = hourly('north', NOW - HOUR)
  const gap = all.filter(
    ({ occurredAt }) => occurredAt < at('2026-02-08T00:00') || occurredAt >= at('2026-02-09T00:00'),
  )
  const caller = await open(gap)
  const { days, sums } = await caller.sources.completeness({ from: '2026-02-07', to: '2026-02-10' })
  const nothing = { known: 0, quarantined: 0, refused: 0, batches: 0 }
  const row = (day: number, n: number, silent = false) => ({
    ...{ source: 'north', day, silent, registered: n, test: 0 },
    events: { ...nothing, arrived: n, stored: n },
    rows: { ...nothing, arrived: 0, stored: 0 },
  })
  expect(days).toEqual([
    row(DAY_OF_NOW, 12),
    row(DAY_OF_NOW - 1, 24),
    row(DAY_OF_NOW - 2, 0, true),
    row(DAY_OF_NOW - 3, 24),
  ])
  expect(sums).toMatchObject([{ source: 'north', registered: 60, events: { arrived: 60 } }])
})

test('late events count on the day they came, and their requests on the day they happened', async () => {
  const caller = await open([registered('north', 1, at('2026-02-09T10:00'))], NOW, 24 * HOUR)
  const { days } = await caller.sources.completeness({})
  expect(days.map(({ day, events, registered }) => [day, events.arrived, registered])).toEqual([
    [DAY_OF_NOW, 1, 0],
    [DAY_OF_NOW - 1, 0, 1],
  ])
})

test('a source that sends its whole history again is known, doubled nowhere, and alarms nobody', async () => {
  const events = hourly('north', NOW - HOUR)
  const caller = await open(events)
  const before = await caller.sources.list()
  await house.append(events)
  await house.append(events.toReversed())
  const n = events.length
  const { sums } = await caller.sources.completeness({ from: '2025-12-01', to: '2026-02-10' })
  expect(sums).toMatchObject([
    { registered: n, events: { arrived: 3 * n, stored: n, known: 2 * n, quarantined: 0 } },
  ])
  const after = await caller.sources.list()
  expect(after.sources.map(({ state }) => state)).toEqual(before.sources.map(({ state }) => state))
})

test('a clock three hours ahead is told, with the share of events from the future', async () => {
  const caller = await open(hourly('north', NOW - HOUR), NOW, -3 * HOUR)
  const [north] = (await caller.sources.list()).sources
  expect(north).toMatchObject({
    state: 'clock',
    clock: { is: 'ahead', median: -3 * HOUR, future: 1 },
  })
})

test('a source set up and never heard, and one with a limit of its own', async () => {
  const caller = await open(hourly('north', NOW - HOUR))
  const sources = [
    { kind: 'webhook', name: 'dispatch', secrets: [`whsec_${'A'.repeat(43)}=`] },
    { kind: 'source', name: 'north', silentAfterMinutes: 30 },
  ]
  writeFileSync(house.path('sources.json'), JSON.stringify({ sources }))
  const list = await caller.sources.list()
  expect(list.sources.map(({ id, kind, state }) => [id, kind, state])).toEqual([
    ['north', 'events', 'silent'],
    ['dispatch', 'webhook', 'never'],
  ])
  const one = await caller.sources.one({ id: 'dispatch' })
  expect(one.connect).toEqual({
    address: '/ingest/webhooks/dispatch',
    key: 'sources.json: dispatch',
  })
  expect(JSON.stringify([list, one])).not.toContain('whsec_')
})

test('a settings file that is not right stops no screen, and says so without its secrets', async () => {
  house = await openTestHouse(hourly('north', NOW - HOUR), { now: NOW })
  const context = { ...house.context, report: () => {} }
  writeFileSync(house.path('sources.json'), '{"sources":[{"kind":"webhook","secrets":["s3cret"]}]}')
  const { sources, settingsFault } = await appRouter.createCaller(context).sources.list()
  expect(sources.map(({ id }) => id)).toEqual(['north'])
  expect(settingsFault).toMatch(/^sources\.json is not right/)
  expect(settingsFault).not.toContain('s3cret')
})

test('what a source registers in test mode leaves the counts, and what came before and after stays', async () => {
  const caller = await open([
    registered('north', 1, NOW - HOUR),
    registered('south', 1, NOW - HOUR),
  ])
  await caller.sources.setTestMode({ source: 'north', test: true, reason: 'проверка связи' })
  await house.append([registered('north', 2, NOW + 1)])
  const counted = async () =>
    (
      await house.context.engine.query(
        'SELECT number FROM request WHERE test = false ORDER BY number',
      )
    ).map(({ number }) => number)
  expect(await counted()).toEqual(['north-1', 'south-1'])
  expect((await caller.sources.one({ id: 'north' })).periods).toEqual([
    { from: NOW, to: null, reason: 'проверка связи' },
  ])
  await expect(
    caller.sources.setTestMode({ source: 'north', test: true, reason: 'ещё раз' }),
  ).rejects.toThrow('already in test mode')
  await expect(
    caller.sources.setTestMode({ source: 'north', test: false, reason: 'звонил 8 701 555 01 02' }),
  ).rejects.toThrow('the reason looks as if it held a phone number (…02)')
  await expect(
    caller.sources.setTestMode({ source: 'nobody', test: true, reason: 'x' }),
  ).rejects.toThrow('no source "nobody"')
})

test('rows of a file that could not be stored stand by the file, with column and reason', async () => {
  const caller = await open([registered('file', 1, NOW - HOUR)])
  const { imports } = house.context.log
  const entry = imports.begin({ source: 'file', file: 'a.csv', sha256: 'f'.repeat(64), at: NOW })
  imports.quarantine(entry, [{ row: 3, field: 'date', reason: 'is no date', value: '31.02' }])
  imports.finish(entry, { read: 3, stored: 2, known: 0, quarantined: 1 })
  const one = await caller.sources.one({ id: 'file' })
  expect(one.source.kind).toBe('file')
  expect(one.quarantine).toEqual([
    { row: 3, field: 'date', reason: 'is no date', value: '31.02', file: 'a.csv' },
  ])
  const { days } = await caller.sources.completeness({ source: 'file' })
  expect(days[0]?.rows).toMatchObject({ arrived: 3, stored: 2, known: 0, quarantined: 1 })
})

test('a batch that nobody could read is told beside the sources', async () => {
  const caller = await open([registered('north', 1, NOW - HOUR)])
  house.context.log.intake.refuse({ source: '', status: 400, events: 0, reason: 'malformed JSON' })
  const { sources, unread } = await caller.sources.list()
  expect(sources.map(({ id }) => id)).toEqual(['north'])
  expect(unread).toEqual([
    { at: NOW, source: '', status: 400, events: 0, reason: 'malformed JSON' },
  ])
})

test('a peer that cannot be asked says why, and its records stand by their day', async () => {
  await open(hourly('north', NOW - HOUR))
  const days = { [DAY_OF_NOW]: { in: 7, stored: 4, known: 2, quarantined: 1 } }
  const peer = {
    ...({ name: 'boston', kind: 'open311', caughtUpTo: NOW - HOUR, nextAt: NOW, days } as const),
    ...{ lastSuccessAt: NOW - HOUR, lastEventAt: NOW - HOUR },
    lastError: { at: NOW - 1, message: 'it answered 500' },
    problems: [{ id: '17', why: 'has no date' }],
  }
  writeFileSync(
    house.path('sources.json'),
    JSON.stringify({ sources: [{ kind: 'open311', name: 'boston', url: 'https://x.org/v2' }] }),
  )
  const sources = { ...house.context.sources, peers: () => [peer] }
  const caller = appRouter.createCaller({ ...house.context, sources })
  const [first] = (await caller.sources.list()).sources
  expect(first).toMatchObject({
    id: 'boston',
    kind: 'open311',
    state: 'failing',
    fault: 'it answered 500',
  })
  const { days: shown } = await caller.sources.completeness({ source: 'boston' })
  expect(shown.map(({ rows }) => rows)).toMatchObject([
    { arrived: 7, stored: 4, known: 2, quarantined: 1 },
  ])
  expect((await caller.sources.one({ id: 'boston' })).problems).toEqual(peer.problems)
})

test('the desk is never silent and never a test', async () => {
  const caller = await open([registered('desk', 1, NOW - 90 * 24 * HOUR)])
  expect(knownSources(house.context).map(({ kind, silence }) => [kind, silence.tooLong])).toEqual([
    ['desk', false],
  ])
  await expect(
    caller.sources.setTestMode({ source: 'desk', test: true, reason: 'x' }),
  ).rejects.toThrow('never a test')
})

test('what is quarantined of messages is in the sum, as on the page of its source', async () => {
  const caller = await open([registered('north', 1, NOW - HOUR)])
  house.context.log.intake.quarantine('north', 2, 'differs from what is in the log')
  expect(await caller.sources.quarantine()).toMatchObject({ rows: 2 })
  const { sums } = await caller.sources.completeness({ source: 'north' })
  expect(sums[0]?.events.quarantined).toBe(2)
})
