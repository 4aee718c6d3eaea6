import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { ask } from '#server/store/ask.ts'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { standings } from './backlog.ts'
import { PAST_BACKLOG } from './queries.ts'
import { recent } from './recent.ts'
import { running } from './running.ts'
import { overviewState, startOfDay } from './state.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const everywhere = { district: [] }

describe('the test city on a Tuesday afternoon', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
  })
  afterAll(() => house.close())

  test('counts what is open, by age and past its time', async () => {
    const { open, overdue, emergency, ages } = await overviewState(house.context, everywhere)
    expect([open.value, overdue?.value, emergency.value, emergency.overdue]).toEqual([13, 7, 2, 1])
    expect(ages).toEqual([
      { open: 2, overdue: 0 },
      { open: 2, overdue: 0 },
      { open: 3, overdue: 2 },
      { open: 2, overdue: 1 },
      { open: 1, overdue: 1 },
      { open: 3, overdue: 3 },
      { open: 0, overdue: 0 },
    ])
    expect(open.sinceMidnight).toBe(3)
  })

  test('judges only cohorts that had time to answer and to come back', async () => {
    const { confirmed, reopened, today } = await overviewState(house.context, everywhere)
    expect(confirmed).toMatchObject({
      cases: 7,
      n: 10,
      closed: 13,
      from: today - 42,
      to: today - 14,
    })
    expect(reopened).toMatchObject({ cases: 1, n: 6, from: today - 56, to: today - 28 })
    expect(reopened.told).toBe(true)
  })

  test('where the sources tell of no return, 0 of n is told to say nothing', async () => {
    const numbers = new Set(
      CITY.flatMap((told) => (told.type === 'request.reopened' ? [told.request] : [])),
    )
    expect(numbers.size).toBe(3)
    // Neither those that came back nor the one that was reported again under a new number.
    const silent = await openTestHouse(
      CITY.filter(
        (told) =>
          !('request' in told) || (!numbers.has(told.request) && !told.request.startsWith('2-')),
      ),
      { now: NOW, zone: ZONE },
    )
    const { reopened } = await overviewState(silent.context, everywhere)
    expect(reopened).toMatchObject({ cases: 0, told: false })
    expect(reopened.n).toBeGreaterThan(0)
    await silent.close()
    // A district of which nobody came back is not silent: the sources tell of others.
    const garden = await overviewState(house.context, { district: ['garden'] })
    expect(garden.reopened).toMatchObject({ cases: 0, told: true })
  })

  test('six weeks of history make nothing usual', async () => {
    const state = await overviewState(house.context, everywhere)
    expect(state.inflow).toMatchObject({ total: 2, usual: null })
    expect([state.open.usual, state.overdue?.usual, state.emergency.usual]).toEqual([
      null,
      null,
      null,
    ])
  })

  test('districts narrow every number, and one that nobody knows holds nothing', async () => {
    const parts = await Promise.all(
      ['old', 'zavod', 'garden', 'nowhere'].map((id) =>
        overviewState(house.context, { district: [id] }),
      ),
    )
    expect(parts.map(({ open }) => open.value)).toEqual([3, 8, 1, 0])
    expect(parts.map(({ overdue }) => overdue?.value)).toEqual([0, 7, undefined, 0])
    expect(parts.map(({ inflow }) => inflow.total)).toEqual([1, 1, 0, 0])
  })

  test('running clocks are of emergencies, the one furthest past its limit first', () => {
    const { kind, rows } = running(house.context, everywhere)
    expect([kind, rows.map(({ number }) => number)]).toEqual(['emergency', ['2-01', '2-05']])
    expect(rows[0]).toMatchObject({
      building: { id: 'b-4' },
      organization: { id: 'sever' },
      dueAt: Date.parse('2026-02-08T09:00+05:00'),
    })
  })

  test('what happened last in a district is told newest first, with its organization and how long it took', async () => {
    const events = await recent(house.context, { district: ['zavod'] })
    expect(events.slice(0, 3).map(({ type, request }) => [type, request])).toEqual([
      ['request.registered', '2-05'],
      ['request.registered', '3-02'],
      ['request.marked_duplicate', '2-08'],
    ])
    expect(events.find(({ type }) => type === 'request.confirmed')).toMatchObject({
      request: '3-03',
      organizationName: 'УК Два дома',
      categoryName: { ru: 'Освещение' },
      tookS: 50 * 3600,
      priority: 'ordinary',
    })
  })

  test('where no emergency is open they are of what is overdue longest', () => {
    const { kind, rows } = running(house.context, { district: ['garden'] })
    expect([kind, rows]).toEqual(['overdue', []])
  })
})

describe('twelve weeks of requests that open and close at odd moments', () => {
  let house: TestHouse
  const end = Date.parse('2026-11-21T14:30:00+05:00')
  const spells = Array.from({ length: 300 }, (_, i) => {
    const from = end - 12 * WEEK + ((i * 7919) % (12 * 7 * 24)) * HOUR
    const length = ((i * 104_729) % 500) * HOUR
    return {
      request: `r-${i}`,
      from,
      due: i % 5 === 0 ? null : from + ((i * 31) % 200) * HOUR,
      to: from + length < end ? from + length : null,
      emergency: i % 11 === 0,
    }
  })
  beforeAll(async () => {
    const registry = CITY.filter(({ type }) => !type.startsWith('request.'))
    const requests = spells.flatMap(({ request, from, due, to, emergency }): DomainEvent[] => [
      event('request.registered', from, {
        request,
        building: 'b-1',
        category: 'leak',
        channel: 'phone',
        kind: 'work_request',
        priority: emergency ? 'emergency' : 'ordinary',
        ...(due !== null && { dueAt: due }),
      }),
      ...(to === null ? [] : [event('request.confirmed', to, { request })]),
    ])
    house = await openTestHouse([...registry, ...requests], { now: end, zone: ZONE })
  })
  afterAll(() => house.close())

  test('spells say what was open, overdue and an emergency k weeks ago', async () => {
    const weeks = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
    const stood = await ask(house.context.engine, PAST_BACKLOG, {
      district: [],
      now: end,
      weekAgo: end - WEEK,
      since: end - 27 * WEEK,
    })
    const at = (k: number) => {
      const moment = end - k * WEEK
      return spells.filter(({ from, to }) => from <= moment && (to === null || to > moment))
    }
    expect(standings(stood, 'open', weeks)).toEqual(weeks.map((k) => at(k).length))
    expect(standings(stood, 'overdue', weeks)).toEqual(
      weeks.map((k) => at(k).filter(({ due }) => due !== null && due < end - k * WEEK).length),
    )
    expect(standings(stood, 'emergency', weeks)).toEqual(
      weeks.map((k) => at(k).filter(({ emergency }) => emergency).length),
    )
  })

  test('the first two weeks of a record are not compared with', async () => {
    const { weeks, open } = await overviewState(house.context, everywhere)
    expect(weeks).toBe(10)
    expect(open.usual).not.toBeNull()
  })

  test('a district without requests has nothing open and nothing to compare', async () => {
    const state = await overviewState(house.context, { district: ['zavod'] })
    expect(state).toMatchObject({
      span: null,
      open: { value: 0, usual: null },
      confirmed: { n: 0, closed: 0, interval: [0, 1] },
      reopened: { n: 0, interval: [0, 1] },
      inflow: { total: 0, usual: null },
    })
  })
})

test('months after the last registration nothing is compared', async () => {
  const later = Date.parse('2026-06-01T12:00:00+05:00')
  const house = await openTestHouse(CITY, { now: later, zone: ZONE })
  const { ended, weeks, inflow, span, open } = await overviewState(house.context, everywhere)
  await house.close()
  expect({ ended, weeks, usual: inflow.usual, open: open.value }).toEqual({
    ended: true,
    weeks: 0,
    usual: null,
    open: 13,
  })
  // In June the registration of 14 February is no longer one from the future.
  expect(span?.last).toBe(Date.parse('2026-02-14T00:00:00Z') / DAY)
})

test('a day begins at midnight of the city, on the day clocks change too', () => {
  const day = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / DAY
  const begins = (iso: string) => new Date(startOfDay(day(iso), 'America/New_York')).toISOString()
  expect(['2026-03-08', '2026-03-09', '2026-11-01', '2026-11-02'].map(begins)).toEqual([
    '2026-03-08T05:00:00.000Z',
    '2026-03-09T04:00:00.000Z',
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ])
})
