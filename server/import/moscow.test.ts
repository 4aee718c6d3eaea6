import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Event, type RegistryEvent } from '#server/contract/events.ts'
import type { Building } from '#server/domain/registry.ts'
import { memoryRegistry } from '#server/store/registry-memory.ts'
import { counts, openDesk } from '#test/import-desk.ts'
import { DATA_MISSING, KARELIA, MOSCOW_2016, MOSCOW_2017 } from '#test/real-data.ts'

const NOW = Date.parse('2017-06-20T00:00:00+03:00')
const PRESET = { preset: 'reformagkh' }

/** Numbers are those counted in the two files side by side. */
describe.skipIf(DATA_MISSING)('the register of Moscow, 2016 and 2017', { timeout: 300_000 }, () => {
  const desk = openDesk(NOW)
  const known = () => {
    const registry = memoryRegistry()
    for (const event of desk.log.registry()) {
      const told = event as typeof event & RegistryEvent
      const stream =
        'building' in told && told.building
          ? `building:${told.building}`
          : `organization:${'organization' in told ? told.organization : ''}`
      registry.apply(told, desk.log.key(stream) ?? 0)
    }
    return [...registry.buildings()]
  }
  /** Changes from one known company to another, to nobody, and from nobody. */
  const changes = (buildings: readonly Building[]) => {
    const found = { passed: 0, lost: 0 }
    for (const { tenures } of buildings)
      for (const [index, { organization }] of tenures.entries()) {
        const before = tenures[index - 1]?.organization ?? 0
        if (before !== 0 && organization === 0) found.lost++
        if (before !== 0 && organization !== 0 && organization !== before) found.passed++
      }
    return found
  }
  const summary = (buildings: readonly Building[]) => ({
    known: buildings.length,
    gone: buildings.filter(({ gone }) => gone).length,
    managed: buildings.filter(({ tenures }) => (tenures.at(-1)?.organization ?? 0) !== 0).length,
  })
  let first: readonly Building[] = []
  let both: readonly Building[] = []

  beforeAll(async () => {
    const report2016 = await desk.file(MOSCOW_2016, PRESET)
    expect(counts(report2016)).toEqual({
      rowsRead: 32_969,
      stored: 32_969,
      known: 0,
      quarantined: 0,
    })
    first = known()
    const report2017 = await desk.file(MOSCOW_2017, PRESET)
    expect([report2017.rowsRead, report2017.quarantined, report2017.removed]).toEqual([
      33_707, 0, 34,
    ])
    both = known()
  }, 300_000)
  afterAll(() => desk.close())

  test('32,969 buildings are known after the first, 33,741 after the second, 34 of them gone', () => {
    expect(summary(first)).toEqual({ known: 32_969, gone: 0, managed: 32_969 - 1_317 })
    expect(summary(both)).toMatchObject({ known: 33_741, gone: 34 })
  })

  test('1,347 tenures pass from one known company to another; renames are none of them', () => {
    expect(changes(first)).toEqual({ passed: 0, lost: 0 })
    expect(changes(both)).toEqual({ passed: 1_347, lost: 245 })
  })

  test('a takeover is dated where the register dates it, and known by the second snapshot otherwise', () => {
    const dated = { told: 0, knownBy: 0 }
    for (const event of desk.log.registry())
      if (event.type === 'tenure.changed' && event.id.endsWith(':2017-06-14')) {
        const before = first.find(({ id }) => id === event.building)
        if ((before?.tenures.at(-1)?.organization ?? 0) === 0 || event.organization === null)
          continue
        dated[event.timeUnknown ? 'knownBy' : 'told']++
      }
    expect(dated).toEqual({ told: 901, knownBy: 446 })
  })

  test('every event is one by the contract', () => {
    for (let after = 0; after < desk.log.lastSeq(); after += 997)
      for (const { seq: _seq, recordedAt: _at, ...event } of desk.log.read(after, 10))
        expect(Event.parse(event)).toEqual(event)
  })

  test('both snapshots again change nothing', async () => {
    const before = desk.log.lastSeq()
    for (const file of [MOSCOW_2016, MOSCOW_2017]) {
      const { stored, quarantined } = await desk.file(file, PRESET)
      expect([stored, quarantined]).toEqual([0, 0])
    }
    expect(desk.log.lastSeq()).toBe(before)
  })
})

describe.skipIf(DATA_MISSING)('the register of Karelia', { timeout: 300_000 }, () => {
  const desk = openDesk(NOW)
  afterAll(() => desk.close())

  test('a row that stands twice is known the second time; a place in the middle of Moscow is no place', async () => {
    const report = await desk.file(KARELIA, PRESET)
    expect(counts(report)).toEqual({ rowsRead: 16_460, stored: 16_459, known: 1, quarantined: 0 })
    const nowhere = report.notes.find(({ reason }) => reason.includes('knows none'))
    expect(nowhere).toMatchObject({ column: 'lon', rows: 1_935, value: '37.64 55.76' })
  })
})
