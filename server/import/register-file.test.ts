import { afterEach, expect, test } from 'vitest'
import { readCity } from '#server/config.ts'
import { memoryRegistry } from '#server/store/registry-memory.ts'
import { counts, openDesk } from '#test/import-desk.ts'

const NOW = Date.parse('2017-07-01T00:00:00+03:00')
let desk = openDesk(NOW)
afterEach(async () => {
  await desk.close()
  desk = openDesk(NOW)
})

const HEADER =
  'lat,lon,house_id,address,year,servicedate_start,serie,mgmt_company,levels_max,doors,room_count,area,company_id'
const house = (id: number, company: string, since = '', more = '1959') =>
  `55.8177,37.5235,${id},"г. Москва, ул. Мира, д. ${id}",${more},${since},I-515,${company},5,4,80,3000.50,${company ? company.length : ''}`
const file = (rows: readonly string[]) => `${[HEADER, ...rows].join('\n')}\n`
const take = (rows: readonly string[], date: string, given: object = {}) =>
  desk.take(file(rows), { preset: 'reformagkh', name: `moscow_${date}.csv`, ...given })
const newsOf = (building: string) =>
  desk.log
    .stream(desk.log.key(`building:${building}`) ?? 0)
    .map(({ id, occurredAt, ...event }) => [
      id.split(':').slice(3).join(' '),
      new Date(occurredAt).toISOString().slice(0, 10),
      'organization' in event ? event.organization : undefined,
      event.timeUnknown ?? false,
    ])

// Midnight in Moscow is 21:00 UTC of the day before; the register's days are Moscow's.
test('the first snapshot registers buildings and who answers for them, since the day that it names', async () => {
  const report = await take(
    [
      house(1, 'ООО А', '01.04.2010'),
      house(2, 'ООО А'),
      house(3, ''),
      house(4, 'ТСЖ 1', '01.01.1900'),
    ],
    '2016-03-08',
  )
  expect(counts(report)).toEqual({ rowsRead: 4, stored: 4, known: 0, quarantined: 0 })
  expect(newsOf('1')).toEqual([
    ['registered 2016-03-08', '2016-03-07', undefined, false],
    ['tenure 2016-03-08', '2010-03-31', '5', false],
  ])
  expect(newsOf('2')).toEqual([
    ['registered 2016-03-08', '2016-03-07', undefined, false],
    ['tenure 2016-03-08', '2016-03-07', '5', true],
  ])
  expect(newsOf('3')).toEqual([['registered 2016-03-08', '2016-03-07', undefined, false]])
  expect(newsOf('4').at(-1)).toEqual(['tenure 2016-03-08', '2016-03-07', '5', true])
  expect(readCity(desk.folder)).toMatchObject({ zone: 'Europe/Moscow', name: { ru: 'Москва' } })
})

const FIRST = [
  house(1, 'ООО А', '01.04.2010'),
  house(2, 'ООО А', '01.04.2010'),
  house(3, 'ООО А', '01.04.2010'),
  house(4, 'ООО А', '01.04.2010'),
  house(5, ''),
  house(6, 'ООО А', '01.04.2010'),
]
const SECOND = [
  house(1, 'ООО А', '01.05.2011'),
  house(2, 'ЗАО Бета', '01.09.2016'),
  house(3, 'ЗАО Бета', '01.01.2012'),
  house(4, ''),
  house(5, 'ЗАО Бета', '01.02.2013'),
  house(7, 'ЗАО Бета', '01.03.2017'),
]

test('a later snapshot adds what changed: takeovers, losses, new buildings, and those that are gone', async () => {
  await take(FIRST, '2016-03-08')
  const report = await take(SECOND, '2017-06-14')
  expect(counts(report)).toEqual({ rowsRead: 6, stored: 5, known: 1, quarantined: 0 })
  expect(report.removed).toBe(1)
  expect(newsOf('1').slice(2)).toEqual([])
  // The register names a day between the snapshots: that day. It names an older one, of the company before: unknown.
  expect(newsOf('2').slice(2)).toEqual([['tenure 2017-06-14', '2016-08-31', '8', false]])
  expect(newsOf('3').slice(2)).toEqual([['tenure 2017-06-14', '2017-06-13', '8', true]])
  expect(newsOf('4').slice(2)).toEqual([['tenure 2017-06-14', '2017-06-13', null, true]])
  expect(newsOf('5').slice(1)).toEqual([['tenure 2017-06-14', '2013-01-31', '8', false]])
  expect(newsOf('6').slice(2)).toEqual([['removed 2017-06-14', '2017-06-13', undefined, true]])
  expect(newsOf('7').map(([what]) => what)).toEqual(['registered 2017-06-14', 'tenure 2017-06-14'])
})

test('each snapshot again, in whatever order, changes nothing', async () => {
  await take(FIRST, '2016-03-08')
  await take(SECOND, '2017-06-14')
  const seq = desk.log.lastSeq()
  for (const [rows, date] of [
    [FIRST, '2016-03-08'],
    [SECOND, '2017-06-14'],
    [FIRST, '2016-03-08'],
  ] as const) {
    const report = await take(rows, date)
    expect([report.stored, report.quarantined, report.eventsStored]).toEqual([0, 0, 0])
  }
  expect(desk.log.lastSeq()).toBe(seq)
})

test('a building that comes back is registered again', async () => {
  await take(FIRST, '2016-03-08')
  await take(SECOND, '2017-06-14')
  await take([...SECOND, house(6, 'ООО А', '01.04.2010')], '2017-06-20')
  expect(newsOf('6').slice(2)).toEqual([
    ['removed 2017-06-14', '2017-06-13', undefined, true],
    ['registered 2017-06-20', '2017-06-19', undefined, false],
  ])
  const registry = memoryRegistry()
  for (const event of desk.log.registry())
    if (event.type === 'building.registered' || event.type === 'building.removed')
      registry.apply(event, desk.log.key(`building:${event.building}`) ?? 0)
  expect(registry.buildingById('6')?.gone).toBe(false)
})

test('a company that changes its name is the same company', async () => {
  await take([house(1, 'ООО А', '01.04.2010')], '2016-03-08')
  const report = await take([house(1, 'АО А1', '01.04.2010')], '2017-06-14')
  expect(report.stored).toBe(0)
  const names = [...desk.log.registry()].flatMap((event) =>
    event.type === 'organization.registered' ? [event.name] : [],
  )
  expect(names).toEqual(['ООО А', 'АО А1'])
  expect(newsOf('1')).toHaveLength(2)
})

test('while rows cannot be read, no building is taken as gone', async () => {
  await take(FIRST, '2016-03-08')
  const report = await take([...SECOND, 'torn'], '2017-06-14')
  expect([report.removed, report.quarantined]).toEqual([0, 1])
  expect(report.warnings).toEqual([
    'missing from this snapshot: 1 of the buildings of the earlier ones. Its rows that cannot be read: 1. So none is taken as gone; mend these rows and import the file again',
  ])
})

test('a file of another region does not empty this one', async () => {
  await take(FIRST, '2016-03-08')
  const refused = take([house(100, 'ООО А')], '2017-06-14')
  await expect(refused).rejects.toThrow(
    '6 of the 6 buildings of the region "moscow" are not in this file; if it covers another region, say so with --region NAME',
  )
  const report = await take([house(100, 'ООО А')], '2017-06-14', { region: 'Zelenograd' })
  expect([report.source, report.removed]).toEqual(['reformagkh:zelenograd', 0])
})

test('an older snapshot after a newer one is refused', async () => {
  await take(SECOND, '2017-06-14')
  await expect(take(FIRST, '2016-03-08')).rejects.toThrow(
    'this is a snapshot of 2016-03-08, but the one of 2017-06-14 of the region "moscow" was imported before; import snapshots in the order of their dates',
  )
})

test('a register without a date is refused, and takes one that is given', async () => {
  const bytes = file(FIRST)
  const given = { preset: 'reformagkh', name: 'moscow.csv' }
  await expect(desk.take(bytes, given)).rejects.toThrow(/needs the date on which it was so/)
  const report = await desk.take(bytes, { ...given, asOf: '2016-03-08' })
  expect([report.source, report.asOf]).toEqual(['reformagkh:moscow', '2016-03-08'])
  await expect(desk.take(bytes, { ...given, asOf: '08.03.2016' })).rejects.toThrow(/is no date/)
})

test('an impossible year is left out, the building stays', async () => {
  const report = await take(
    [house(1, 'ООО А', '', '2850'), house(2, 'ООО А', '', '1054')],
    '2016-03-08',
  )
  expect(report.notes).toMatchObject([{ column: 'year', rows: 2, value: '2850' }])
  expect(desk.log.stream(desk.log.key('building:1') ?? 0)).toMatchObject([
    { floors: 5, entrances: 4, apartments: 80, area: 3000.5 },
    {},
  ])
})

test.for([
  ['share', ['0.375', '1', '', '37.5'], [0.375, 1, undefined, undefined]],
  ['percent', ['37,5 %', '100', '33.3', '120'], [0.375, 1, 0.333, undefined]],
] as const)(
  'the share of the city is read as a %s; what is none is left out',
  async ([as, told, shares]) => {
    const rows = told.map((text, n) => `h-${n};ул. Мира, ${n};"${text}"`)
    const report = await desk.take(['id;address;city', ...rows].join('\n'), {
      name: 'city_2016-03-08.csv',
      mapping: {
        ...{ kind: 'register', source: 'reg', zone: 'Asia/Almaty', language: 'ru' },
        building: { id: 'id', address: 'address', cityShare: { column: 'city', as } },
      },
    })
    expect(counts(report)).toMatchObject({ stored: 4, quarantined: 0 })
    const found = [...desk.log.registry()].map((event) =>
      event.type === 'building.registered' ? event.cityShare : null,
    )
    expect(found).toEqual(shares)
  },
)
