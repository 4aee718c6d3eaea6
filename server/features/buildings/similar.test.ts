import { expect, test } from 'vitest'
import type { Building } from '#server/domain/registry.ts'
import { similarTo } from './similar.ts'

const building = (key: number, changes: Partial<Building> = {}): Building => ({
  key,
  id: `b-${key}`,
  address: { ru: `ул. Первая, ${key}` },
  district: 1,
  ...{ lon: null, lat: null, outline: null, series: null, entrances: 4, area: null },
  ...{ heatingPoint: null, cityShare: null, gone: false, tenures: [] },
  ...{ year: 1987, floors: 9, lifts: 4, apartments: 144 },
  ...changes,
})
const range = (from: number, count: number, changes?: Partial<Building>) =>
  Array.from({ length: count }, (_, index) => building(from + index, changes))
const keys = (buildings: readonly Building[]) => buildings.map(({ key }) => key)

test('alike are the same floors, the same years and a lift; itself, the gone and the sizeless are not asked', () => {
  const alike = range(100, 25, { year: 1992, floors: 6 })
  const city = [
    building(1),
    ...alike,
    building(200, { year: 1975 }),
    building(201, { floors: 5 }),
    building(202, { lifts: 0 }),
    building(203, { gone: true }),
    building(204, { apartments: null }),
  ]
  const found = similarTo(building(1), city)
  expect(found.likeness).toEqual({ floors: [6, 9], years: [1980, 1995], lift: true })
  expect(keys(found.buildings)).toEqual(keys(alike))
})

test('where too few are, the lift is given up first and the years next, and it says so', () => {
  const without = range(100, 19, { lifts: 0 })
  expect(similarTo(building(1), [...without, building(120)]).likeness).toEqual({
    floors: [6, 9],
    years: [1980, 1995],
    lift: null,
  })
  expect(similarTo(building(1), range(100, 20, { year: 2015 })).likeness.years).toBeNull()
})

test('of very many the nearest in height, age and size are taken', () => {
  const near = range(100, 240, { apartments: 150 })
  const far = range(500, 200, { apartments: 20 })
  const found = similarTo(building(1), [...far, ...near])
  expect(keys(found.buildings)).toEqual(keys(near))
  expect(found.alike).toBe(440)
})
