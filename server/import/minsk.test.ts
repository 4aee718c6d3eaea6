import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { markBit, OUTCOMES, STATES } from '#server/contract/vocabulary.ts'
import { OPEN, SOUND } from '#server/metrics.ts'
import { ask } from '#server/store/ask.ts'
import { openStore, type Store } from '#server/store/store.ts'
import { counts, openDesk } from '#test/import-desk.ts'
import { DATA_MISSING, MINSK } from '#test/real-data.ts'
import type { ImportReport } from './report.ts'

const NOW = Date.parse('2019-03-02T00:00:00+03:00')
const count = z.number().int()

/** Numbers are those counted in the file: 59,935 rows of state 5, 4,833 of state 7, 166 of state 4; 12,768 "рядом с". */
describe.skipIf(DATA_MISSING)('the requests of Minsk', { timeout: 300_000 }, () => {
  const desk = openDesk(NOW)
  let report: ImportReport
  let store: Store

  beforeAll(async () => {
    report = await desk.file(MINSK, { preset: 'minsk-115' })
    const file = `${desk.folder}/facts.duckdb`
    store = await openStore({ log: desk.log, file, zone: 'Europe/Minsk', now: () => NOW })
    await store.projector.settle()
  }, 300_000)
  afterAll(async () => {
    await store?.close()
    await desk.close()
  })

  const one = async (where: string) => {
    const sql = `SELECT count(*) AS n FROM request WHERE ${where}`
    const [row] = await ask(store.engine, { name: sql, sql, row: z.object({ n: count }) })
    return row?.n
  }

  test('every row is stored, as of the last day of the file', () => {
    expect(counts(report)).toEqual({ rowsRead: 64_934, stored: 64_934, known: 0, quarantined: 0 })
    expect(report.asOf).toBe('2019-02-28')
    expect([...store.registry.organizations()]).toHaveLength(134)
    expect([...store.registry.categories()]).toHaveLength(109)
  })

  test('done is closed with the mark that nobody knows when; no time is invented', async () => {
    const unknown = `(marks & ${markBit('closing_time_unknown')}) <> 0`
    expect(await one(`outcome = ${OUTCOMES.indexOf('closed')} AND ${unknown}`)).toBe(59_935)
    expect(await one(`${unknown} AND (resolution_s IS NOT NULL OR closed_on IS NOT NULL)`)).toBe(0)
    expect(await one(`${unknown} AND ${SOUND}`)).toBe(0)
    expect(await one('acknowledged_at IS NOT NULL')).toBe(0)
  })

  test('put off and in work are open', async () => {
    expect(await one(`${OPEN} AND state = ${STATES.indexOf('deferred')}`)).toBe(4_833)
    expect(await one(`${OPEN} AND state = ${STATES.indexOf('in_progress')}`)).toBe(166)
    expect(await one(OPEN)).toBe(4_999)
  })

  test('near a building is not at it: the place is kept', async () => {
    expect(await one("place LIKE 'рядом с%'")).toBe(12_768)
    expect(await one("place LIKE 'рядом с%' AND (building <> 0 OR building_ref IS NOT NULL)")).toBe(
      0,
    )
  })

  test('a house written in three ways is one house, in its city', () => {
    expect(store.registry.buildingById('улица Немига, 5')).toMatchObject({
      address: { ru: 'улица Немига, 5' },
    })
    for (const { lon, lat } of store.registry.buildings())
      if (lon !== null && lat !== null)
        expect([lon > 27.2 && lon < 27.9, lat > 53.7 && lat < 54.1]).toEqual([true, true])
  })

  test('no place names a flat', async () => {
    expect(await one("regexp_matches(place, '(^|[ ,])кв(\\.|артира)? ?[0-9]')")).toBe(0)
  })

  test('the same file again changes nothing', async () => {
    const again = await desk.file(MINSK, { preset: 'minsk-115' })
    expect([counts(again), again.eventsStored]).toEqual([
      { rowsRead: 64_934, stored: 0, known: 64_934, quarantined: 0 },
      0,
    ])
  })
})
