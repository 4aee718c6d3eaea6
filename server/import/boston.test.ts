import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { Event } from '#server/contract/events.ts'
import { CHANNELS, markBit } from '#server/contract/vocabulary.ts'
import { LATE, OPEN, OVERDUE, SOUND } from '#server/metrics.ts'
import { ask } from '#server/store/ask.ts'
import { openStore, type Store } from '#server/store/store.ts'
import { minuteOf } from '#server/store/within.ts'
import { counts, openDesk } from '#test/import-desk.ts'
import { BOSTON, BOSTON_HOUSING, DATA_MISSING } from '#test/real-data.ts'
import type { ImportReport } from './report.ts'

const NOW = Date.parse('2016-01-12T22:22:00-05:00')
const PRESET = { preset: 'boston-311' }
const count = z.number().int()

/** Boston as its city published it at that minute; the numbers are those counted in the file beside it. */
describe.skipIf(DATA_MISSING)('the requests of Boston', { timeout: 300_000 }, () => {
  const desk = openDesk(NOW)
  let report: ImportReport
  let store: Store
  let file: Record<string, string>[]

  beforeAll(async () => {
    report = await desk.file(BOSTON, PRESET)
    store = await openStore({
      log: desk.log,
      file: `${desk.folder}/facts.duckdb`,
      zone: 'America/New_York',
      now: () => NOW,
    })
    await store.projector.settle()
    file = parse(gunzipSync(readFileSync(BOSTON)), { columns: true })
  }, 300_000)
  afterAll(async () => {
    await store?.close()
    await desk.close()
  })

  const one = async (select: string, where = 'true') => {
    const sql = `SELECT ${select} AS n FROM request WHERE ${where}`
    const question = { name: sql, sql: `${sql} AND $now >= 0`, row: z.object({ n: count }) }
    const [row] = await ask(store.engine, question, { now: minuteOf(NOW) })
    return row?.n
  }

  test('every row is stored', () => {
    expect(counts(report)).toEqual({
      rowsRead: 93_963,
      stored: 93_963,
      known: 0,
      quarantined: 0,
    })
  })

  test('the 176 rows that close before they open are kept with the mark, and listed', async () => {
    const listed = report.notes.find(({ reason }) => reason.includes('closed_before_registered'))
    expect(listed?.rows).toBe(176)
    const marked = `(marks & ${markBit('closed_before_registered')}) <> 0`
    expect(await one('count(*)', marked)).toBe(176)
    const numbers = file
      .filter(({ created = '', resolved = '' }) => resolved && resolved < created)
      .map(({ id }) => id)
      .sort()
    const rows = await ask(store.engine, {
      name: 'marked',
      sql: `SELECT number FROM request WHERE ${marked} ORDER BY number`,
      row: z.object({ number: z.string() }),
    })
    expect(rows.map(({ number }) => number)).toEqual(numbers)
    expect(numbers).toHaveLength(176)
  })

  test('what is open and overdue is what the city counted', async () => {
    expect(await one('count(*)')).toBe(93_963)
    expect(await one('count(*)', OPEN)).toBe(14_257)
    expect(await one('count(*)', OVERDUE)).toBe(8_723)
  })

  test('buildings, organizations and categories are as many as the file names', () => {
    const { registry } = store
    expect([...registry.buildings()]).toHaveLength(42_663)
    expect([...registry.organizations()]).toHaveLength(147)
    expect([...registry.categories()]).toHaveLength(157)
    expect([...registry.districts()]).toHaveLength(23)
  })

  test('late by our rule is overdue by the city’s own label on 93,815 of 93,816 rows', async () => {
    const late = {
      name: 'late',
      sql: `SELECT number FROM request WHERE ${LATE}`,
      row: z.object({ number: z.string() }),
    }
    const lateNumbers = new Set(
      (await ask(store.engine, late, { now: minuteOf(NOW) })).map(({ number }) => number),
    )
    const labelled = file.filter((row) => row.on_time)
    const other = labelled.filter(
      (row) => (row.on_time === 'OVERDUE') !== lateNumbers.has(row.id ?? ''),
    )
    // Due half an hour after the snapshot, and overdue by the city.
    expect([labelled.length, other.map(({ id }) => id)]).toEqual([93_816, ['101001431411']])
  })

  test('nobody is said to have answered: the file has no such time', async () => {
    expect(await one('count(*)', 'acknowledged_at IS NOT NULL OR response_s IS NOT NULL')).toBe(0)
  })

  test('each request is of the organization, building and channel of its row', async () => {
    const sample = {
      name: 'sample',
      sql: 'SELECT number, organization, building, channel, registered_at FROM request WHERE request % 100 = 7 ORDER BY number',
      row: z.object({
        number: z.string(),
        organization: count,
        building: count,
        channel: count,
        registered_at: count,
      }),
    }
    const byNumber = new Map(file.map((row) => [row.id, row]))
    const channels: Record<string, string> = {
      'Constituent Call': 'phone',
      'Citizens Connect App': 'app',
      'Self Service': 'web',
      Twitter: 'social_network',
      'Maximo Integration': 'unknown',
      'Employee Generated': 'staff',
      'City Worker App': 'staff',
    }
    const wall = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'America/New_York',
      dateStyle: 'short',
      timeStyle: 'medium',
    })
    const rows = await ask(store.engine, sample)
    expect(rows.length).toBeGreaterThan(900)
    for (const row of rows) {
      const told = byNumber.get(row.number)
      expect({
        organization: store.registry.organization(row.organization)?.id,
        building: store.registry.building(row.building)?.id ?? '',
        channel: CHANNELS[row.channel],
        registered: wall.format(row.registered_at),
      }).toEqual({
        organization: told?.queue,
        building: told?.property_id?.replace(/\.0$/, ''),
        channel: channels[told?.channel ?? ''],
        registered: told?.created?.replace('T', ' '),
      })
    }
  })

  test('a building is where its own address is, and not where an intersection of the same number is', () => {
    const building = store.registry.buildingById('6514')
    expect(building).toMatchObject({
      address: { en: '28 Auckland St Dorchester MA 02125' },
      lon: -71.0554,
      lat: 42.3141,
    })
    const nowhere = [...store.registry.buildings()].filter(
      ({ lon, lat }) => lon === -71.0587 && lat === 42.3594,
    )
    expect(nowhere).toEqual([])
  })

  test('every event is one by the contract', () => {
    for (let after = 0; after < desk.log.lastSeq(); after += 997)
      for (const { seq: _seq, recordedAt: _at, ...event } of desk.log.read(after, 10))
        expect(Event.parse(event)).toEqual(event)
  })

  test('measures of time leave the 176 out', async () => {
    expect(await one('count(*)', `NOT (${SOUND})`)).toBe(176)
  })

  test('the same file again, and a part of it, change nothing', async () => {
    const before = desk.log.lastSeq()
    expect(counts(await desk.file(BOSTON, PRESET))).toEqual({
      rowsRead: 93_963,
      stored: 0,
      known: 93_963,
      quarantined: 0,
    })
    expect(counts(await desk.file(BOSTON_HOUSING, PRESET))).toEqual({
      rowsRead: 13_480,
      stored: 0,
      known: 13_480,
      quarantined: 0,
    })
    expect(desk.log.lastSeq()).toBe(before)
  })
})
