import { afterAll, beforeAll, expect, test } from 'vitest'
import { CITY, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { buildingRows } from './list.ts'
import { buildingById } from './one.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

const one = (id: string) => buildingById(house.context, id)

test('danger to people comes first, then the most overdue', async () => {
  const zavod2 = await one('b-4')
  expect(zavod2.open.map(({ number }) => number)).toEqual(['2-01', '2-02'])
  expect([zavod2.openCount, zavod2.overdue, zavod2.emergencyOverdue]).toEqual([2, 2, 1])
  expect((await one('b-5')).open.map(({ number }) => number)).toEqual(['2-11', '2-03', '2-14'])
})

test('the year counts what was registered, without the test and without the future', async () => {
  expect((await one('b-4')).year.requests).toBe(4)
  expect((await one('b-1')).year.requests).toBe(4)
  const { weeks } = (await one('b-5')).year
  expect(
    weeks
      .filter(({ requests }) => requests > 0)
      .map(({ requests, returned }) => [requests, returned]),
  ).toEqual([
    [1, 1],
    [1, 1],
    [2, 1],
    [1, 0],
  ])
})

test('who managed it when, and what came back under each', async () => {
  const { tenures, answers, year } = await one('b-7')
  const change = Date.parse('2026-01-15T00:00:00+05:00')
  expect(tenures.map(({ organization, start, end }) => [organization?.id, start, end])).toEqual([
    ['sever', Date.parse('2020-01-01T00:00:00+05:00'), change],
    ['dva-doma', change, null],
  ])
  expect(answers?.name).toBe('УК Два дома')
  expect(
    year.periods.map(({ organization, closed, returned }) => [organization, closed, returned]),
  ).toEqual([
    ['УК Северный ветер', 1, 0],
    ['УК Два дома', 1, 0],
  ])
  expect((await one('b-5')).year.periods).toEqual([
    expect.objectContaining({ closed: 3, returned: 3, interval: [expect.closeTo(0.438503, 6), 1] }),
  ])
})

test('closings within the last fourteen days may still return; a refusal or a record with a wrong time may not', async () => {
  expect((await one('b-7')).closedLately.map(({ number }) => number)).toEqual(['3-03'])
  expect((await one('b-6')).closedLately).toEqual([])
})

test('an unknown building is refused in words', async () => {
  await expect(one('b-99')).rejects.toThrow(
    'no building "b-99" is known; look for its address in the list',
  )
})

test('what is expected of a house is told beside what came, with the exact interval', async () => {
  // Of 365 days to the last midnight: b-1 has 1-01, 1-02 and 1-06; 1-09 is of today and the future one is not yet.
  const { reporting, similar } = await one('b-1')
  expect(reporting).toMatchObject({ requests: 3, apartments: { count: 80, assumed: false } })
  expect(reporting?.per100).toBe(3.75)
  const expected = reporting?.expected ?? 0
  expect(expected).toBeGreaterThan(0)
  // Exact limits of 3 (Garwood): 0.618672 and 8.767273.
  expect(reporting?.ratio).toEqual({
    value: 3 / expected,
    low: expect.closeTo(0.6186721 / expected, 6),
    high: expect.closeTo(8.7672731 / expected, 6),
  })
  expect(similar.intensity?.requests).toBe(3)
})

test('expectations of all houses sum to what came from them', async () => {
  const whole = { district: [], organization: [], gone: false }
  const rows = await buildingRows(house.context, {
    filter: whole,
    order: 'address',
    language: 'ru',
  })
  const sum = (of: (row: (typeof rows)[number]) => number) =>
    rows.reduce((total, row) => total + of(row), 0)
  expect(sum((row) => row.expected ?? 0)).toBeCloseTo(
    sum((row) => row.requestsYear),
    6,
  )
  expect(rows.find(({ id }) => id === 'b-1')?.per100).toBe(3.75)
})

const listed = async (
  filter: object,
  order: Parameters<typeof buildingRows>[1]['order'] = '-overdue',
) => {
  const whole = { district: [], organization: [], gone: false, ...filter }
  const rows = await buildingRows(house.context, { filter: whole, order, language: 'ru' })
  return rows.map(({ id }) => id)
}

test('the list begins with those that need attention', async () => {
  expect(await listed({})).toEqual(['b-5', 'b-4', 'b-6', 'b-7', 'b-1', 'b-8', 'b-3', 'b-2'])
})

test('it is narrowed by district, by who answers now, and by parts of the address in any language', async () => {
  expect(await listed({ district: ['old'] }, 'address')).toEqual(['b-1', 'b-2', 'b-3'])
  expect(await listed({ organization: ['dva-doma'] })).toEqual(['b-7'])
  expect(await listed({ q: 'заводская 4' })).toEqual(['b-5'])
  expect(await listed({ q: 'набережная көшесі' }, 'address')).toEqual(['b-1', 'b-2', 'b-3'])
  expect(await listed({ q: 'нет такой' })).toEqual([])
  expect(await listed({ district: ['nowhere'] })).toEqual([])
})

test('of few requests nothing is said to weigh most or to be silent', async () => {
  expect(await listed({ only: 'heavy' }, '-chance')).toEqual([])
  expect(await listed({ only: 'silent' }, 'silence')).toEqual([])
})

test('the order by chance and by silence begins with the surest', async () => {
  const whole = { district: [], organization: [], gone: false }
  const by = async (order: '-chance' | 'silence' | '-ratio') =>
    buildingRows(house.context, { filter: whole, order, language: 'ru' })
  const chances = (await by('-chance')).map(({ chance }) => Math.round((chance ?? 0) * 1000))
  expect(chances).toEqual(chances.toSorted((a, b) => b - a))
  const silences = (await by('silence')).map(({ silence }) => silence ?? 1)
  expect(silences).toEqual(silences.toSorted((a, b) => a - b))
  // b-5 has 5 of 144 apartments, b-8 three of 24: the smaller house calls oftener.
  const ratios = (await by('-ratio')).map(({ id }) => id)
  expect(ratios.indexOf('b-8')).toBeLessThan(ratios.indexOf('b-5'))
})

test('numbers of houses are ordered as numbers', async () => {
  expect(await listed({}, 'address')).toEqual([
    'b-4',
    'b-5',
    'b-6',
    'b-7',
    'b-1',
    'b-2',
    'b-3',
    'b-8',
  ])
  expect((await listed({}, '-apartments'))[0]).toBe('b-5')
})
