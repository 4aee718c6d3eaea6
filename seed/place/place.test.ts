import { expect, test } from 'vitest'
import { PRESETS } from '../presets.ts'
import { along, boxOf, distanceToLine, inside, overlap, type Ring } from './geometry.ts'
import { createPlace, type House } from './place.ts'

const { scale, buildings } = PRESETS.demo
const place = createPlace({ seed: 7, scale, buildings })
const outer = (house: House) => house.rings[0] as Ring

test('no two buildings stand in each other', () => {
  const cells = new Map<string, House[]>()
  const colliding: [string, string][] = []
  for (const house of place.houses) {
    const { from, to } = boxOf(outer(house))
    const near = new Set<House>()
    for (let x = Math.floor(from[0] / 100); x <= Math.floor(to[0] / 100); x++)
      for (let y = Math.floor(from[1] / 100); y <= Math.floor(to[1] / 100); y++) {
        const cell = cells.get(`${x} ${y}`) ?? []
        for (const other of cell) near.add(other)
        cells.set(`${x} ${y}`, [...cell, house])
      }
    for (const other of near)
      if (overlap(outer(house), outer(other))) colliding.push([house.id, other.id])
  }
  expect(colliding).toEqual([])
})

test('no building stands in the water, on the rails, on an avenue or on the ground of the heat plant', () => {
  const { river, rail, avenues, plant } = place.plan
  const lines = [river, rail, ...avenues]
  const misplaced = place.houses.filter((house) =>
    along(outer(house), 10).some(
      (point) =>
        inside(point, river.ring) ||
        inside(point, plant.ground) ||
        lines.some(({ line, halfWidth }) => distanceToLine(point, line) < halfWidth),
    ),
  )
  expect(misplaced.map(({ id }) => id)).toEqual([])
})

test('every building lies in its district, and every district has buildings', () => {
  const strays = place.houses.filter((house) => {
    const district = place.plan.districts[house.district]
    return !district || !outer(house).every((point) => inside(point, district.ring))
  })
  expect(strays.map(({ id }) => id)).toEqual([])
  expect(new Set(place.houses.map(({ district }) => district)).size).toBe(
    place.plan.districts.length,
  )
})

test('an address in either language names one building', () => {
  for (const language of ['ru', 'kk', 'en'] as const) {
    const addresses = place.houses.map(({ address }) => address[language])
    expect(addresses).not.toContain(undefined)
    expect(new Set(addresses).size).toBe(place.houses.length)
  }
})

test('a passport is plausible: flats fit the floor area, lifts stand in tall houses only', () => {
  const odd = place.houses.filter(({ apartments, area, floors, lifts, entrances, year }) => {
    const perFlat = area / apartments
    return (
      perFlat < 40 ||
      perFlat > 190 ||
      lifts > 0 !== floors >= 6 ||
      entrances < 1 ||
      year < 1900 ||
      year > 2026
    )
  })
  expect(odd.map(({ id }) => id)).toEqual([])
})
