import { expect, test } from 'vitest'
import { createPlace } from '../place/place.ts'
import { createRandom } from '../random.ts'
import { TROUBLES } from './categories.ts'
import { dwellingOf, type Sketched } from './day.ts'
import { createExposures } from './exposure.ts'
import { mended, spotsOf } from './mended.ts'
import { createUsual } from './usual.ts'

const TOWN = { seed: 7, place: createPlace({ seed: 7, scale: 0.5, buildings: 60 }) }
const flatsOf = (house: number) => TOWN.place.houses[house]?.apartments ?? 0
const HOUSE = TOWN.place.houses.findIndex(({ apartments }) => apartments > 40)
const [riser] = TROUBLES.filter(({ id }) => id === 'water-riser')

function call(number: string, flat: number, rest: Partial<Sketched> = {}): Sketched {
  if (!riser) throw new Error('there is no such trouble')
  return {
    ...{ number, at: 0, day: 0, house: HOUSE, trouble: riser, channel: 'phone', mass: null },
    ...{ back: 0, duplicateOf: null },
    ...dwellingOf(TOWN, HOUSE, flat),
    ...rest,
  }
}
const spot = ({ entrance, riser }: Sketched) => `${entrance} ${riser}`

test('who would tell again of a riser that was mended lives at another, in the same house', () => {
  const [first] = mended([call('1', 3)], [], TOWN)
  const [second] = mended([call('2', 3)], [spotsOf([call('1', 3)])], TOWN)
  expect(first).toEqual(call('1', 3))
  expect(second?.house).toBe(HOUSE)
  expect(spot(second ?? call('2', 3))).not.toBe(spot(call('1', 3)))
  expect(second?.flat).toBeLessThan(flatsOf(HOUSE))
})

test('who tells the same thing twice moves along, and a repeat waits for what it repeats', () => {
  const told = [call('2', 3), call('3', 3, { duplicateOf: '2' }), call('4', 3, { back: 5 })]
  const [moved, copy, repeat] = mended(told, [spotsOf([call('1', 3)])], TOWN)
  expect(copy?.subject).toBe(moved?.subject)
  expect(copy?.flat).not.toBe(3)
  expect(repeat?.flat).toBe(3)
})

test('where every riser has been told of, somebody of a house next to it calls', () => {
  const everybody = Array.from({ length: flatsOf(HOUSE) }, (_, flat) => call(`${flat}`, flat))
  const [again] = mended([call('x', 3)], [spotsOf(everybody)], TOWN)
  expect(again?.house).toBe(HOUSE + 1)
})

test('what is usual of a company is what its houses send, and not what a sample of them sent', () => {
  const place = createPlace({ seed: 7, scale: 0.5, buildings: 60 })
  const spreads = createExposures(place, 7)
  const perDay = spreads.map((_, kind) => 1 + (kind % 5))
  // Two companies, the second of one house only.
  const tenures = place.houses.map((_, house) => [
    { company: house === 4 ? 1 : 0, from: 0, contract: '' },
  ])
  const usual = createUsual({ spreads, perDay, tenures, companies: 2, firstDay: 20_000 })
  const all = perDay.reduce((sum, rate) => sum + rate, 0)
  expect(usual(0, 20_010) + usual(1, 20_010)).toBeCloseTo(all, 9)
  const random = createRandom(1)
  let visits = 0
  const rounds = 4000
  for (let round = 0; round < rounds; round++)
    for (const [kind, { pick }] of spreads.entries())
      if (pick(random) === 4) visits += perDay[kind] ?? 0
  expect(usual(1, 20_010) / (visits / rounds)).toBeCloseTo(1, 1)
})
