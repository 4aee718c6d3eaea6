import { expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { parseAddress } from '#web/lib/address.ts'
import { chipsOf, exportSearch, filterOf, orderOf, PageSearch } from './search.ts'

const read = (address: string) => PageSearch.parse(parseAddress(address))

test('an address without anything is every request, the newest first', () => {
  const search = read('')
  expect(filterOf(search)).toEqual(EVERYTHING)
  expect(orderOf(search)).toEqual({ id: 'registeredAt', descending: true })
})

test('ids that look like numbers stay as they are', () => {
  expect(filterOf(read('?building=007&organization=101001240734&is=open&is=late'))).toEqual({
    ...EVERYTHING,
    building: ['007'],
    organization: ['101001240734'],
    is: ['open', 'late'],
  })
})

test('the export has the filter and the order of the page', () => {
  expect(exportSearch(read('?is=overdue&district=zavod&sort=dueAt&cols=["number"]'))).toBe(
    'district=zavod&is=overdue&sort=dueAt',
  )
})

test('every value of the filter is a chip that takes away itself alone', () => {
  const filter = filterOf(read('?from=2026-01-01&category=leak&category=lift&is=open'))
  expect(chipsOf(filter)).toEqual([
    { field: 'from', value: '2026-01-01', rest: { from: undefined } },
    { field: 'category', value: 'leak', rest: { category: ['lift'] } },
    { field: 'category', value: 'lift', rest: { category: ['leak'] } },
    { field: 'is', value: 'open', rest: { is: [] } },
  ])
})

test('a misspelt word is refused, not overlooked', () => {
  expect(() => read('?state=opne')).toThrow()
})
