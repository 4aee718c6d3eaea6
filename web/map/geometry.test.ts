import { afterAll, beforeAll, expect, test } from 'vitest'
import { geometryOf, outlinesOf, pointsOf } from '#server/features/map/geometry.ts'
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

test('footprints are closed rings and points know whether they stand for one, both by the key of the building', () => {
  const { registry } = house.context
  const key = (id: string) => registry.buildingById(id)?.key
  const outlines = JSON.parse(outlinesOf(registry))
  const b4 = outlines.features.find(({ id }: { id: number }) => id === key('b-4'))
  const [ring] = b4.geometry.coordinates
  expect(ring).toHaveLength(5)
  expect(ring[4]).toEqual(ring[0])
  expect(ring[1][0]).toBeCloseTo(registry.buildingById('b-4')?.outline?.[0]?.[1]?.[0] ?? 0, 6)
  const points = JSON.parse(pointsOf(registry))
  const bare = points.features.filter(({ properties }: { properties: unknown }) => properties)
  expect(bare.map(({ id }: { id: number }) => id)).toEqual([key('b-10')])
  expect(points.features).toHaveLength(9)
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
