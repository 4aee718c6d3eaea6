import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Clocks } from '#server/contract/registry-search.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { correctTenure, nameRepresentative, verifyPhone } from './acts.ts'
import { buildingRecord, organizationRecord } from './histories.ts'
import { buildingLines, organizationLines } from './lists.ts'
import { territory } from './territory.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterAll(() => house.close())

const NOW_CLOCKS: Clocks = { asOf: undefined, knownAt: undefined }
const at = (local: string) => Date.parse(`${local}:00+05:00`)
const filter = { ...NOW_CLOCKS, q: undefined, stale: false }
const attribution = async (number: string) => {
  const [row] = await house.context.engine.query(
    'SELECT organization FROM request WHERE number = $number',
    { number },
  )
  return house.context.registry.organization(Number(row?.organization))?.id
}

test('who answered as of a day, by its end', () => {
  const who = (asOf: string) =>
    buildingRecord(house.context, 'b-7', { ...NOW_CLOCKS, asOf }).answers?.organization?.id
  expect([who('2026-01-14'), who('2026-01-15'), who('2026-02-09')]).toEqual([
    'sever',
    'dva-doma',
    'dva-doma',
  ])
})

test('the register is found by parts of an address, and by what answers', () => {
  const lines = buildingLines(house.context, {
    filter: { ...filter, q: 'завод 8' },
    language: 'ru',
  })
  expect(lines.map(({ id, answers }) => [id, answers?.id])).toEqual([['b-7', 'dva-doma']])
})

test('time at risk is apartments times the days managed, of a house that came within the year too', async () => {
  const { exposure, houses, gained } = await territory(house.context, {
    ...{ id: 'dva-doma', clocks: NOW_CLOCKS, predecessors: false },
  })
  expect(houses.map(({ id }) => id)).toEqual(['b-7'])
  expect(gained.map(({ building, other }) => [building.id, other?.id])).toEqual([['b-7', 'sever']])
  const days = (NOW - at('2026-01-15T00:00')) / 86_400_000
  expect(exposure.flatMonths).toBeCloseTo((36 * days) / 30.4375, 6)
  expect(exposure.requests).toBe(3)
  expect(exposure.requestsPer1000).toBeCloseTo((3 / exposure.flatMonths) * 1000, 9)
})

test('before the first request of the city nothing was at risk', async () => {
  const { exposure } = await territory(house.context, {
    ...{ id: 'pribrezhnaya', clocks: NOW_CLOCKS, predecessors: false },
  })
  const days = (NOW - at('2026-01-05T09:00')) / 86_400_000
  expect(exposure.flatMonths).toBeCloseTo(((80 + 60 + 45) * days) / 30.4375, 6)
})

test('a person corrects a tenure: what was wrong stays, struck through, and its requests go to who answered', async () => {
  expect(await attribution('3-01')).toBe('dva-doma')
  const wrong = buildingRecord(house.context, 'b-7', NOW_CLOCKS).stretches.at(-1)?.event ?? ''
  await correctTenure(house.context, {
    building: 'b-7',
    event: wrong,
    reason: 'договор начался позже',
    instead: { organization: 'dva-doma', from: '2026-02-01' },
  })
  await house.settle()
  const { stretches, statements } = buildingRecord(house.context, 'b-7', NOW_CLOCKS)
  expect(stretches.map(({ organization, start }) => [organization?.id, start])).toEqual([
    ['sever', at('2020-01-01T00:00')],
    ['dva-doma', at('2026-02-01T00:00')],
  ])
  expect(statements.find(({ event }) => event === wrong)?.corrected?.reason).toBe(
    'договор начался позже',
  )
  expect([await attribution('3-01'), await attribution('3-02')]).toEqual(['sever', 'dva-doma'])
  await expect(
    correctTenure(house.context, { building: 'b-7', event: wrong, reason: 'ещё раз' }),
  ).rejects.toThrow('does not stand any more')
})

test('a correction that four clicks tell is stored once', async () => {
  const house = await openTestHouse(CITY, { now: NOW })
  const event = buildingRecord(house.context, 'b-7', NOW_CLOCKS).stretches.at(-1)?.event ?? ''
  const before = house.context.log.lastSeq()
  let instant = NOW
  const click = () =>
    correctTenure(
      { ...house.context, now: () => instant++ },
      {
        ...{ building: 'b-7', event, reason: 'договор начался позже' },
        instead: { organization: 'dva-doma', from: '2026-02-01' },
      },
    )
  const clicks = await Promise.allSettled([click(), click(), click(), click()])
  const refused = clicks.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))
  for (const words of refused) expect(words).toContain('does not stand any more')
  expect(house.context.log.read(before, 10).map(({ type }) => type)).toEqual([
    'building.corrected',
    'tenure.changed',
  ])
  await house.close()
})

test('a phone called and answered is fresh; the others are told', async () => {
  const stale = () =>
    organizationLines(house.context, { filter: { ...filter, stale: true }, language: 'ru' }).map(
      ({ id }) => id,
    )
  expect(stale()).toContain('sever')
  await verifyPhone(house.context, {
    organization: 'sever',
    phone: '+7 700 1',
    purpose: 'emergency',
  })
  await house.settle()
  expect(stale()).not.toContain('sever')
  expect(organizationRecord(house.context, 'sever', NOW_CLOCKS).phones).toEqual([
    { phone: '+7 700 1', purpose: 'emergency', verifiedAt: NOW },
  ])
})

test('a representative is a role and a consent; the name is in no event', async () => {
  await nameRepresentative(house.context, {
    ...{ building: 'b-1', name: 'Айгүл Сериковна', role: 'chair', consent: true },
  })
  await house.settle()
  const record = buildingRecord(house.context, 'b-1', NOW_CLOCKS)
  expect(record.representatives.map(({ role, consent }) => [role, consent])).toEqual([
    ['chair', true],
  ])
  expect(JSON.stringify([record, house.context.log.read(0, 10_000)])).not.toContain('Айгүл')
})

test('a merger hands everything over on its day, and nothing of the past', async () => {
  await house.append([
    event('organization.merged', at('2026-01-10T00:00'), {
      organization: 'pribrezhnaya',
      into: 'sadovoe',
    }),
  ])
  expect([await attribution('1-01'), await attribution('1-06')]).toEqual([
    'pribrezhnaya',
    'sadovoe',
  ])
  const lines = organizationLines(house.context, { filter, language: 'ru' })
  expect(lines.find(({ id }) => id === 'pribrezhnaya')).toMatchObject({
    mergedInto: { id: 'sadovoe' },
    buildings: 0,
  })
  const asked = (predecessors: boolean) =>
    territory(house.context, { id: 'sadovoe', clocks: NOW_CLOCKS, predecessors })
  const [own, whole] = [await asked(false), await asked(true)]
  expect([own.gained.length, whole.gained.length]).toEqual([3, 0])
  expect(whole.exposure.requests - own.exposure.requests).toBe(3)
  expect(
    organizationRecord(house.context, 'sadovoe', NOW_CLOCKS).merged.map(({ id }) => id),
  ).toEqual(['pribrezhnaya'])
})
