import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING, type Filter, IS_WORDS } from '#server/contract/filter.ts'
import { COMPARABLE, rowsOf, type Side } from '#server/contract/measures/comparison.ts'
import { COUNTED } from '#server/contract/measures/counted.ts'
import type { CountedId } from '#server/contract/measures/shape.ts'
import { CHANNELS, OUTCOMES, PRIORITIES } from '#server/contract/vocabulary.ts'
import { exportRoutes } from '#server/export/routes.ts'
import { conditionsOf } from '#server/metrics.ts'
import { wilson } from '#server/stats/proportion.ts'
import { bindFilter, WITHIN_FILTER } from '#server/store/within.ts'
import { NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { MEASURED_CITY } from '#test/measured-city.ts'
import { compare, differences } from './compare.ts'
import { unaddressedBySource, valuesOf } from './dictionary.ts'
import { differencesExport } from './export.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(MEASURED_CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())

const one = async (id: CountedId, filter: Partial<Filter> = {}) =>
  (await valuesOf(house.context, { ...EVERYTHING, ...filter })).find(
    ({ measure }) => measure === id,
  )

test('a share carries its exact name, its cases, its n and its Wilson interval', async () => {
  const [lower, upper] = wilson(4, 16)
  expect(await one('reopened')).toEqual({
    measure: 'reopened',
    version: 3,
    token: 'reopened@3',
    cases: 4,
    n: 16,
    rate: { value: 0.25, lower, upper },
    exposure: null,
  })
  expect(await one('open')).toMatchObject({ token: 'open@1', cases: 15, n: null, rate: null })
  expect(await one('incidents')).toMatchObject({ cases: 37 })
  expect(await one('late', { district: ['garden'] })).toMatchObject({ cases: 0, n: 2 })
})

test('inflow is divided by apartments times months under management, over complete days', async () => {
  // 609 apartments for 365 days; 38 requests without 1-09, 2-05 and 9-01 (today), 5-03 (to come), 5-01 and 5-04 (nobody answers).
  const thousands = (609 * 365) / 30.4375 / 1000
  const inflow = await one('inflowPerFlats')
  expect(inflow).toMatchObject({
    cases: 32,
    exposure: { unknown: 0, from: '2025-02-10', to: '2026-02-10' },
  })
  expect(inflow?.exposure?.thousands).toBeCloseTo(thousands, 9)
  expect(inflow?.rate?.value).toBeCloseTo(32 / thousands, 9)
  // b-7 (36 apartments) changed hands on 15 January: 26 days with «УК Два дома», to 10 February.
  const taken = await one('inflowPerFlats', { organization: ['dva-doma'] })
  expect(taken?.exposure?.thousands).toBeCloseTo((36 * 26) / 30.4375 / 1000, 9)
  expect(await one('inflowPerArea')).toMatchObject({
    rate: null,
    exposure: { thousands: 0, unknown: 8 },
  })
})

test('the share without a known building is told by source', async () => {
  expect(await unaddressedBySource(house.context, EVERYTHING)).toMatchObject([
    { source: 'city', cases: 2, n: 38 },
  ])
})

const side = (
  measure: CountedId,
  filter: Partial<Filter> = {},
  part: Side['part'] = 'rows',
): Side => ({
  ...{ measure, part },
  filter: { ...EVERYTHING, ...filter },
})
const list = (sides: { a: Side; b: Side }, only: 'a' | 'b', limit = 1000, offset = 0) =>
  differences(house.context, { ...sides, side: only, language: 'ru', offset, limit })

test('in time of the closed (a) and not late so far (c) differ by the open ones that are not due yet', async () => {
  const sides = { a: side('onTimeOfClosed'), b: side('onTimeSoFar') }
  expect(await compare(house.context, sides)).toEqual({
    a: { measure: 'onTimeOfClosed', version: 1, token: 'onTimeOfClosed@1', count: 14 },
    b: { measure: 'onTimeSoFar', version: 1, token: 'onTimeSoFar@1', count: 19 },
    ...{ both: 14, onlyA: 0, onlyB: 5, now: NOW },
  })
  expect(await list(sides, 'a')).toEqual([])
  const only = await list(sides, 'b')
  expect(only.map(({ number, fails }) => [number, ...fails])).toEqual([
    ['2-05', 'закрыта не позже срока'],
    ['1-09', 'закрыта не позже срока'],
    ['5-01', 'закрыта не позже срока'],
    ['1-08', 'закрыта не позже срока'],
    ['9-05', 'закрыта не позже срока'],
  ])
  expect((await list(sides, 'b', 2, 3)).map(({ number }) => number)).toEqual(
    only.slice(3).map(({ number }) => number),
  )
})

test('one measure within two filters differs by what the filters leave out, and says so', async () => {
  const sides = {
    a: side('overdue'),
    b: side('overdue', { district: ['zavod'], channel: ['phone'] }),
  }
  const only = await list(sides, 'a')
  expect(only.map(({ number, fails }) => [number, ...fails])).toEqual([
    ['2-01', 'Канал: телефон'],
    ['2-06', 'Канал: телефон'],
  ])
  expect(await list(sides, 'b')).toEqual([])
})

test('what is left out of a share because its times are at fault, or it was withdrawn, is told', async () => {
  const sides = { a: side('closed'), b: side('onTimeOfClosed', {}, 'among') }
  const only = await list(sides, 'a')
  expect(Object.fromEntries(only.map(({ number, fails }) => [number, fails]))).toEqual({
    '1-07': ['не отозвана и не дубль'],
    '2-08': ['не отозвана и не дубль'],
    '2-13': ['времени можно верить'],
    '5-04': ['со сроком', 'времени можно верить'],
  })
})

test('a count has no denominator to compare', async () => {
  await expect(
    compare(house.context, { a: side('open', {}, 'among'), b: side('open') }),
  ).rejects.toThrow('open is a count and has no denominator')
})

const numbersOf = async ({ filter, ...measure }: Side) => {
  const { engine, registry } = house.context
  const own = conditionsOf(rowsOf(measure)).map(({ sql }) => sql)
  const rows = await engine.query(
    `SELECT number FROM request WHERE ${[WITHIN_FILTER, ...own].join(' AND ')}`,
    bindFilter(filter, registry, NOW),
  )
  return new Set(rows.map(({ number }) => String(number)))
}

const without = (all: Set<string>, others: Set<string>) =>
  new Set([...all].filter((number) => !others.has(number)))
const few = <T extends string>(...all: T[]) => fc.subarray(all, { maxLength: 2 })
const anySide: fc.Arbitrary<Side> = fc
  .record({
    measure: fc.constantFrom(...COMPARABLE),
    among: fc.boolean(),
    filter: fc.record({
      district: few('old', 'zavod', 'garden'),
      category: few('leak', 'heating', 'lift', 'unknown'),
      channel: few(...CHANNELS.slice(0, 5)),
      priority: few(...PRIORITIES),
      outcome: few(...OUTCOMES),
      is: fc.subarray([...IS_WORDS], { maxLength: 1 }),
      mark: few('future_time', 'unknown_building'),
      test: fc.constantFrom('without' as const, 'with' as const, 'only' as const),
      from: fc.constantFrom(undefined, '2026-01-15', '2026-02-01'),
      to: fc.constantFrom(undefined, '2026-01-20', '2026-02-10'),
      cut: fc.constantFrom(undefined, '2026-01-31T00:00:00+05:00'),
    }),
  })
  .map(({ measure, among, filter }) =>
    side(measure, filter, among && COUNTED[measure].among ? 'among' : 'rows'),
  )

test('|A| − |B| = |A∖B| − |B∖A|, the listed requests are exactly those, and each says why', async () => {
  await fc.assert(
    fc.asyncProperty(anySide, anySide, async (a, b) => {
      const counts = await compare(house.context, { a, b })
      const [inA, inB] = [await numbersOf(a), await numbersOf(b)]
      const [onlyA, onlyB] = [await list({ a, b }, 'a'), await list({ a, b }, 'b')]
      expect(counts).toMatchObject({ onlyA: onlyA.length, onlyB: onlyB.length })
      expect([counts.a.count, counts.b.count]).toEqual([inA.size, inB.size])
      expect(inA.size - inB.size).toBe(onlyA.length - onlyB.length)
      expect(new Set(onlyA.map(({ number }) => number))).toEqual(without(inA, inB))
      expect(new Set(onlyB.map(({ number }) => number))).toEqual(without(inB, inA))
      for (const { fails } of [...onlyA, ...onlyB]) expect(fails).not.toEqual([])
    }),
    { numRuns: 150 },
  )
})

test('the difference goes into a file with the exact names of both numbers and the reasons', async () => {
  const routes = exportRoutes(house.context, { differences: differencesExport })
  const search = new URLSearchParams({
    a: JSON.stringify({ measure: 'reopened' }),
    b: JSON.stringify({ measure: 'reopenedTold' }),
    side: 'a',
    lang: 'en',
  })
  const answer = await routes.request(`/export/differences.csv?${search}`)
  const [about = '', rows = ''] = (await answer.text()).split('\r\n\r\n')
  const lines: string[][] = parse(about, { bom: true })
  expect(lines.slice(1, 5)).toEqual([
    [
      'A',
      'reopened@3 Reopened (incidents that came back within 14 days of the first closing); none: 4',
    ],
    [
      'B',
      'reopenedTold@1 Reopened, as the source says (returned within 14 days, as told by the source); none: 3',
    ],
    ['Only in', 'A'],
    ['Measures', 'reopened@3, reopenedTold@1'],
  ])
  const [, row] = parse(rows)
  expect(row?.slice(0, 2)).toEqual(['9-02', 'came back within 14 days, by the source'])
})
