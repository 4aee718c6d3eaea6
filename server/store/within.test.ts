import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING, Filter } from '#server/contract/filter.ts'
import { CITY, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { bindFilter, minuteOf, onlyRestricting, WITHIN_FILTER } from './within.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE, norms: ['kz'] })
})
afterAll(() => house.close())

const numbers = async (filter: Partial<Filter>, condition = WITHIN_FILTER) => {
  const { engine, registry } = house.context
  const params = bindFilter({ ...EVERYTHING, ...filter }, registry, NOW)
  const rows = await engine.query(
    `SELECT number FROM request WHERE ${condition} ORDER BY number`,
    params,
  )
  return rows.map((row) => row.number)
}

/** Each field of the filter, and the requests of the city that it lets through, counted by hand. */
const NARROWINGS: [Partial<Filter>, string[]][] = [
  [{ from: '2026-02-09' }, ['1-08', '1-09', '2-05', '3-02', '5-01', '5-03']],
  [{ to: '2026-01-07' }, ['1-01', '2-04']],
  [{ district: ['garden'] }, ['4-01', '4-02', '4-03']],
  [{ organization: ['dva-doma'] }, ['3-01', '3-02', '3-03']],
  [{ contractor: ['liftservis'] }, ['1-04', '2-12']],
  // Nobody in this city takes complaints about companies, so none is about one.
  [{ about: ['sadovoe'] }, []],
  [{ building: ['b-7'] }, ['2-09', '3-01', '3-02', '3-03']],
  [{ category: ['lift'] }, ['1-04', '2-03', '2-12', '2-13', '3-01']],
  [{ channel: ['web'] }, ['1-03', '4-03']],
  [{ priority: ['emergency'] }, ['1-02', '2-01', '2-05']],
  [{ kind: ['question', 'complaint'] }, ['4-01', '4-03']],
  [{ state: ['reopened'] }, ['2-03']],
  [{ outcome: ['refused', 'cancelled'] }, ['1-07', '2-07']],
  [{ mark: ['future_time'] }, ['5-03']],
  [{ norm: ['kz/redirected', 'kz/unknown'] }, ['4-01', '4-03']],
  [{ is: ['open'], from: '2026-02-10' }, ['1-09', '2-05', '5-03']],
  [{ is: ['overdue'] }, ['2-01', '2-02', '2-03', '2-06', '2-11', '2-14', '3-02']],
  [{ is: ['late'], to: '2026-01-15' }, ['2-04', '2-09']],
  [{ is: ['closed'], from: '2026-02-02' }, ['1-10', '2-08', '3-03']],
  [{ is: ['reopened'] }, ['2-03', '2-04', '2-06']],
  [{ is: ['marked'] }, ['2-13', '5-01', '5-03', '5-04']],
  [{ is: ['transferred'] }, ['2-09']],
  [{ is: ['due'], from: '2026-02-06' }, ['2-01', '2-14', '3-02']],
  [{ is: ['mature'], from: '2026-01-22' }, ['1-06', '2-03']],
  [{ is: ['returned'] }, ['2-03', '2-04', '2-10']],
  [{ source: ['city'], building: ['b-7'] }, ['2-09', '3-01', '3-02', '3-03']],
  [{ source: ['portal'] }, []],
  [{ test: 'only' }, ['5-02']],
  [{ test: 'with', building: ['b-4'], category: ['leak'] }, ['2-02', '5-02']],
  [{ closedIn: ['2026-01-31T06:50Z/PT10M', '2026-01-31T07:00Z'] }, ['5-04']],
  [{ hour: ['2', '21'] }, ['1-02', '1-06']],
  [{ closedMinute: ['30'] }, ['1-02']],
  [{ account: ['7'] }, []],
  [{ scan: ['scan-1'] }, []],
  [{ is: ['appeal'], to: '2026-01-07' }, ['1-01', '2-04']],
  [{ is: ['unaddressed'] }, ['5-01', '5-04']],
  [{ is: ['duplicate'] }, ['2-08']],
  [{ is: ['incidentHead'], building: ['b-4'], category: ['heating'] }, ['2-01']],
  [{ is: ['overdue'], cut: '2026-02-03T00:00:00+05:00' }, ['2-02', '2-03', '2-11']],
]

test.for(NARROWINGS)('narrowed by %o', async ([filter, expected]) => {
  expect(await numbers(filter)).toEqual(expected)
})

test('no field of the filter is left out above', () => {
  const narrowed = new Set(NARROWINGS.flatMap(([filter]) => Object.keys(filter)))
  expect([...narrowed].sort()).toEqual(Object.keys(Filter.shape).sort())
})

test('the conditions that restrict nothing may be left out', async () => {
  // Written otherwise, the text is not recognised and stays whole.
  const whole = WITHIN_FILTER.replaceAll('\n', ' ')
  for (const [filter] of [[{}], ...NARROWINGS])
    expect(await numbers(filter, whole)).toEqual(await numbers(filter))
})

test('an unrestricted question is left with what is always counted', () => {
  const params = bindFilter(EVERYTHING, house.context.registry, NOW)
  expect(onlyRestricting(`WHERE ${WITHIN_FILTER} GROUP BY`, params)).toBe(
    'WHERE test = false GROUP BY',
  )
})

test('an id that nobody registered lets nothing through', async () => {
  for (const field of ['district', 'organization', 'contractor', 'about', 'building', 'category'])
    expect(await numbers({ [field]: ['nobody'] })).toEqual([])
})

test('a test request is in no answer', async () => {
  expect(await numbers({ building: ['b-4'], category: ['leak'] })).toEqual(['2-02'])
})

test('now is cut to the minute, so that answers can be shared', () => {
  expect(minuteOf(NOW + 59_999)).toBe(NOW)
  expect(minuteOf(-1)).toBe(-60_000)
})
