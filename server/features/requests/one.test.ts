import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { join, split } from './belonging.ts'
import { requestByNumber } from './one.ts'

const HOUR = 3_600_000
let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

const one = (number: string) => requestByNumber(house.context, number)

describe('one request', () => {
  test('tells what each event found and what it left', async () => {
    const { timeline } = await one('2-06')
    expect(timeline.map(({ event, before, after }) => [event, before, after])).toEqual([
      ['registered', 'registered', 'registered'],
      ['acknowledged', 'registered', 'acknowledged'],
      ['work_done', 'acknowledged', 'work_done'],
      ['awaiting_confirmation', 'work_done', 'awaiting_confirmation'],
      ['rejected_by_resident', 'awaiting_confirmation', 'reopened'],
      ['reopened', 'reopened', 'reopened'],
      ['started', 'reopened', 'in_progress'],
    ])
    expect(timeline.flatMap(({ marks }) => marks)).toEqual([])
  })

  test('marks the event that contradicts the record, and only that one', async () => {
    const { timeline, line } = await one('2-13')
    expect(timeline.map(({ event, marks }) => [event, marks])).toEqual([
      ['closed', ['closed_before_registered']],
      ['registered', []],
    ])
    expect(line.marks).toEqual(['closed_before_registered'])
  })

  test('names who was responsible when, and who answered for the building at registration', async () => {
    const { spells, tenure, line, names } = await one('2-09')
    expect(spells.map(({ organization, reason }) => [organization?.id, reason])).toEqual([
      ['sever', 'transferred'],
      ['dva-doma', 'closed'],
    ])
    expect(tenure?.organization?.name).toBe('УК Северный ветер')
    expect([line.organization?.id, line.responsible?.id]).toEqual(['sever', 'dva-doma'])
    expect(names).toEqual({ 'dva-doma': 'УК Два дома' })
  })

  test('links a repeat with what it repeats, from both sides', async () => {
    expect((await one('2-11')).linked.map(({ number }) => number)).toEqual(['2-10'])
    expect((await one('2-10')).linked.map(({ number }) => number)).toEqual(['2-11'])
  })

  test('shows the nearest requests of the same building', async () => {
    expect((await one('3-02')).neighbours.map(({ number }) => number)).toEqual([
      '3-03',
      '3-01',
      '2-09',
    ])
  })

  test('says who answers as the numbers do: mergers followed, and a house that got its first holder', async () => {
    const asked = (request: string, building?: string) =>
      event('request.registered', NOW - 9 * HOUR, {
        ...{ request, channel: 'phone', priority: 'ordinary', kind: 'work_request' },
        ...(building && { building }),
      })
    await house.append([
      event('organization.registered', NOW - 99 * HOUR, {
        ...{ organization: 'gone', name: 'УК Бывшая', kind: 'uk' },
      }),
      event('organization.merged', NOW - 20 * HOUR, { organization: 'gone', into: 'sever' }),
      asked('merged'),
      event('request.transferred', NOW - 2 * HOUR, { request: 'merged', organization: 'gone' }),
      event('building.registered', NOW - 99 * HOUR, {
        building: 'new',
        address: { ru: 'Новая, 1' },
      }),
      asked('housed', 'new'),
      event('tenure.changed', NOW - 5 * HOUR, { building: 'new', organization: 'sever' }),
    ])
    await house.settle()
    for (const number of ['merged', 'housed']) {
      const { line, spells } = await one(number)
      expect([line.responsible?.id, spells.at(-1)?.organization?.id]).toEqual(['sever', 'sever'])
    }
  })

  test('takes nothing from a registration or a link that was corrected away', async () => {
    const asked = (entrance: number, ago: number) =>
      event('request.registered', NOW - ago * HOUR, {
        ...{ request: 'wrong', channel: 'phone', priority: 'ordinary', kind: 'work_request' },
        entrance,
      })
    const link = event('request.repeat_linked', NOW - HOUR, { request: 'wrong', of: '2-10' })
    const first = asked(7, 9)
    const voided = (told: string, minutes: number) =>
      event('request.corrected', NOW - HOUR + minutes, {
        ...{ request: 'wrong', event: told, reason: 'ошибка' },
      })
    await house.append([first, asked(2, 8), link, voided(first.id, 1), voided(link.id, 2)])
    await house.settle()
    const { entrance, linked } = await one('wrong')
    expect([entrance, linked]).toEqual([2, []])
  })

  test('an unknown number is refused in words', async () => {
    await expect(one('9-99')).rejects.toThrow('no request has the number "9-99"; check the number')
  })

  test('an event that comes after later ones is kept in its place and called late', async () => {
    const late = event('request.arrived', Date.parse('2026-02-09T12:00:00+05:00'), {
      request: '1-08',
    })
    await house.append([late])
    const { timeline } = await one('1-08')
    expect(timeline.map(({ event, outOfOrder }) => [event, outOfOrder])).toEqual([
      ['registered', false],
      ['arrived', true],
      ['acknowledged', false],
    ])
  })

  test('holds nothing of the person', async () => {
    await house.append([
      event('request.registered', NOW - 3_600_000, {
        request: '6-01',
        building: 'b-1',
        channel: 'phone',
        priority: 'ordinary',
        kind: 'work_request',
        subjectId: 'subject-77',
      }),
      {
        ...event('request.cancelled', NOW - 1_800_000, { request: '6-01' }),
        actor: { party: 'resident', id: 'resident-88' },
      },
    ])
    const text = JSON.stringify(await one('6-01'))
    expect(text).toContain('"party":"resident"')
    expect(text).not.toMatch(/subject-77|resident-88/)
  })
})

describe('where a request belongs', () => {
  test('is told from both sides: the second call of an incident and the first', async () => {
    const [first, second] = [await one('2-01'), await one('2-08')]
    expect(first.belonging.incident).toMatchObject({ head: null, size: 2, byPerson: false })
    expect(first.belonging.duplicates.map(({ number }) => number)).toEqual(['2-08'])
    expect(second.belonging.incident).toMatchObject({ head: '2-01', size: 2 })
    expect(second.belonging.duplicateOf?.number).toBe('2-01')
    expect(first.neighbours.map(({ number }) => number)).not.toContain('2-08')
  })

  test('a person splits it and joins it to another; a number that nobody knows is refused', async () => {
    await split(house.context, '2-08')
    await house.settle()
    expect((await one('2-08')).belonging.incident).toMatchObject({ head: null, byPerson: true })
    expect((await one('2-01')).belonging.incident.size).toBe(1)
    await join(house.context, '2-08', '2-02')
    await house.settle()
    expect((await one('2-08')).belonging.incident.head).toBe('2-02')
    await expect(join(house.context, '2-08', 'none')).rejects.toThrow('no request has the number')
    await expect(join(house.context, '2-08', '2-08')).rejects.toThrow('not joined to itself')
  })
})

describe('corrected and known later', () => {
  test('a corrected closing is struck through with its reason; before it was known the request was closed', async () => {
    const closed = (await one('1-06')).timeline.find(({ event }) => event === 'confirmed')
    const registered = house.context.log
      .stream(house.context.log.key('request:1-06') ?? 0)
      .find(({ type }) => type === 'request.confirmed')
    await house.append([
      event('request.corrected', NOW, {
        request: '1-06',
        event: registered?.id ?? '',
        reason: 'подтвердил не тот житель',
      }),
    ])
    const after = await one('1-06')
    expect(after.line.state).toBe('work_done')
    expect(after.timeline.find(({ seq }) => seq === closed?.seq)?.corrected?.reason).toBe(
      'подтвердил не тот житель',
    )
    await expect(
      requestByNumber(house.context, '1-06', Date.parse('2026-01-01T00:00:00Z')),
    ).rejects.toThrow('was not known then')
    expect((await requestByNumber(house.context, '1-06', NOW)).knownAt).toBe(NOW)
  })
})

describe('as known at an earlier instant', () => {
  const at = (hours: number) => NOW + hours * 3_600_000
  const registry = [
    ...['old', 'new'].map((organization) =>
      event('organization.registered', at(-900), { organization, name: organization, kind: 'uk' }),
    ),
    event('building.registered', at(-900), { building: 'b', address: { ru: 'Мира, 1' } }),
    event('tenure.changed', at(-900), { building: 'b', organization: 'old' }),
  ]
  const registered = event('request.registered', at(-100), {
    ...{ request: 'r', building: 'b', category: 'power-light' },
    ...{ channel: 'phone', priority: 'ordinary', kind: 'work_request' },
  })
  /** Both are told forty hours later than they happened. */
  const late = [
    event('tenure.changed', at(-200), { building: 'b', organization: 'new' }),
    event('request.category_changed', at(-90), { request: 'r', category: 'sewer-block' }),
  ]

  test('who answers, the holder of the house and the due time are those known then, judged then', async () => {
    const told = new Set(late.map(({ id }) => id))
    const city = await openTestHouse([...registry, registered, ...late], {
      ...{ now: NOW, zone: ZONE, norms: ['domograd'] },
      learnedAt: (one) => (told.has(one.id) ? at(-50) : one.occurredAt),
    })
    const saw = async (known?: number) => {
      const { line, tenure, spells } = await requestByNumber(city.context, 'r', known)
      return {
        answers: [line.organization?.id, line.responsible?.id, tenure?.organization?.id],
        spells: spells.map(({ organization }) => organization?.id),
        hours: ((line.dueAt ?? 0) - line.registeredAt) / 3_600_000,
        basis: line.dueBasis,
      }
    }
    expect(await saw(at(-60))).toEqual({
      ...{ answers: ['old', 'old', 'old'], spells: ['old'], hours: 72 },
      basis: 'domograd/three-days',
    })
    const today = {
      ...{ answers: ['new', 'new', 'new'], spells: ['new'], hours: 2 },
      basis: 'domograd/two-hours',
    }
    expect(await saw(at(-50))).toEqual(today)
    expect(await saw()).toEqual(today)
    await city.close()
  })
})
