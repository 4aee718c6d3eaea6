import { expect, test } from 'vitest'
import { type Neighbour, neighbourhoods } from './neighbourhoods.ts'

/** Metres east of a point on the equator, where a degree is 111,195 m both ways. */
const at = (key: number, metres: number, more: Partial<Neighbour> = {}): Neighbour => ({
  key,
  district: 1,
  lon: metres / 111_195,
  lat: 0,
  requests: 4,
  expected: 10,
  ...more,
})
const row = (from: number, count: number, metres: number, more?: Partial<Neighbour>) =>
  Array.from({ length: count }, (_, i) => at(from + i, metres, more))

test('neighbours are those within five hundred metres, and nobody is a neighbour of itself', () => {
  const near = row(10, 10, 500)
  const far = row(30, 10, 501, { requests: 30 })
  const found = neighbourhoods([at(1, 0, { requests: 90 }), ...near, ...far]).get(1)
  expect(found).toEqual({
    ...{ of: 'circle', buildings: 10, requests: 40, expected: 100 },
    propensity: 0.4,
  })
})

test('where few are near, or little is expected of them, the rest of the district speaks', () => {
  const few = row(10, 9, 100)
  const rest = row(30, 20, 5000, { requests: 20 })
  const elsewhere = row(60, 20, 9000, { district: 2, requests: 0 })
  const one = at(1, 0)
  const district = { of: 'district', buildings: 29, requests: 436, expected: 290 }
  expect(neighbourhoods([one, ...few, ...rest, ...elsewhere]).get(1)).toMatchObject(district)
  const quiet = row(10, 12, 100, { expected: 4, requests: 0 })
  expect(neighbourhoods([one, ...quiet, ...rest]).get(1)).toMatchObject({ of: 'district' })
})

test('without a place the district speaks, and without either nobody does', () => {
  const others = row(10, 12, 100)
  const lost = { lon: null, lat: null }
  expect(neighbourhoods([at(1, 0, lost), ...others]).get(1)).toMatchObject({
    of: 'district',
    buildings: 12,
  })
  expect(neighbourhoods([at(1, 0, { ...lost, district: 0 }), ...others]).has(1)).toBe(false)
})
