import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { overviewState } from '#server/features/overview/state.ts'
import { dayNumbers } from '#server/today/day.ts'
import { CITY, event, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { ahead } from './ahead.ts'
import { parts } from './parts.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A Wednesday, half past two in the afternoon; 16 December 2026 is Independence Day. */
const NOW = Date.parse('2026-12-16T14:30:00+05:00')
const TODAY = Math.floor((NOW + 5 * HOUR) / DAY)
const REGISTRY = CITY.filter(({ type }) => !type.startsWith('request.'))
const everywhere = { district: [] }

const weekdayOf = (day: number) => (day + 3) % 7
const midnight = (day: number) => day * DAY - 5 * HOUR
/** Four leaks on Mondays and Tuesdays, three in the middle of the week, two on Saturdays, one on Sundays; and a lift every ninth day. */
const LEAKS = [4, 4, 3, 3, 3, 2, 1]
const DAYS = 120

interface Told {
  request: string
  from: number
  to: number | null
  category: string
  building: string
}
const requests: Told[] = Array.from({ length: DAYS }, (_, i) => TODAY - DAYS + 1 + i).flatMap(
  (day) => {
    const leaks = Array.from({ length: LEAKS[weekdayOf(day)] ?? 0 }, (_, n): Told => {
      const from = midnight(day) + (9 + n) * HOUR
      const to = from + (20 + 13 * n) * HOUR
      return {
        ...{ request: `leak-${day}-${n}`, from, to: to < NOW ? to : null },
        ...{ category: 'leak', building: n % 2 ? 'b-4' : 'b-1' },
      }
    })
    const lift: Told = {
      ...{ request: `lift-${day}`, from: midnight(day) + 8 * HOUR, to: null },
      ...{ category: 'lift', building: 'b-4' },
    }
    return day % 9 === 0 && day < TODAY ? [...leaks, lift] : leaks
  },
)
const told = requests.filter(({ from }) => from <= NOW)
const eventsOf = ({ request, from, to, category, building }: Told): DomainEvent[] => [
  event('request.registered', from, {
    ...{ request, building, category },
    ...{ channel: 'phone', kind: 'work_request', priority: 'ordinary' },
  }),
  ...(to === null ? [] : [event('request.confirmed', to, { request })]),
]

const ready = async (house: TestHouse, scope: Parameters<typeof ahead>[1] = everywhere) => {
  for (;;) {
    const answer = await ahead(house.context, scope)
    if (answer.kind === 'ready') return answer
    if (answer.kind === 'none') throw new Error(answer.none)
  }
}

describe('a holiday in the middle of a week', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse([...REGISTRY, ...told.flatMap(eventsOf)], {
      ...{ now: NOW, zone: ZONE, norms: ['kz'] },
    })
  })
  afterAll(() => house.close())

  test('is compared with Sundays and holidays, not with Wednesdays', async () => {
    const { inflow, holiday } = await dayNumbers(house.context, everywhere)
    expect(holiday?.en).toBe('Independence Day')
    expect(inflow.alike).toBe(7)
    // Within 45 days seven Sundays; nine before them, with Monday 26 October, which is free instead of the Sunday before it, make sixteen.
    expect(inflow.days).toBe(16)
    expect(inflow.today.map((n, hour) => [hour, n]).filter(([, n]) => n)).toEqual([
      [9, 1],
      [10, 1],
      [11, 1],
    ])
    // One leak on each; a lift on one in nine, and four leaks on the Monday of 26 October.
    expect(inflow.usual?.soFar).toEqual({ median: 1, band: [1, 2] })
    expect(inflow.usual?.above).toEqual({ hours: 2, requests: 2, median: 0 })
  })

  test('the overview and the page of the day say the same of every scope', async () => {
    for (const district of [[], ['old'], ['zavod'], ['old', 'zavod'], ['nowhere']]) {
      const overview = await overviewState(house.context, { district })
      const page = await dayNumbers(house.context, { district })
      expect(page.inflow).toEqual(overview.inflow)
      expect([page.span, page.ended, page.today]).toEqual([
        overview.span,
        overview.ended,
        overview.today,
      ])
    }
  })

  test('parts add up to the whole, and what is furthest from usual comes first', async () => {
    const { inflow } = await dayNumbers(house.context, everywhere)
    for (const part of ['category', 'district'] as const) {
      const { rows, days } = await parts(house.context, { ...everywhere, part })
      expect(days).toBe(inflow.days)
      expect(rows.reduce((sum, { came }) => sum + came, 0)).toBe(inflow.total)
    }
    const { rows } = await parts(house.context, { ...everywhere, part: 'category' })
    expect(rows.map(({ id, came }) => [id, came])).toEqual([
      ['leak', 3],
      ['lift', 0],
    ])
    const [leak] = rows
    const page = await dayNumbers(house.context, { district: [], category: ['leak'] })
    expect(leak?.usual?.median).toBe(page.inflow.usual?.soFar.median)
    expect(leak?.expected).toBe(page.inflow.total + (page.inflow.usual?.forecast.rest ?? 0))
  })

  test('two weeks are told with their holidays, and what they were worth', async () => {
    const { days, by, mase, past, record } = await ready(house)
    expect(record).toBe(DAYS - 1)
    expect(days.map(({ day }) => day)).toEqual(Array.from({ length: 15 }, (_, h) => TODAY + h))
    expect(days.flatMap(({ day, holiday }) => (holiday ? [day - TODAY] : []))).toEqual([0])
    expect(mase[by]).toBe(Math.min(...Object.values(mase)))
    expect(past.at(-1)).toMatchObject({ day: TODAY - 1 })
    for (const { value, of80, of95, measured } of days) {
      expect(of80?.[0]).toBeLessThanOrEqual(value)
      expect(of95?.[1]).toBeGreaterThanOrEqual(of80?.[1] ?? Number.NaN)
      expect(measured.within95).toBeGreaterThanOrEqual(measured.within80)
    }
    // Tomorrow is a Thursday: three leaks as always, and a lift in nine days.
    expect(days[1]?.value).toBeGreaterThan(2.5)
    expect(days[1]?.value).toBeLessThan(3.7)
  })

  test('the queue is what the requests of the log say was open at each midnight', async () => {
    const { queue } = await ready(house)
    const openAt = (instant: number) =>
      told.filter(({ from, to }) => from < instant && (to === null || to >= instant)).length
    expect(queue.open).toBe(openAt(NOW + 1))
    expect(queue.past.map(({ open }) => open)).toEqual(
      queue.past.map(({ day }) => openAt(midnight(day + 1))),
    )
    expect(queue.closedToday).toBe(
      told.filter(({ to }) => to !== null && to >= midnight(TODAY)).length,
    )
  })

  test('less than a request a day is told as a share of the whole', async () => {
    const lift = await ready(house, { district: [], category: ['lift'] })
    expect([lift.by, lift.whole]).toEqual(['share', 'city'])
    const city = await ready(house)
    // Of the eight weeks before today.
    const recent = told.filter(({ from }) => from >= midnight(TODAY - 56) && from < midnight(TODAY))
    const share = recent.filter(({ category }) => category === 'lift').length / recent.length
    expect(lift.share).toBeCloseTo(share, 12)
    expect(lift.days[3]?.value).toBeCloseTo(share * (city.days[3]?.value ?? 0), 9)
    const part = await ready(house, { district: ['zavod'], category: ['lift'] })
    expect(part.whole).toBe('category')
  })

  test('a category or a district that nobody knows holds nothing', async () => {
    const nothing = await dayNumbers(house.context, { district: [], category: ['nothing'] })
    expect(nothing).toMatchObject({ span: null, inflow: { total: 0, usual: null } })
    expect(await ahead(house.context, { district: ['nowhere'] })).toMatchObject({
      ...{ kind: 'none', none: 'short', days: 0 },
    })
  })
})

test('what is dated after today changes nothing that is told of it', async () => {
  const tomorrow = requests
    .filter(({ from }) => from > midnight(TODAY - 60) && from < midnight(TODAY - 30))
    .map((one) => ({ ...one, request: `late-${one.request}`, from: one.from + 61 * DAY, to: null }))
    .filter(({ from }) => from >= midnight(TODAY + 1))
  expect(tomorrow.length).toBeGreaterThan(50)
  const [plain, with_] = await Promise.all(
    [told, [...told, ...tomorrow]].map((all) =>
      openTestHouse([...REGISTRY, ...all.flatMap(eventsOf)], { now: NOW, zone: ZONE }),
    ),
  )
  if (!plain || !with_) throw new Error('no houses')
  const [a, b] = [await ready(plain), await ready(with_)]
  expect(b.days).toEqual(a.days)
  expect(b.mase).toEqual(a.mase)
  expect((await dayNumbers(with_.context, everywhere)).inflow).toEqual(
    (await dayNumbers(plain.context, everywhere)).inflow,
  )
  await Promise.all([plain.close(), with_.close()])
})

test('a young city is told how much is missing, a silent one that nothing comes', async () => {
  const young = await openTestHouse(
    [...REGISTRY, ...told.filter(({ from }) => from > midnight(TODAY - 40)).flatMap(eventsOf)],
    { now: NOW, zone: ZONE },
  )
  const standing = (district: readonly number[]) =>
    [...young.context.board.open()].filter(
      (one) => district.length === 0 || district.includes(one.district),
    ).length
  const old = young.context.registry.districtById('old')?.key ?? -1
  expect(standing([])).toBeGreaterThan(standing([old]))
  // What is open needs no history.
  expect(await ahead(young.context, everywhere)).toEqual({
    ...{ kind: 'none', none: 'short', days: 40, needed: 90, open: standing([]) },
  })
  expect(await ahead(young.context, { district: ['old'] })).toMatchObject({ open: standing([old]) })
  await young.close()
  const silent = await openTestHouse([...REGISTRY, ...told.flatMap(eventsOf)], {
    now: NOW + 30 * DAY,
    zone: ZONE,
  })
  expect(await ahead(silent.context, everywhere)).toMatchObject({ kind: 'none', none: 'ended' })
  expect((await dayNumbers(silent.context, everywhere)).inflow.usual).toBeNull()
  await silent.close()
})
