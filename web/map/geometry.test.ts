import { afterAll, beforeAll, expect, test } from 'vitest'
import { geometryOf } from '#server/features/map/geometry.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { districtLabels, districtMiddles, unpack } from './geometry.ts'

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

const GIVEN = { base: false, tiles: '/map/tiles/1/{z}/{x}/{y}', ground: null }
const city = () => unpack(geometryOf(house.context.registry, GIVEN))

test('what is packed comes back within ten centimetres, and says which buildings have no outline', () => {
  const { registry } = house.context
  const { keys, lon, lat, outlined, bare } = city()
  expect(keys).toHaveLength(9)
  expect(bare).toBe(1)
  for (const [i, key] of keys.entries()) {
    const building = registry.building(key)
    expect([lon[i], lat[i]]).toEqual([
      expect.closeTo(building?.lon ?? Number.NaN, 6),
      expect.closeTo(building?.lat ?? Number.NaN, 6),
    ])
    expect(outlined[i]).toBe(building?.outline ? 1 : 0)
  }
})

test('buildings without a place, or at zero by zero, are counted and not drawn', () => {
  expect(geometryOf(house.context.registry, GIVEN).unplaced).toBe(2)
})

test('a district is named at the middle of its buildings, with its total', () => {
  const key = house.context.registry.districtById('garden')?.key ?? -1
  const labels = districtLabels(city(), districtMiddles(city()), 'kk', new Map([[key, '7']]))
  const garden = labels.features.find(({ id }) => id === key)
  expect(garden?.properties).toEqual({ name: 'Бақ', total: '7' })
  const b8 = house.context.registry.buildingById('b-8')
  expect(garden?.geometry.coordinates[0]).toBeCloseTo(b8?.lon ?? 0, 6)
})
