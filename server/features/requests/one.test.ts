import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { requestByNumber } from './one.ts'

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
