import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseAddress, writeAddress } from './address.ts'

test('a pasted address is readable and an id that looks like a number stays an id', () => {
  expect(parseAddress('?hour=9')).toEqual({ hour: ['9'] })
  expect(parseAddress('?is=open&is=late&building=101&from=2026-11-01&page=2&view=map')).toEqual({
    is: ['open', 'late'],
    building: ['101'],
    from: '2026-11-01',
    page: 2,
    view: 'map',
  })
})

test('a filter that restricts nothing leaves no trace in the address', () => {
  expect(writeAddress({ is: ['open'], district: [], from: undefined })).toBe('?is=open')
  expect(writeAddress({ district: [] })).toBe('')
})

test('whatever is written is read back', () => {
  const text = fc.string({ unit: 'binary' }).filter((s) => !/[\ud800-\udfff]/.test(s))
  const values = fc.record({
    building: fc.array(text, { minLength: 1 }),
    from: fc.constant('2026-11-01'),
    sort: text,
    page: fc.integer(),
    replay: fc.boolean(),
    map: fc.record({ zoom: fc.integer(), at: fc.array(fc.integer()) }),
  })
  fc.assert(
    fc.property(values, (given) => {
      expect(parseAddress(writeAddress(given))).toEqual(given)
    }),
    { numRuns: 2000 },
  )
})
