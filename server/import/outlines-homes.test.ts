import { expect, test } from 'vitest'
import { noHome } from './outlines-homes.ts'

test.for([
  [{ building: 'apartments', shop: 'convenience' }, null],
  [{ building: 'residential', office: 'company' }, null],
  [{ building: 'house', amenity: 'pharmacy' }, null],
  [{ building: 'dormitory', craft: 'shoemaker' }, null],
  [{ building: 'apartments;commercial' }, null],
  [{ building: 'retail; apartments', shop: 'mall' }, null],
  [{ building: 'yes', shop: 'no' }, null],
  [{ building: 'yes', shop: 'convenience' }, 'is no dwelling: its "shop" says so'],
  [{ shop: 'convenience' }, 'is no dwelling: its "shop" says so'],
  [{ building: 'apartments', military: 'barracks' }, 'is no dwelling: its "military" says so'],
  [{ building: 'commercial;retail' }, 'is no dwelling by its "building"'],
  [{ building: 'yes;retail' }, 'is no dwelling by its "building"'],
] as const)('an outline of %j with an address: %s', ([properties, reason]) => {
  expect(noHome(properties, 'Абая, 3')?.reason ?? null).toBe(reason)
})
