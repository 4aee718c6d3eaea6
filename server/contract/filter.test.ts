import { expect, test } from 'vitest'
import { EVERYTHING, Filter } from './filter.ts'

const refused = (values: object) => !Filter.safeParse(values).success

test('a value that the facts cannot hold is refused, and never read as another or as everything', () => {
  const wrong = [
    ...['abc', '1e400', '1.5', '', '-1', '99999999999', '2147483648'].map((account) => ({
      account: [account],
    })),
    ...['x', '', '24', '-1', '1.5'].map((hour) => ({ hour: [hour] })),
    ...['x', '', '60', '1e1', '-0'].map((minute) => ({ closedMinute: [minute] })),
    ...['2026-99-99T99:99Z', '2026-02-30T10:00Z', '2026-03-02T24:00Z', '9026-03-02T12:00Z'].map(
      (time) => ({ closedIn: [time] }),
    ),
    ...['1969-12-31', '2201-01-01', '0000-01-01', '9999-12-31'].flatMap((day) => [
      { from: day },
      { to: day },
      { cut: `${day}T00:00:00Z` },
    ]),
  ]
  expect(wrong.filter((values) => !refused(values))).toEqual([])
})

test('what the product itself asks for passes as it is', () => {
  const right = {
    account: ['0', '2147483647'],
    hour: ['0', '07', '23'],
    closedMinute: ['0', '05', '59'],
    closedIn: ['2026-03-02T12:34Z', '2024-02-29T12:30Z/PT10M'],
    ...{ from: '1970-01-01', to: '2200-12-31', cut: '2026-11-21T00:00:00+05:00' },
  }
  expect(Filter.parse(right)).toEqual({ ...EVERYTHING, ...right })
})
