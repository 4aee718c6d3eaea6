import { rmSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noticeText } from '#server/contract/notice-lines.ts'
import { NO_EVIDENCE, type RuleDraft } from '#server/contract/notices.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { overviewState } from '#server/features/overview/state.ts'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { aRule } from '#test/notices.ts'
import { letterFormat } from './format.ts'
import { observe } from './observe.ts'
import { preview } from './preview.ts'
import { replay } from './replay.ts'
import { NOTICE_WORDS } from './texts.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY

const draft = (more: Partial<RuleDraft>): RuleDraft => {
  const { id: _, paused: __, mutedUntil: ___, changedBy: ____, changedAt: _____, ...rest } = aRule()
  return { ...rest, ...more }
}
const values = async (house: TestHouse, more: Partial<RuleDraft>) => {
  const rule = aRule(draft(more))
  const seen = await observe(house.context, [rule])
  return Object.fromEntries((seen.get('r-1') ?? []).map(({ subject, value }) => [subject, value]))
}

describe('the test city on a Tuesday afternoon', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
  })
  afterAll(() => house.close())

  test('open emergencies are those of the overview, and of each district by itself', async () => {
    const { emergency } = await overviewState(house.context, { district: [] })
    expect(await values(house, { kind: 'emergencyOpen' })).toEqual({ city: emergency.value })
    const byDistrict = await values(house, {
      kind: 'emergencyOpen',
      scope: { of: 'district', ids: [] },
    })
    const expected = await Promise.all(
      ['old', 'zavod', 'garden'].map(async (id) => {
        const state = await overviewState(house.context, { district: [id] })
        return [`district:${id}`, state.emergency.value]
      }),
    )
    expect(byDistrict).toEqual(Object.fromEntries(expected))
    const sum = Object.values(byDistrict).reduce((all, n) => Number(all) + Number(n), 0)
    expect(sum).toBe(2)
  })

  test('each emergency that is open for too long is seen by itself, with its house', async () => {
    const rule = aRule({ kind: 'emergencyAge', threshold: 1, recovery: 1 })
    const seen = (await observe(house.context, [rule])).get('r-1') ?? []
    expect(seen).toHaveLength(2)
    for (const { subject, value, evidence } of seen) {
      const open = [...house.context.board.open()].find(
        (one) => `request:${one.number}` === subject,
      )
      expect(value).toBe(Math.floor((NOW - (open?.registeredAt ?? 0)) / 60_000))
      expect([evidence.request, evidence.building?.id]).toEqual([
        open?.number,
        house.context.registry.building(open?.building ?? 0)?.id,
      ])
    }
  })

  test('of many emergencies the oldest are told one by one, and the others as one', async () => {
    const { board } = house.context
    const [one] = [...board.open()].filter(({ priority }) => PRIORITIES[priority] === 'emergency')
    if (!one) throw new Error('no open emergency')
    const many = Array.from({ length: 205 }, (_, i) => ({
      ...one,
      number: `many-${i}`,
      registeredAt: NOW - (i + 1) * 60_000,
    }))
    const rule = aRule({ kind: 'emergencyAge', threshold: 1, recovery: 1 })
    const world = { ...house.context, board: { ...board, open: () => many.values() } }
    const seen = (await observe(world as never, [rule])).get('r-1') ?? []
    expect(seen).toHaveLength(201)
    expect(seen[0]).toMatchObject({ subject: 'request:many-204', value: 205 })
    expect(seen[199]).toMatchObject({ subject: 'request:many-5', value: 6 })
    expect(seen[200]).toMatchObject({ subject: 'requests', value: 5, evidence: { count: 5 } })
    const line = { kind: rule.kind, evidence: seen[200]?.evidence ?? NO_EVIDENCE }
    expect(noticeText(line, NOTICE_WORDS.ru, letterFormat('ru', ZONE))).toEqual({
      title: 'Авария открыта 5\u00a0мин',
      details: ['Аварий открыто: 5'],
      path: '/requests?is=open&priority=emergency',
    })
  })

  test('six weeks of history say nothing of what is usual: the value is not known, and nothing fires', async () => {
    expect(await values(house, { kind: 'openAboveUsual' })).toEqual({ city: null })
    expect(await values(house, { kind: 'overdueGrowth' })).toEqual({ city: null })
    expect((await preview(house.context, draft({ kind: 'openAboveUsual' }))).unknown).toBe(true)
  })

  test('a paused rule looks at nothing', async () => {
    expect(await observe(house.context, [aRule({ paused: true })])).toEqual(new Map())
  })

  test('what is observed has no field that could hold a resident', async () => {
    const rule = aRule({ kind: 'emergencyAge', threshold: 1, recovery: 1 })
    const seen = (await observe(house.context, [rule])).get('r-1') ?? []
    expect(Object.keys(seen[0]?.evidence ?? {}).sort()).toEqual([
      ...['building', 'category', 'count', 'district', 'organization', 'point', 'request'],
      ...['resource', 'source', 'threshold', 'usual', 'value'],
    ])
  })
})

/**
 * Fifteen weeks in which each day at 09:00 a few requests come to b-4, due five hours later and closed at 16:00 of the next day:
 * (day % 5) + 1 of them. On the last day ten more come at 08:00, due at noon.
 */
const start = NOW - 15 * WEEK
const midnight = (instant: number) => instant - ((instant + 5 * HOUR) % DAY)
const requests = Array.from({ length: 15 * 7 + 1 }, (_, day) => {
  const at = midnight(start + day * DAY) + 9 * HOUR
  return Array.from({ length: (day % 5) + 1 }, (_, n) => ({
    ...{ number: `u-${day}-${n}`, at, due: at + 5 * HOUR, closed: at + 31 * HOUR },
  }))
})
  .flat()
  .concat(
    Array.from({ length: 10 }, (_, n) => {
      const at = midnight(NOW) + 8 * HOUR
      return { number: `more-${n}`, at, due: at + 4 * HOUR, closed: Number.POSITIVE_INFINITY }
    }),
  )
const told = requests.flatMap(({ number, at, due, closed }) => [
  event('request.registered', at, {
    ...{ request: number, building: 'b-4', category: 'leak', channel: 'phone', dueAt: due },
    ...{ priority: 'ordinary', kind: 'work_request' },
  }),
  ...(closed <= NOW ? [event('request.closed', closed, { request: number })] : []),
])
const REGISTRY = CITY.filter(({ type }) => !type.startsWith('request.'))
const openAt = (t: number) => requests.filter(({ at, closed }) => at <= t && closed > t).length
const overdueAt = (t: number) =>
  requests.filter(({ at, closed, due }) => at <= t && closed > t && due < t).length
/** Type 7 of Hyndman and Fan: linear between order statistics. */
const p90 = (all: readonly number[]) => {
  const sorted = all.toSorted((a, b) => a - b)
  const at = (sorted.length - 1) * 0.9
  const low = sorted[Math.floor(at)] ?? 0
  return low + ((sorted[Math.ceil(at)] ?? low) - low) * (at - Math.floor(at))
}
/** The record begins fifteen weeks ago; its first two weeks are not compared. */
const weeksAt = (t: number) =>
  Array.from({ length: 26 }, (_, i) => i + 1).filter(
    (k) => t - k * WEEK >= midnight(start) + 14 * DAY,
  )

describe('fifteen weeks of known days', () => {
  let house: TestHouse
  beforeAll(async () => {
    const learnedAt = ({ occurredAt }: { occurredAt: number }) => Math.min(occurredAt, NOW)
    house = await openTestHouse([...REGISTRY, ...told], { now: NOW, zone: ZONE, learnedAt })
  })
  afterAll(() => house.close())

  test('open against usual: percent above the highest usual number, which is the overview’s', async () => {
    const high = p90(weeksAt(NOW).map((k) => openAt(NOW - k * WEEK)))
    const { open } = await overviewState(house.context, { district: [] })
    expect(open.usual?.[1]).toBeCloseTo(high, 9)
    expect(await values(house, { kind: 'openAboveUsual' })).toEqual({
      city: Math.floor((openAt(NOW) / high - 1) * 100),
    })
    expect(
      await values(house, {
        kind: 'openAboveUsual',
        scope: { of: 'organization', ids: ['sever'] },
      }),
    ).toEqual({
      'organization:sever': Math.floor((openAt(NOW) / high - 1) * 100),
    })
  })

  test('growth of overdue: within a day, above the highest that is usual', async () => {
    const grown = (t: number) => overdueAt(t) - overdueAt(t - DAY)
    const high = p90(weeksAt(NOW).map((k) => grown(NOW - k * WEEK)))
    const expected = Math.round(grown(NOW) - high)
    expect(expected).toBeGreaterThan(0)
    expect(await values(house, { kind: 'overdueGrowth' })).toEqual({ city: expected })
  })

  test('the preview is the state machine over a recount of each hour', async () => {
    const grown = (t: number) => overdueAt(t) - overdueAt(t - DAY)
    const hours = Array.from(
      { length: 30 * 24 + 1 },
      (_, i) => Math.ceil((NOW - 30 * DAY) / HOUR) * HOUR + i * HOUR,
    ).filter((t) => t <= NOW)
    const high = (t: number, of: (t: number) => number) => {
      const past = weeksAt(t).map((k) => of(t - k * WEEK))
      return past.length < 8 ? null : p90(past)
    }
    const points = {
      openAboveUsual: hours.map((at) => {
        const usual = high(at, openAt)
        const value = usual ? Math.max(0, Math.floor((openAt(at) / usual - 1) * 100)) : null
        return { at, value }
      }),
      overdueGrowth: hours.map((at) => {
        const usual = high(at, grown)
        return { at, value: usual === null ? null : Math.max(0, Math.round(grown(at) - usual)) }
      }),
    }
    for (const [kind, threshold, recovery] of [
      ['openAboveUsual', 20, 10],
      ['overdueGrowth', 2, 1],
    ] as const) {
      const rule = draft({ kind, threshold, recovery, holdMinutes: 0 })
      const expected = replay(rule, points[kind], NOW)
      const { firings, times, grain } = await preview(house.context, rule)
      expect([times, grain]).toEqual([expected.length, 'hour'])
      expect(times).toBeGreaterThan(0)
      expect(firings.map(({ firedAt, overAt }) => [firedAt, overAt])).toEqual(
        expected.toReversed().map(({ firedAt, overAt }) => [firedAt, overAt]),
      )
    }
  })

  test('silences of the past, at quarters of an hour, by what was set for the source', async () => {
    const said = { kind: 'source', name: 'city', silentAfterMinutes: 60 }
    writeFileSync(house.path('sources.json'), JSON.stringify({ sources: [said] }))
    const QUARTER = 15 * 60_000
    const quarter = (t: number) => Math.floor(t / QUARTER) * QUARTER
    const heard = [
      ...new Set([...REGISTRY, ...told].map(({ occurredAt }) => quarter(occurredAt))),
    ].sort((a, b) => a - b)
    const gaps = heard.map((slot, i) => ({ since: slot + QUARTER, next: heard[i + 1] ?? NOW }))
    const expected = gaps
      .map(({ since, next }) => ({ at: since + 60 * 60_000, next }))
      .filter(({ at, next }) => at <= next && at >= NOW - 30 * DAY)
    const { times, firings, grain } = await preview(
      house.context,
      draft({ kind: 'sourceSilent', threshold: 60, recovery: 60 }),
    )
    expect([times, grain]).toEqual([expected.length, 'quarter'])
    expect(times).toBeGreaterThan(50)
    expect(firings[0]?.firedAt).toBe(expected.at(-1)?.at)
    rmSync(house.path('sources.json'))
  })

  test('emergencies of the past: none here, and the preview says so', async () => {
    expect(
      await preview(house.context, draft({ kind: 'emergencyOpen', threshold: 1 })),
    ).toMatchObject({
      ...{ times: 0, firings: [], unknown: false, grain: 'minute' },
    })
  })
})

describe('a preview of emergencies', () => {
  const at = (minutes: number) => NOW - 10 * DAY + minutes * 60_000
  const emergency = (request: string, from: number, to: number | null) => [
    event('request.registered', at(from), {
      ...{ request, building: 'b-4', category: 'leak', channel: 'phone' },
      ...{ priority: 'emergency', kind: 'work_request' },
    }),
    ...(to === null ? [] : [event('request.closed', at(to), { request })]),
  ]
  let house: TestHouse
  beforeAll(async () => {
    const some = [
      ...[...emergency('e-1', 0, 100), ...emergency('e-2', 10, 40), ...emergency('e-3', 20, 30)],
      ...[...emergency('e-4', 200, 330), ...emergency('e-5', 300, null)],
    ]
    house = await openTestHouse([...REGISTRY, ...some], { now: NOW, zone: ZONE })
  })
  afterAll(() => house.close())

  test('counts them to the minute, with hold time and recovery', async () => {
    const of = async (more: Partial<RuleDraft>) => {
      const { firings } = await preview(house.context, draft({ kind: 'emergencyOpen', ...more }))
      return firings.map(({ firedAt, overAt }) => [
        (firedAt - at(0)) / 60_000,
        overAt === null ? null : (overAt - at(0)) / 60_000,
      ])
    }
    expect(await of({ threshold: 2, recovery: 2 })).toEqual([
      [300, 330],
      [10, 40],
    ])
    expect(await of({ threshold: 2, recovery: 1 })).toEqual([
      [300, null],
      [10, 100],
    ])
    expect(await of({ threshold: 2, recovery: 2, holdMinutes: 30 })).toEqual([])
    expect(await of({ threshold: 2, recovery: 2, holdMinutes: 29 })).toEqual([
      [329, 330],
      [39, 40],
    ])
    expect(await of({ threshold: 3, recovery: 3 })).toEqual([[20, 30]])
  })

  test('and each that was open for too long', async () => {
    const { times, firings } = await preview(
      house.context,
      draft({ kind: 'emergencyAge', threshold: 90, recovery: 90 }),
    )
    expect([times, firings.map(({ evidence }) => evidence.request)]).toEqual([
      3,
      ['e-5', 'e-4', 'e-1'],
    ])
    expect(firings.map(({ overAt }) => overAt)).toEqual([null, at(330), at(100)])
  })
})
