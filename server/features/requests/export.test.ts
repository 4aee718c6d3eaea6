import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exports } from '#server/export/exports.ts'
import { exportRoutes } from '#server/export/routes.ts'
import { METRICS } from '#server/metrics.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { MEASURED_CITY } from '#test/measured-city.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

const get = (path: string) => exportRoutes(house.context, exports).request(path)

test('the file says what it is, holds the filtered rows in the order of the page, and counts them', async () => {
  const response = await get('/export/requests.csv?is=overdue&district=zavod&sort=dueAt&lang=ru')
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="domovoi-2026-02-10-17-00.csv"; filename*=UTF-8''%D0%97%D0%B0%D1%8F%D0%B2%D0%BA%D0%B8%202026-02-10%2017-00.csv`,
  )
  const text = await response.text()
  const [about = '', rows = ''] = text.split('\r\n\r\n')
  expect(parse(about, { bom: true, delimiter: ';' })).toEqual([
    ['Что это', 'Домовой, Тест: Заявки'],
    ['Отбор', 'Район: Заводской; Только: просроченные'],
    ['Порядок строк', 'Срок, по возрастанию'],
    ['Меры', 'open@1, overdue@1'],
    [
      'open@1',
      '«Открыто»: Зарегистрирована и ещё не закрыта. Заявка, которой источник поставил время из будущего, тоже открыта: она отмечена и по времени регистрации стоит последней. Исключено: Проверочные заявки.',
    ],
    [
      'overdue@1',
      '«Просрочено»: Ещё открыта, а срок уже прошёл. Закрытая с опозданием сюда не входит. Исключено: Проверочные заявки; заявки без срока.',
    ],
    ['На момент', '2026-02-10T17:00:00+05:00'],
    ['Часовой пояс', 'Asia/Almaty'],
    ['Строк', '7'],
  ])
  const lines: Record<string, string>[] = parse(rows, { delimiter: ';', columns: true })
  expect(lines.map((line) => [line['№ заявки'], line.Адрес, line['Сверх срока, ч']])).toEqual([
    ['2-02', 'ул. Заводская, 2', '487.5'],
    ['2-11', 'ул. Заводская, 4', '417'],
    ['2-03', 'ул. Заводская, 4', '364'],
    ['2-06', 'ул. Заводская, 6', '175'],
    ['2-14', 'ул. Заводская, 4', '80'],
    ['2-01', 'ул. Заводская, 2', '56'],
    ['3-02', 'ул. Заводская, 8', '9'],
  ])
  expect(lines[0]?.['Зарегистрирована (Asia/Almaty)']).toBe('2026-01-20T09:30:00+05:00')
})

test('the same rows go into a sheet', async () => {
  const { readSheet } = await import('read-excel-file/node')
  const response = await get('/export/requests.xlsx?is=overdue&lang=kk')
  const rows = await readSheet(Buffer.from(await response.arrayBuffer()))
  expect(rows.slice(0, 3).map((row) => row.slice(0, 2))).toEqual([
    ['Бұл не', 'Домовой, Тест: Өтінімдер'],
    ['Іріктеу', 'Тек: мерзімі өткен'],
    ['Жолдар реті', 'Тіркелген, кему реті'],
  ])
  expect(rows.slice(11).map((row) => row[0])).toEqual([
    '3-02',
    '2-01',
    '2-14',
    '2-06',
    '2-03',
    '2-11',
    '2-02',
  ])
})

test('the cut of a filter is told in the zone of the city, with its offset', async () => {
  const response = await get('/export/requests.csv?cut=2026-02-09T20:00:00Z&lang=ru')
  expect(await response.text()).toContain('2026-02-10T01:00:00+05:00')
})

test('a filter that is longer than an address may be is taken as a form', async () => {
  const search = new URLSearchParams('is=open&lang=ru&raw=1')
  for (let house = 1; house < 200; house++)
    search.append('building', `${house}`.padStart(128, 'no-such-house-'))
  search.append('building', 'b-8')
  const file = await exportRoutes(house.context, exports).request('/export/requests.csv', {
    method: 'POST',
    body: search,
  })
  expect(parse(await file.text(), { columns: true })).toMatchObject([{ number: '4-02' }])
  const huge = await exportRoutes(house.context, exports).request('/export/requests.csv', {
    method: 'POST',
    headers: { 'content-length': '300000' },
    body: `building=${'x'.repeat(300_000)}`,
  })
  expect([huge.status, await huge.text()]).toEqual([
    413,
    'the form is larger than 256 KB; choose fewer values\n',
  ])
})

test('a wrong address is answered in words', async () => {
  const wrong = await get('/export/requests.csv?state=nowhere')
  expect([wrong.status, await wrong.text()]).toEqual([
    400,
    expect.stringContaining('the address says something unknown: state.0'),
  ])
  const misspelt = await get('/export/requests.csv?lang=ru&organisation=zzz')
  const text = await misspelt.text()
  expect([misspelt.status, text]).toEqual([
    400,
    expect.stringContaining(
      'the address says something unknown: organisation; there are from, to, ',
    ),
  ])
  expect(text).toContain(', organization, ')
  const foreign = await get('/export/requests.csv?lang=xx')
  expect([foreign.status, await foreign.text()]).toEqual([
    400,
    'lang is one of kk, ru, en, not xx\n',
  ])
  const nobody = await get('/export/organization-buildings.csv')
  expect([nobody.status, await nobody.text()]).toEqual([
    400,
    "id is needed: the organization's id\n",
  ])
  for (const table of ['flags', 'integrity', 'norms', 'desk', 'completeness'])
    expect([table, (await get(`/export/${table}.csv?level=high`)).status]).toEqual([table, 400])
  const unknown = await get('/export/__proto__.csv')
  expect([unknown.status, await unknown.text()]).toEqual([
    404,
    expect.stringContaining('no such table: /export/__proto__.csv; there are '),
  ])
})

test('requests, incidents and the rate of incidents that came back are counted again from the file', async () => {
  const HOUR = 3_600_000
  const START = Date.parse('2026-01-12T10:00:00+05:00')
  const calls = [1, 2, 3].map((n) =>
    event('request.registered', START + n * 60_000, {
      ...{ request: `7-0${n}`, building: 'b-2', category: 'leak', channel: 'phone' },
      ...{ priority: 'emergency', kind: 'work_request', ...(n === 3 && { test: true }) },
    }),
  )
  const told = (type: 'request.closed' | 'request.reopened', n: number, hours: number) =>
    event(type, START + hours * HOUR, { request: `7-0${n}` })
  const burst = await openTestHouse(
    [
      ...MEASURED_CITY,
      ...calls,
      ...[
        told('request.closed', 1, 3),
        told('request.closed', 2, 4),
        told('request.reopened', 2, 9),
      ],
    ],
    { now: NOW },
  )
  const answer = await exportRoutes(burst.context, exports).request(
    '/export/requests.csv?test=with&lang=en&raw=1',
  )
  const lines: Record<string, string>[] = parse(await answer.text(), { bom: true, columns: true })
  const sizes = Map.groupBy(lines, (line) => line.incident)
  for (const line of lines)
    expect([line.number, Number(line.incidentSize)]).toEqual([
      line.number,
      sizes.get(line.incident)?.length,
    ])
  const counted = lines.filter((line) => line.test === 'no')
  const [{ requests, incidents, returned, mature } = {}] = await burst.context.engine.query(
    `SELECT CAST(${METRICS.registered.numerator} AS INTEGER) AS requests,
       CAST(${METRICS.incidents.numerator} AS INTEGER) AS incidents,
       CAST(${METRICS.reopened.numerator} AS INTEGER) AS returned,
       CAST(${METRICS.reopened.denominator} AS INTEGER) AS mature
     FROM request WHERE test = false AND registered_on < 99999`,
    { now: NOW },
  )
  expect(counted.length).toBe(requests)
  expect(new Set(counted.map((line) => line.incident)).size).toBe(incidents)
  const heads = counted.filter(
    (line) =>
      line.number === line.incident &&
      line.marks === '' &&
      !['cancelled by resident', 'duplicate'].includes(line.outcome ?? '') &&
      Date.parse(line.firstClosedAt ?? '') <= NOW - 14 * 24 * HOUR,
  )
  expect(heads.length).toBe(mature)
  const back = heads.filter((line) => {
    const hours = line.incidentReturnHours
    return hours !== '' && Number(hours) <= 14 * 24
  })
  expect(back.map((line) => line.number).sort()).toEqual(['2-03', '2-04', '2-10', '7-01', '9-02'])
  expect(back.length).toBe(returned)
  await burst.close()
})
