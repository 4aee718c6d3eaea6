import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Preset } from '#server/domain/presets/preset-file.ts'
import { pageOf } from '#server/features/requests/page.ts'
import { readPresets } from '#server/preset-files.ts'
import { CITY, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { activate, activeOf, deactivate } from './activation.ts'
import { monthsBefore, previewOf } from './preview.ts'
import { countAndRatioOf, growthOf, zoneOf, zoneTogether } from './rules.ts'

/** Late enough for February to be mature. */
const NOW = Date.parse('2026-03-20T12:00:00+05:00')
const SHIPPED = readPresets('nowhere')
const preset = (id: string) => SHIPPED.find((one) => one.id === id) as Preset

/** The same definition for a city of few requests. */
function forFew(shipped: Preset): Preset {
  if (shipped.rule.kind !== 'zones') return shipped
  const indicators = shipped.rule.indicators.map((indicator) => ({ ...indicator, least: 1 }))
  return { ...shipped, rule: { ...shipped.rule, indicators } }
}

describe('definitions on the small city, December to February', () => {
  let house: TestHouse
  beforeAll(async () => {
    house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
  })
  afterAll(() => house.close())

  test('emergencies done, ordinary done, confirmed: as counted by hand', async () => {
    const { organizations, period } = await previewOf(house.context, forFew(preset('trio')))
    expect([period.from, period.to]).toEqual(['2025-12-01', '2026-03-01'])
    const of = (id: string) => {
      const found = organizations.find(({ organization }) => organization.id === id)
      return [found?.zone, found?.seen.map(({ events, n, zone }) => [events, n, zone])]
    }
    // Of nine due ordinary requests 1-08, 1-09 and 5-03 were never closed; 1-03 and 1-05 ended without an answer.
    expect(of('pribrezhnaya')).toEqual([
      'red',
      [
        [1, 1, 'green'],
        [6, 9, 'red'],
        [4, 6, 'yellow'],
      ],
    ])
    // Both emergencies are open past their hour; 2-04 and 2-12 were confirmed, 2-10 was not answered.
    const [, sever] = of('sever')
    expect([sever?.[0], sever?.[2]]).toEqual([
      [0, 2, 'red'],
      [2, 3, 'yellow'],
    ])
  })

  test('as shipped it marks nobody who has fewer requests than it asks for', async () => {
    const { totals, organizations } = await previewOf(house.context, preset('trio'))
    expect(totals).toEqual({ red: 0, yellow: 0, green: 0, few: organizations.length })
  })

  test('every number opens exactly its rows', async () => {
    for (const shipped of [preset('trio'), preset('zones'), preset('count-and-ratio')]) {
      const { organizations } = await previewOf(house.context, shipped)
      for (const { seen } of organizations)
        for (const { n, events, rows } of seen)
          for (const [filter, count] of [
            [rows?.among, n],
            [rows?.events, events],
          ] as const) {
            if (!filter) continue
            const page = await pageOf(house.context, {
              ...{ filter, order: 'registeredAt', language: 'ru', offset: 0, limit: 100 },
            })
            expect(page).toHaveLength(count)
          }
    }
  })

  test('of seven indicators five are told: by requests, by complaints, by passports and by prescriptions', async () => {
    const { organizations } = await previewOf(house.context, forFew(preset('zones')))
    const found = organizations.find(({ organization }) => organization.id === 'sever')
    expect(found?.seen.map(({ id, registered }) => [id, registered])).toEqual([
      ['dispatch', null],
      ['complaints', 'complaintsPerFlat'],
      ['emergency-service', null],
      ['passports', 'passportFields'],
      ['prescriptions', 'prescriptions'],
    ])
    // Nobody was ever inspected here: that is no prescription fulfilled.
    expect(found?.seen.at(-1)).toMatchObject({ n: 0, zone: 'few', rows: null })
    const rule = preset('zones').rule
    expect(rule.kind === 'zones' && rule.missing.map(({ name }) => name.en)).toEqual([
      'Debts to suppliers',
      'Meters of the whole building',
    ])
  })

  test('a span that began before the data says that there is too little history', async () => {
    for (const [id, months] of [
      ['count-and-ratio', 24],
      ['growth', 12],
    ] as const) {
      const shipped = preset(id)
      const rule = { ...shipped.rule, kinds: [], priority: [], identified: false } as Preset['rule']
      const any = { ...shipped, rule: { ...rule, measure: 'registered' } as Preset['rule'] }
      const { organizations, totals } = await previewOf(house.context, any, months)
      expect(organizations.length).toBeGreaterThan(0)
      expect(totals).toEqual({ red: 0, yellow: 0, green: 0, few: organizations.length })
      expect(organizations.flatMap(({ seen }) => seen).every(({ short }) => short)).toBe(true)
    }
  })

  test('a definition is in force from the word of a person to the next one', async () => {
    const trio = preset('trio')
    expect(activeOf(house.context, trio).active).toBeNull()
    await activate(house.context, { preset: 'trio', reason: 'поручение от 1 марта' })
    expect(activeOf(house.context, trio).active).toEqual({
      ...{ since: NOW, reason: 'поручение от 1 марта', version: 1, changed: false },
    })
    expect(activeOf(house.context, { ...trio, version: 2 }).active?.changed).toBe(true)
    expect(() => activate(house.context, { preset: 'trio', reason: 'ещё раз то же' })).toThrow(
      'in force already',
    )
    await deactivate(house.context, { preset: 'trio', reason: 'поручение выполнено' })
    expect(activeOf(house.context, trio).active).toBeNull()
  })

  test('an operator does not choose definitions', () => {
    const context = { ...house.context, role: 'operator' as const }
    expect(() => activate(context, { preset: 'zones', reason: 'так захотелось' })).toThrow(
      'only an official',
    )
  })
})

test.for([
  // times 3, least 10
  [30, 10, 'red', false],
  [12, 0, 'red', false],
  [9, 2, 'green', true],
  [3, 0, 'few', true],
  [29, 10, 'green', false],
  [0, 0, 'few', false],
] as const)('%i complaints after %i: %s, guarded %s', ([now, before, zone, guarded]) => {
  expect(growthOf({ times: 3, least: 10 }, now, before)).toMatchObject({ zone, guarded })
})

test('what is not known is not nothing: no growth from before the data began', () => {
  expect(growthOf({ times: 3, least: 10 }, 21, null)).toEqual({
    ...{ zone: 'few', guarded: false, times: null },
  })
})

test('a count marks only together with its relation to the apartments', () => {
  const rule = { count: 27, per100Flats: 5 }
  expect(countAndRatioOf(rule, 26, 100)).toEqual({ zone: 'green', per100: 26 })
  expect(countAndRatioOf(rule, 27, 540)).toEqual({ zone: 'red', per100: 5 })
  expect(countAndRatioOf(rule, 27, 541).zone).toBe('yellow')
  expect(countAndRatioOf(rule, 40, null)).toEqual({ zone: 'few', per100: null })
})

test('zones of a share, more is better and fewer is better', () => {
  const limits = { green: 0.9, yellow: 0.75, least: 20 }
  const more = { ...limits, better: 'more' as const }
  const fewer = { green: 0.1, yellow: 0.15, least: 20, better: 'fewer' as const }
  expect([18, 17, 15, 14].map((events) => zoneOf(more, { n: 20, events }))).toEqual([
    ...['green', 'yellow', 'yellow', 'red'],
  ])
  expect([2, 3, 4].map((events) => zoneOf(fewer, { n: 20, events }))).toEqual([
    ...['green', 'yellow', 'red'],
  ])
  expect(zoneOf(more, { n: 19, events: 19 })).toBe('few')
})

test('zones together: red from so many red ones on', () => {
  expect(zoneTogether(['red', 'green', 'green'], 2)).toBe('yellow')
  expect(zoneTogether(['red', 'green', 'red'], 2)).toBe('red')
  expect(zoneTogether(['green', 'few'], 1)).toBe('green')
  expect(zoneTogether(['few', 'few'], 1)).toBe('few')
})

test('months before a day', () => {
  expect(monthsBefore('2026-03-01', 3)).toBe('2025-12-01')
  expect(monthsBefore('2026-03-01', 24)).toBe('2024-03-01')
})

test('a definition in the data folder stands in the place of a shipped one; a wrong one says where', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'domovoi-presets-'))
  mkdirSync(join(folder, 'presets'))
  const write = (content: object) =>
    writeFileSync(join(folder, 'presets', 'own.json'), JSON.stringify(content))
  write({ ...preset('growth'), version: 2, rule: { ...preset('growth').rule, least: 30 } })
  expect(readPresets(folder).map(({ id, version }) => [id, version])).toEqual([
    ['trio', 1],
    ['zones', 2],
    ['growth', 2],
    ['count-and-ratio', 1],
  ])
  write({ ...preset('growth'), months: 99 })
  expect(() => readPresets(folder)).toThrow(/own\.json is not right: months/)
  rmSync(folder, { recursive: true })
})
