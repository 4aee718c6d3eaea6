import { expect, test } from 'vitest'
import { housesOf, OrganizationsSearch, organizationRows } from './organizations.ts'

const named = (id: string) => ({ id, name: `ТСЖ ${id}`, kind: 'tszh' as const })
const unit = (id: string, lower: number, buildings: number) => ({
  ...named(id),
  lower,
  buildings,
  n: 100,
  share: { share: 0.1 },
  shrunken: { mean: 2 - lower },
})
const known = {
  units: [unit('a', 0.9, 3), unit('b', 1.2, 70), unit('c', 1.1, 0)],
  shares: [{ ...named('d'), withinNorm: { share: 0.5 }, confirmed: null }],
  responses: [
    { id: 'a', median: { value: 600 } },
    { id: 'b', median: { value: null } },
  ],
}
const ids = (search: Record<string, unknown>) =>
  organizationRows(known, OrganizationsSearch.parse(search)).map(({ id }) => id)

test('ordered by what is certain, and those without a comparison last', () => {
  expect(ids({})).toEqual(['b', 'c', 'a', 'd'])
})
test('ordered by what is drawn in to the city, the most first', () => {
  expect(ids({ sort: 'shrunken' })).toEqual(['a', 'c', 'b', 'd'])
})
test('a median that is not reached cannot be ordered by', () => {
  expect(ids({ sort: 'response' })).toEqual(['a', 'b', 'c', 'd'])
})
test('kinds and houses narrow what is shown', () => {
  expect(ids({ houses: ['few', 'most'] })).toEqual(['b', 'a'])
  expect(ids({ kinds: ['uk'] })).toEqual([])
})
test('classes of houses meet without a gap', () => {
  expect([0, 1, 5, 6, 20, 21, 60, 61].map(housesOf)).toEqual([
    'none',
    'few',
    'few',
    'some',
    'some',
    'many',
    'many',
    'most',
  ])
})
test('an address with nonsense shows the page as usual', () => {
  expect(
    OrganizationsSearch.parse({ measure: 'evil', sort: 7, kinds: 'x', select: 'y' }),
  ).toMatchObject({
    measure: 'reopened',
    sort: 'lower',
    kinds: [],
    select: undefined,
  })
})
