import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDesk } from '#test/import-desk.ts'
import { DATA_MISSING, MOSCOW_2016, MOSCOW_2017 } from '#test/real-data.ts'
import { previewImport } from './preview.ts'

const NOW = Date.parse('2017-06-20T00:00:00+03:00')

/** Numbers are those counted in the two files side by side. */
describe.skipIf(DATA_MISSING)(
  'a preview of the second register of Moscow',
  { timeout: 300_000 },
  () => {
    const desk = openDesk(NOW)
    const preview = () =>
      previewImport({
        ...{ file: MOSCOW_2017, preset: 'reformagkh', dataDir: desk.folder },
        ...{ log: desk.log, now: () => NOW },
      })
    beforeAll(async () => {
      await desk.file(MOSCOW_2016, { preset: 'reformagkh' })
    }, 300_000)
    afterAll(() => desk.close())

    test('tells 1,347 transfers by pair and 34 buildings gone, and stores nothing', async () => {
      const before = desk.log.lastSeq()
      const found = await preview()
      expect(desk.log.lastSeq()).toBe(before)
      expect([found.transfers.count, found.gone.count, found.lost]).toEqual([1_347, 34, 245])
      expect(found.newBuildings.count).toBe(33_741 - 32_969)
      expect(found.rows).toMatchObject({ read: 33_707, quarantined: 0 })
      const sum = found.transfers.pairs.first.reduce((total, pair) => total + pair.buildings, 0)
      expect(sum).toBeLessThanOrEqual(1_347)
    })

    test('is what the import then stores, and nothing is left to preview', async () => {
      const promised = await preview()
      const report = await desk.file(MOSCOW_2017, { preset: 'reformagkh' })
      expect(report.eventsStored).toBe(promised.events)
      const after = await preview()
      expect([after.events, after.transfers.count, after.gone.count]).toEqual([0, 0, 0])
    })
  },
)

describe('a preview of a small register', () => {
  const desk = openDesk(NOW)
  afterAll(() => desk.close())
  const mapping = {
    kind: 'register',
    source: 'small',
    zone: 'Europe/Moscow',
    language: 'ru',
    building: { id: 'id', address: 'address', floors: 'floors' },
    organization: { id: 'company', name: 'name' },
  }
  const header = 'id,address,floors,company,name\n'
  const first = `${header}1,"Садовая, 1",5,a,Ромашка\n2,"Садовая, 2",5,a,Ромашка\n3,"Садовая, 3",5,b,Клён\n`
  const second = `${header}1,"Садовая, 1",6,b,Клён\n2,"Садовая, 2",5,a,Ромашка плюс\n4,"Садовая, 4",9,b,Клён\n`

  test('tells what is new, gone, renamed, described otherwise and passed on', async () => {
    await desk.take(first, { mapping, name: 'small_2016-01-01.csv' })
    const found = await desk.preview(second, { mapping, name: 'small_2017-01-01.csv' })
    expect(found).toMatchObject({
      newBuildings: { count: 1, first: [{ id: '4', address: 'Садовая, 4' }] },
      changedBuildings: { count: 1, first: [{ id: '1', fields: ['floors'] }] },
      gone: { count: 1, first: [{ id: '3', address: 'Садовая, 3' }] },
      renamed: { count: 1, first: [{ id: 'a', before: 'Ромашка', after: 'Ромашка плюс' }] },
      newOrganizations: { count: 0 },
      transfers: { count: 1, pairs: { count: 1, first: [{ buildings: 1 }] } },
      taken: 1,
      lost: 0,
    })
    expect(found.transfers.pairs.first[0]).toMatchObject({
      from: { id: 'a', name: 'Ромашка плюс' },
      to: { id: 'b', name: 'Клён' },
    })
  })
})
