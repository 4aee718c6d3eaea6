import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { marksOf } from '#server/contract/vocabulary.ts'
import { openLog, type SqliteLog } from '#server/log/sqlite.ts'
import { event, NOW, ZONE } from '#test/city.ts'
import { type Facts, openFacts } from './duckdb.ts'
import { openFactsFile } from './facts-file.ts'
import { createProjector, type Projector } from './projector.ts'
import { type MemoryRegistry, memoryRegistry } from './registry-memory.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-01-10T10:00:00+05:00')
let folder: string
let log: SqliteLog
let facts: Facts
let registry: MemoryRegistry
let projector: Projector

async function begin() {
  facts = await openFactsFile({ file: join(folder, 'facts.duckdb'), memoryLimitMb: 128 })
  registry = memoryRegistry()
  projector = createProjector({ log, facts, registry, zone: ZONE, after: () => {} })
  await projector.start()
}
const tell = async (...events: DomainEvent[]) => {
  await log.append(events)
  await projector.settle()
}
const rows = (columns: string, rest = '') =>
  facts.query(`SELECT ${columns} FROM request ${rest} ORDER BY request`)

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'domovoi-projector-'))
  log = openLog({ file: join(folder, 'log.sqlite'), now: () => NOW })
  await begin()
})
afterEach(async () => {
  await projector.stop()
  await facts.close()
  await log.close()
  rmSync(folder, { recursive: true })
})

const registered = (request: string, body: object = {}, at = START) =>
  event('request.registered', at, {
    ...{ request, channel: 'phone', priority: 'ordinary', kind: 'work_request' },
    ...body,
  })
const building = (id: string, body: object = {}) =>
  event('building.registered', START, { building: id, address: { ru: id }, ...body })
const organization = (id: string) =>
  event('organization.registered', START, { organization: id, name: id, kind: 'uk' })
const tenure = (id: string, organization: string | null, at: number) =>
  event('tenure.changed', at, { building: id, organization })

describe('what arrives late changes the requests it concerns', () => {
  test('a merger of an organization that nobody registered, and its correction', async () => {
    const merger = event('organization.merged', START - HOUR, { organization: 'gone', into: 'uk' })
    await tell(organization('uk'), registered('1', { organization: 'gone' }))
    const answers = async () =>
      [(await rows('organization'))[0]?.organization, (await rows('marks'))[0]?.marks].map(Number)
    const [, unknown = 0] = await answers()
    expect(marksOf(unknown)).toContain('unknown_organization')
    await tell(merger)
    const key = registry.organizationById('uk')?.key
    expect((await answers())[0]).toBe(key)
    await tell(
      event('organization.corrected', START, {
        organization: 'gone',
        event: merger.id,
        reason: 'no',
      }),
    )
    expect(await answers()).toEqual([0, unknown])
  })

  test('a merger into an organization that nobody registered is taken back', async () => {
    const merger = event('organization.merged', START - HOUR, {
      organization: 'uk',
      into: 'nobody',
    })
    await tell(organization('uk'), merger, registered('1', { organization: 'uk' }))
    expect(await rows('organization')).toEqual([{ organization: 0 }])
    await tell(
      event('organization.corrected', START, {
        organization: 'uk',
        event: merger.id,
        reason: 'no',
      }),
    )
    expect(await rows('organization')).toEqual([
      { organization: registry.organizationById('uk')?.key },
    ])
  })

  test('a building: its requests were kept under the name that the source wrote', async () => {
    await tell(registered('1', { building: 'b' }), registered('2', { building: 'c' }))
    expect(await rows('building, building_ref, marks > 0 AS marked')).toEqual([
      { building: 0, building_ref: 'b', marked: true },
      { building: 0, building_ref: 'c', marked: true },
    ])
    await tell(building('b', { lon: 71.5, lat: 51.5 }))
    expect(await rows('building, building_ref, marks, lon')).toEqual([
      { building: registry.buildingById('b')?.key, building_ref: null, marks: 0, lon: 71.5 },
      { building: 0, building_ref: 'c', marks: 4, lon: null },
    ])
  })

  test('a corrected place of a building: its requests stand there', async () => {
    await tell(building('b', { lon: 71.5, lat: 51.5 }), registered('1', { building: 'b' }))
    const corrected = { building: 'b', address: { ru: 'b' }, lon: 71.6 }
    await tell(event('building.registered', START + HOUR, corrected))
    expect(await rows('lon, lat')).toEqual([{ lon: 71.6, lat: 51.5 }])
  })

  test('a tenure: requests registered in its interval, and only those', async () => {
    await tell(organization('old'), organization('new'), building('b'))
    await tell(tenure('b', 'old', START - 100 * HOUR))
    await tell(
      registered('before', { building: 'b' }, START),
      registered('after', { building: 'b' }, START + 50 * HOUR),
    )
    const holders = async () =>
      (await rows('organization')).map((row) => registry.organization(Number(row.organization))?.id)
    expect(await holders()).toEqual(['old', 'old'])
    await tell(tenure('b', 'new', START + 10 * HOUR))
    expect(await holders()).toEqual(['old', 'new'])
  })

  test('an organization that a tenure or a request named before it was registered', async () => {
    await tell(building('b'), tenure('b', 'late', START - HOUR))
    await tell(registered('1', { building: 'b' }), registered('2', { organization: 'late' }))
    const known = () => rows('organization > 0 AS known, marks')
    expect((await known()).map((row) => [row.known, marksOf(Number(row.marks))])).toEqual([
      [false, ['unknown_organization']],
      [false, ['unknown_organization']],
    ])
    await tell(organization('late'))
    expect(await known()).toEqual([
      { known: true, marks: 0 },
      { known: true, marks: 0 },
    ])
  })

  test('a category and a district', async () => {
    await tell(building('b', { district: 'd' }), registered('1', { building: 'b', category: 'c' }))
    await tell(event('category.registered', START, { category: 'c', name: { ru: 'c' } }))
    await tell(event('district.registered', START, { district: 'd', name: { ru: 'd' } }))
    expect(await rows('category > 0 AS category, district > 0 AS district, marks')).toEqual([
      { category: true, district: true, marks: 0 },
    ])
  })

  test('a repeat: the request that it repeats came back after so long, whichever is told first', async () => {
    const closed = event('request.closed', START + 2 * HOUR, { request: 'first' })
    const again = [
      registered('again', {}, START + 50 * HOUR),
      event('request.repeat_linked', START + 51 * HOUR, { request: 'again', of: 'first' }),
    ]
    await tell(registered('first'), closed)
    await tell(...again)
    expect(await rows('number, reopen_delay_s, reopenings')).toEqual([
      { number: 'first', reopen_delay_s: 48 * 3600, reopenings: 0 },
      { number: 'again', reopen_delay_s: null, reopenings: 0 },
    ])
    const other = [
      registered('again-2', {}, START + 26 * HOUR),
      event('request.repeat_linked', START + 27 * HOUR, { request: 'again-2', of: 'first-2' }),
    ]
    await tell(...other)
    expect(await rows('repeat_ref', `WHERE number = 'again-2'`)).toEqual([
      { repeat_ref: 'first-2' },
    ])
    await projector.stop()
    await facts.close()
    await begin()
    await tell(registered('first-2'), { ...closed, id: 'x', request: 'first-2' } as DomainEvent)
    expect(await rows('reopen_delay_s', `WHERE number = 'first-2'`)).toEqual([
      { reopen_delay_s: 24 * 3600 },
    ])
    expect(await rows('repeat_ref', `WHERE number = 'again-2'`)).toEqual([{ repeat_ref: null }])
  })
})

test('a late write never replaces a row that knows more events', async () => {
  await tell(registered('1'), event('request.started', START + HOUR, { request: '1' }))
  await facts.write((writer) =>
    writer.run('UPDATE request SET ver = 9, place = $x', { x: 'newer' }),
  )
  await tell(event('request.closed', START + 2 * HOUR, { request: '1' }))
  expect(await rows('ver, place')).toEqual([{ ver: 9, place: 'newer' }])
})

test('what was recorded while nobody projected is projected at the start', async () => {
  await tell(registered('1'))
  await projector.stop()
  await facts.close()
  await log.append([registered('2'), building('b')])
  await begin()
  expect(await rows('number')).toEqual([{ number: '1' }, { number: '2' }])
  expect(registry.buildingById('b')).toBeDefined()
  expect(projector.seq()).toBe(3)
})

test('a transaction that fails changes nothing, and the next one brings everything', async () => {
  await tell(organization('o'), building('b'), registered('1', { building: 'b' }))
  const commits: number[] = []
  projector.follow((commit) => commits.push(commit.seq))
  const write = facts.write
  facts.write = (work) =>
    write(async (writer) => {
      await work(writer)
      throw new Error('the disk is full')
    })
  await expect(tell(tenure('b', 'o', START - HOUR), registered('2'))).rejects.toThrow('disk')
  expect([await rows('number'), projector.seq(), commits]).toEqual([[{ number: '1' }], 3, []])
  expect(projector.failures()).toBe(1)
  facts.write = write
  await projector.settle()
  expect(projector.failures()).toBe(0)
  expect(await rows('number, organization > 0 AS held')).toEqual([
    { number: '1', held: true },
    { number: '2', held: false },
  ])
  expect(commits).toEqual([5])
})

test('local dates follow the zone, over the day that Almaty moved its clock back', async () => {
  const moments = ['2024-02-29T17:59:00Z', '2024-02-29T18:30:00Z', '2024-02-29T19:00:00Z']
  await tell(...moments.map((moment) => registered(moment, {}, Date.parse(moment))))
  // At midnight of 1 March 2024 it became 23:00 of 29 February (day 19782 of the epoch): five hours before UTC, not six.
  expect(await rows('registered_on - 19782 AS day, registered_hour, month')).toEqual([
    { day: 0, registered_hour: 23, month: 2024 * 12 + 1 },
    { day: 0, registered_hour: 23, month: 2024 * 12 + 1 },
    { day: 1, registered_hour: 0, month: 2024 * 12 + 2 },
  ])
})

test('the same question is planned anew when the rows have changed', async () => {
  await tell(registered('1', { building: 'unknown' }))
  // Sorting is where the engine packs values by their bounds: here by the only mark there was.
  const question = () => rows('number, marks')
  await question()
  await tell(building('unknown'), registered('2'))
  expect(await question()).toEqual([
    { number: '1', marks: 0 },
    { number: '2', marks: 0 },
  ])
})

test('the engine cannot reach outside its own file', async () => {
  const probe = await openFacts({ file: ':memory:' })
  for (const sql of [
    `COPY (SELECT 1) TO '${join(folder, 'leak.csv')}'`,
    `SELECT * FROM read_csv('/etc/passwd')`,
    `ATTACH '${join(folder, 'other.duckdb')}'`,
    'INSTALL httpfs',
    'SET enable_external_access = true',
    'SET threads = 4',
  ])
    await expect(probe.query(sql), sql).rejects.toThrow(/disabled|locked|Cannot|permission/i)
  await probe.close()
})
