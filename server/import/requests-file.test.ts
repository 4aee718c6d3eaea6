import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { readCity } from '#server/config.ts'
import { counts, openDesk } from '#test/import-desk.ts'
import { SMALL_MAPPING, SMALL_NOW, SMALL_ROWS, smallFile } from '#test/small-file.ts'

let desk = openDesk(SMALL_NOW)
afterEach(async () => {
  await desk.close()
  desk = openDesk(SMALL_NOW)
})

const take = (rows: readonly string[], given: object = {}) =>
  desk.take(smallFile(rows), { mapping: SMALL_MAPPING, ...given })
const eventsOf = (stream: string) =>
  desk.log
    .stream(desk.log.key(stream) ?? 0)
    .map(({ seq: _seq, recordedAt: _recordedAt, ...event }) => event)
const almaty = (local: string) => Date.parse(`${local}+05:00`)
const [one = '', two = '', three = ''] = SMALL_ROWS

test('a row becomes the events that it tells, and nothing else', async () => {
  await take([one])
  expect(eventsOf('request:1')).toEqual([
    {
      id: 'dispatch:1:registered',
      type: 'request.registered',
      occurredAt: almaty('2026-01-10T09:00'),
      source: 'dispatch',
      request: '1',
      building: 'b1',
      organization: 'ОСИ «Әлия»',
      category: 'лифт',
      channel: 'unknown',
      priority: 'ordinary',
      kind: 'work_request',
      dueAt: almaty('2026-01-12T09:00'),
    },
    {
      id: 'dispatch:1:closed',
      type: 'request.closed',
      occurredAt: almaty('2026-01-11T15:30'),
      source: 'dispatch',
      request: '1',
    },
  ])
  expect(eventsOf('building:b1')).toMatchObject([{ address: { ru: 'ул. Абая, 5' } }])
})

test('a step without a time is known by the end of the newest day, and says so', async () => {
  const report = await take(SMALL_ROWS)
  expect(report.asOf).toBe('2026-01-12')
  expect(eventsOf('request:3')).toMatchObject([
    { type: 'request.registered' },
    {
      id: 'dispatch:3:deferred',
      type: 'request.deferred',
      occurredAt: almaty('2026-01-13T00:00'),
      timeUnknown: true,
    },
  ])
})

test('the same file again changes nothing', async () => {
  expect(counts(await take(SMALL_ROWS))).toEqual({
    rowsRead: 3,
    stored: 3,
    known: 0,
    quarantined: 0,
  })
  const lastSeq = desk.log.lastSeq()
  const again = await take(SMALL_ROWS)
  expect(counts(again)).toEqual({ rowsRead: 3, stored: 0, known: 3, quarantined: 0 })
  expect([again.eventsStored, desk.log.lastSeq()]).toEqual([0, lastSeq])
})

test('a newer file adds what is new of a request', async () => {
  await take(SMALL_ROWS)
  const closed = two.replace(',,открыта', ',2026-01-14 08:00,закрыта')
  const later = three.replace('отложена', 'закрыта')
  const four = '4,2026-01-14 09:00,,,открыта,b3,"ул. Абая, 9",КСК Ұлан,лифт'
  const report = await take([one, closed, later, four])
  expect(counts(report)).toEqual({ rowsRead: 4, stored: 3, known: 1, quarantined: 0 })
  expect(eventsOf('request:2').map(({ id }) => id)).toEqual([
    'dispatch:2:registered',
    'dispatch:2:closed',
  ])
  expect(eventsOf('request:3').map(({ id }) => id)).toEqual([
    'dispatch:3:registered',
    'dispatch:3:deferred',
    'dispatch:3:closed',
  ])
})

test('of a step without a time the earliest day by which it was known stands', async () => {
  await take(SMALL_ROWS)
  const report = await take(SMALL_ROWS, { asOf: '2026-01-18' })
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 0, known: 3, quarantined: 0 })
  expect(eventsOf('request:3')).toMatchObject([{}, { occurredAt: almaty('2026-01-13T00:00') }])
})

test('a row that contradicts the log is quarantined, and the log stands', async () => {
  await take(SMALL_ROWS)
  const report = await take([
    one.replace('15:30', '16:45'),
    two.replace('b1', 'b9').replace('ОСИ «Әлия»', 'КСК Ұлан'),
    three,
  ])
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 0, known: 1, quarantined: 2 })
  const [, entry] = desk.log.imports.list()
  expect(desk.log.imports.rows(entry?.id ?? 0)).toEqual([
    {
      row: 2,
      field: 'закрыта',
      reason: 'differs from what is in the log, which stands',
      value: '2026-01-11T11:45:00.000Z (log: 2026-01-11T10:30:00.000Z)',
    },
    {
      row: 3,
      field: 'дом',
      reason: 'differs from what is in the log, which stands',
      value: 'b9 (log: b1)',
    },
    {
      row: 3,
      field: 'организация',
      reason: 'differs from what is in the log, which stands',
      value: 'КСК Ұлан (log: ОСИ «Әлия»)',
    },
  ])
  expect(eventsOf('request:1')).toMatchObject([{}, { occurredAt: almaty('2026-01-11T15:30') }])
})

test('a row that contradicts the log still brings its closing', async () => {
  await take(SMALL_ROWS)
  const moved = two
    .replace('ОСИ «Әлия»', 'КСК Ұлан')
    .replace(',,открыта', ',2026-01-14 08:00,закрыта')
  const report = await take([moved])
  expect(counts(report)).toEqual({ rowsRead: 1, stored: 0, known: 0, quarantined: 1 })
  expect(eventsOf('request:2').map(({ type }) => type)).toEqual([
    'request.registered',
    'request.closed',
  ])
})

test('a request that the log has closed and a newer file has open is quarantined: nobody says when it was reopened', async () => {
  await take(SMALL_ROWS)
  const open = one.replace('2026-01-11 15:30,закрыта', ',открыта')
  const report = await take([open, two, three])
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 0, known: 2, quarantined: 1 })
  expect(report.quarantine).toMatchObject([
    { line: 2, column: 'статус', value: 'open (log: request.closed)' },
  ])
})

test('an older file that still has it open says nothing new', async () => {
  const open = one.replace('2026-01-11 15:30,закрыта', ',открыта')
  await take([open])
  await take(SMALL_ROWS)
  expect(counts(await take([open]))).toEqual({ rowsRead: 1, stored: 0, known: 1, quarantined: 0 })
})

test('two rows of one number: the same is known, another is quarantined', async () => {
  const report = await take([one, one, one.replace('лифт', 'протечка')])
  expect(counts(report)).toEqual({ rowsRead: 3, stored: 1, known: 1, quarantined: 1 })
  expect(report.quarantine).toMatchObject([
    { line: 4, column: 'вид', value: 'протечка (log: лифт)' },
  ])
})

test('a closing before the registration is kept as it is told, and listed', async () => {
  const report = await take([one.replace('2026-01-11 15:30', '2026-01-09 15:30')])
  expect(counts(report)).toEqual({ rowsRead: 1, stored: 1, known: 0, quarantined: 0 })
  expect(report.notes).toEqual([
    {
      column: 'закрыта',
      reason: 'is before the registration; kept, with the mark closed_before_registered',
      rows: 1,
      line: 2,
      value: '2026-01-09 15:30',
    },
  ])
  expect(eventsOf('request:1')).toMatchObject([{}, { occurredAt: almaty('2026-01-09T15:30') }])
  expect(readFileSync(report.rowsFile ?? '', 'utf8').split('\n')).toEqual([
    '\uFEFFline,kept,column,reason,value',
    '2,yes,закрыта,"is before the registration; kept, with the mark closed_before_registered",2026-01-09 15:30',
    '',
  ])
})

test('a due date without a time ends with its day; a closing on the day of registration is not before it', async () => {
  await take([
    one.replace('2026-01-12 09:00', '2026-01-12').replace('2026-01-11 15:30', '2026-01-10'),
  ])
  expect(eventsOf('request:1')).toMatchObject([
    { dueAt: almaty('2026-01-13T00:00') },
    { occurredAt: almaty('2026-01-10T09:00') },
  ])
})

test('a clock change is read one way, and said', async () => {
  const mapping = { ...SMALL_MAPPING, zone: 'America/New_York' }
  const row = one
    .replace('2026-01-10 09:00', '2025-11-02 01:30')
    .replace('2026-01-11 15:30', '2026-03-08 02:30')
  const report = await desk.take(smallFile([row]), { mapping })
  expect(report.notes.map(({ column, value }) => [column, value])).toEqual([
    ['создана', '2025-11-02 01:30'],
    ['закрыта', '2026-03-08 02:30'],
  ])
  expect(eventsOf('request:1').map(({ occurredAt }) => new Date(occurredAt).toISOString())).toEqual(
    ['2025-11-02T05:30:00.000Z', '2026-03-08T07:30:00.000Z'],
  )
})

test('a name that changes is the one of the newest request, and of the newest file', async () => {
  const mapping = { ...SMALL_MAPPING, organization: { id: 'дом', name: 'организация' } }
  const renamed = two.replace('ОСИ «Әлия»', 'ОСИ «Әлия-2»')
  await desk.take(smallFile([renamed, one]), { mapping })
  const names = () =>
    eventsOf('organization:b1').map((event) => ('name' in event ? event.name : undefined))
  expect(names()).toEqual(['ОСИ «Әлия-2»'])
  const newer = '9,2026-01-19 09:00,,,открыта,b1,"ул. Абая, 5",ОСИ «Әлия-3»,лифт'
  await desk.take(smallFile([newer]), { mapping })
  expect(names()).toEqual(['ОСИ «Әлия-2»', 'ОСИ «Әлия-3»'])
  await desk.take(smallFile([renamed, one]), { mapping })
  expect(names()).toEqual(['ОСИ «Әлия-2»', 'ОСИ «Әлия-3»'])
})

test('a mapping says whose complaints go past the company, at once or after the file was read without it', async () => {
  await take([one, two])
  const about = { column: 'вид', values: { протечка: 'company' } }
  const mapping = { ...SMALL_MAPPING, category: { id: 'вид', about } }
  const said = () =>
    ['лифт', 'протечка'].map((id) => eventsOf(`category:${id}`).map((event) => 'about' in event))
  expect(said()).toEqual([[false], [false]])
  for (const _ of ['once', 'twice']) {
    await take([one, two], { mapping })
    expect(said()).toEqual([[false], [false, true]])
  }
})

test('an empty folder becomes the city of the mapping; another city is left as it is, with a warning', async () => {
  await take(SMALL_ROWS)
  const city = readCity(desk.folder)
  expect(city).toMatchObject({ name: { ru: 'Тараз' }, zone: 'Asia/Almaty', centre: [71.37, 42.9] })
  const mapping = { ...SMALL_MAPPING, source: 'other', zone: 'Europe/Minsk' }
  const report = await desk.take(smallFile([]), { mapping })
  expect(report.warnings).toEqual([
    'times of the file are of Europe/Minsk; the city of this data folder (Тараз) is shown in Asia/Almaty',
  ])
  expect(readCity(desk.folder)).toEqual(city)
})

test('a file that lists quarantined rows opens in a spreadsheet and runs nothing', async () => {
  const report = await take([one, two.replace('2026-01-11 10:00', '=cmd|calc')])
  expect(readFileSync(report.rowsFile ?? '', 'utf8')).toMatch(/^3,no,создана,.*,'=cmd\|calc$/m)
})

test('the example of the documentation is a mapping that works', async () => {
  const mapping = JSON.parse(
    readFileSync(new URL('../../docs/import-mapping.example.json', import.meta.url), 'utf8'),
  )
  const file = [
    'Номер;Зарегистрирована;Срок;Принята;Назначен исполнитель;Выполнена;Подтверждена;Закрыта;Состояние;Код закрытия;Код дома;Адрес;Долгота;Широта;Район;БИН организации;Организация;Вид организации;Код вида;Вид работ;Раздел;Канал;Срочность;Подъезд',
    '1-77;05.01.2026 09:15;08.01.2026;05.01.2026 09:40;-;06.01.2026 12:00;07.01.2026 18:30;;Подтверждена;;d-12;пр. Абая 10, кв. 5;76,9286;43,2567;Медеу;990140001234;ОСИ «Абай-10»;ОСИ;4.2;Протечка кровли;Кровля;WhatsApp;Срочная;3',
  ].join('\n')
  const report = await desk.take(file, { mapping })
  expect(counts(report)).toEqual({ rowsRead: 1, stored: 1, known: 0, quarantined: 0 })
  expect([report.delimiter, report.notes]).toEqual([';', []])
  expect(eventsOf('request:1-77')).toMatchObject([
    {
      occurredAt: almaty('2026-01-05T09:15'),
      dueAt: almaty('2026-01-09T00:00'),
      channel: 'messenger',
      priority: 'urgent',
      entrance: 3,
      building: 'd-12',
    },
    { type: 'request.acknowledged', occurredAt: almaty('2026-01-05T09:40') },
    { type: 'request.work_done', occurredAt: almaty('2026-01-06T12:00') },
    { type: 'request.confirmed', occurredAt: almaty('2026-01-07T18:30') },
  ])
  expect(eventsOf('building:d-12')).toMatchObject([
    { address: { ru: 'пр. Абая 10' }, district: 'Медеу', lon: 76.9286, lat: 43.2567 },
  ])
  expect(eventsOf('organization:990140001234')).toMatchObject([
    { name: 'ОСИ «Абай-10»', kind: 'osi' },
  ])
})
