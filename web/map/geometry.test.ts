import { afterAll, beforeAll, expect, test } from 'vitest'
import { geometryOf } from '#server/features/map/geometry.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { districtLabels, unpack } from './geometry.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openTestHouse(
    [
      ...CITY,
      event('building.registered', NOW, { building: 'b-9', address: { ru: 'без места' } }),
      event('building.registered', NOW, {
        building: 'b-10',
        address: { ru: 'точка' },
        lon: 71.4,
        lat: 51.1,
      }),
      event('building.registered', NOW, {
        building: 'b-11',
        address: { ru: 'ноль' },
        lon: 0,
        lat: 0,
      }),
    ],
    { now: NOW },
  )
})
afterAll(() => house.close())

const city = () => unpack(geometryOf(house.context.registry, false))

test('what is packed comes back: outlines within ten centimetres, points without one, nothing in the wrong place', () => {
  const { registry } = house.context
  const { outlines, points, keys, lon, lat, bare } = city()
  const b4 = registry.buildingById('b-4')
  const shape = outlines.features.find(({ id }) => id === b4?.key)
  expect(shape?.geometry.coordinates[0]).toHaveLength(5)
  shape?.geometry.coordinates[0]?.forEach(([x, y], corner) => {
    expect(x).toBeCloseTo(b4?.outline?.[0]?.[corner]?.[0] ?? Number.NaN, 6)
    expect(y).toBeCloseTo(b4?.outline?.[0]?.[corner]?.[1] ?? Number.NaN, 6)
  })
  expect(bare).toBe(1)
  expect(points.features.filter(({ properties }) => properties.bare).map(({ id }) => id)).toEqual([
    registry.buildingById('b-10')?.key,
  ])
  expect(keys).toHaveLength(9)
  const at = keys.indexOf(b4?.key ?? -1)
  expect([lon[at], lat[at]]).toEqual([
    expect.closeTo(b4?.lon ?? 0, 6),
    expect.closeTo(b4?.lat ?? 0, 6),
  ])
})

test('buildings without a place, or at zero by zero, are counted and not drawn', () => {
  expect(geometryOf(house.context.registry, false).unplaced).toBe(2)
})

test('a district is named at the middle of its buildings, with its total', () => {
  const key = house.context.registry.districtById('garden')?.key ?? -1
  const labels = districtLabels(city(), 'kk', new Map([[key, '7']]))
  const garden = labels.features.find(({ id }) => id === key)
  expect(garden?.properties).toEqual({ name: 'Бақ', total: '7' })
  const b8 = house.context.registry.buildingById('b-8')
  expect(garden?.geometry.coordinates[0]).toBeCloseTo(b8?.lon ?? 0, 6)
})
