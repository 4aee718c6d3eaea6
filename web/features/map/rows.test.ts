import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placesOf } from './places.ts'
import { createMapRows } from './rows.ts'

const mapRows: ReturnType<typeof createMapRows> = (sources) => createMapRows()(sources)

const names = {
  keys: [1, 2, 3, 4],
  ids: ['b-1', 'b-2', 'b-3', 'b-4'],
  addresses: ['Садовая, 10', 'Садовая, 2', 'Мира, 1', ''],
  district: [7, 7, 8, 8],
  apartments: [100, 40, 0, 60],
}
const open = {
  keys: [1, 2, 3],
  open: [3, 3, 5],
  overdue: [0, 2, 1],
  emergency: [0, 1, 0],
  emergencyOverdue: [0, 1, 0],
}
const deviating = [
  { building: 1, observed: 9, expected: 2, deviation: 'more' },
  { building: 4, observed: 0, expected: 8, deviation: 'less' },
  { building: 3, observed: 20, expected: 4, deviation: 'much' },
] as const
const sources = { places: placesOf(names), open, deviating, districts: new Set<number>() }
/** Of those that are not quiet, by key. */
const classes = ({ classes: { keys, of } }: ReturnType<typeof mapRows>) =>
  keys.flatMap((key, i) => (of[i] ? [[key, of[i] - 1] as const] : []))
const told = ({ told: { values, per } }: ReturnType<typeof mapRows>) => ({
  values: [...values()],
  ...(per && { hundreds: [...per.hundreds()], full: per.full }),
})
const addresses = (rows: ReturnType<typeof mapRows>) => rows.listed.map(({ address }) => address)

test('the list has the largest first, and equals by address as a person reads it', () => {
  expect(addresses(mapRows({ ...sources, measure: 'open' }))).toEqual([
    'Мира, 1',
    'Садовая, 2',
    'Садовая, 10',
  ])
})

test('an emergency past its limit comes before any number of emergencies in time', () => {
  const two = { ...open, emergency: [2, 1, 0] }
  expect(addresses(mapRows({ ...sources, open: two, measure: 'emergency' }))).toEqual([
    'Садовая, 2',
    'Садовая, 10',
  ])
})

test('a building without apartments has no intensity and is not in that list', () => {
  const rows = mapRows({ ...sources, measure: 'intensity' })
  expect(addresses(rows)).toEqual(['Садовая, 2', 'Садовая, 10'])
  expect(rows.legend).toEqual([1, 0, 0, 1, 1, 1])
})

test('deviation is listed from the furthest above to what is below, and the rest is as usual', () => {
  const rows = mapRows({ ...sources, measure: 'deviation' })
  expect(addresses(rows)).toEqual(['Мира, 1', 'Садовая, 10', 'b-4'])
  expect(rows.legend).toEqual([1, 1, 0, 1, 1])
  expect(classes(rows)).toEqual([
    [1, 3],
    [3, 4],
    [4, 0],
  ])
})

test('a building of which nothing came in either period is not said to be as usual', () => {
  const rows = mapRows({ ...sources, measure: 'change', uncompared: [2] })
  expect(addresses(rows)).toEqual(['Мира, 1', 'Садовая, 10', 'b-4'])
  expect(rows.legend).toEqual([1, 0, 0, 1, 1, 1])
  expect(classes(rows)).toContainEqual([2, 5])
})

test('districts narrow the list, the legend and the map alike', () => {
  const rows = mapRows({ ...sources, measure: 'open', districts: new Set([7]) })
  expect(addresses(rows)).toEqual(['Садовая, 2', 'Садовая, 10'])
  expect(classes(rows).map(([key]) => key)).toEqual([1, 2])
  expect(rows.legend).toEqual([0, 0, 2, 0, 0])
})

test('hexagons weigh what fell against what rose, and tell rates over the apartments of all buildings', () => {
  expect(told(mapRows({ ...sources, measure: 'deviation' }))).toEqual({ values: [1, 0, 1, -1] })
  const before = { ...open, open: [5, 1, 5] }
  const compared = (measure: 'open' | 'intensity') => told(mapRows({ ...sources, before, measure }))
  expect(compared('open')).toEqual({ values: [-2, 2, 0, 0] })
  const hundreds = [1, 0.4, 0, 0.6]
  expect(compared('intensity')).toMatchObject({ hundreds, full: 2 })
  expect(told(mapRows({ ...sources, measure: 'intensity' }))).toEqual({
    values: [3, 3, 0, 0],
    ...{ hundreds, full: 4 },
  })
})

test('a row whose numbers stand is the same object after a change of another', () => {
  const next = createMapRows()
  const first = next({ ...sources, measure: 'open' })
  const second = next({ ...sources, open: { ...open, open: [3, 9, 5] }, measure: 'open' })
  expect(addresses(second)).toEqual(['Садовая, 2', 'Мира, 1', 'Садовая, 10'])
  expect(second.rowOf(1)).toBe(first.rowOf(1))
  expect(second.rowOf(2)).not.toBe(first.rowOf(2))
})

const counted = fc
  .uniqueArray(
    fc.record({ key: fc.integer({ min: 1, max: 5 }), n: fc.integer({ min: 0, max: 3 }) }),
    { selector: ({ key }) => key },
  )
  .map((all) => all.sort((a, b) => a.key - b.key))
test('after any changes the rows are those of the last state alone', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(counted, fc.constantFrom('open', 'overdue', 'intensity', 'deviation'))),
      fc.boolean(),
      (states, compares) => {
        const next = createMapRows()
        for (const [state, measure] of states) {
          const column = state.map(({ n }) => n)
          const given = {
            ...sources,
            ...(compares && { before: open }),
            ...{ measure: measure as 'open' },
            open: {
              keys: state.map(({ key }) => key),
              ...{ open: column, overdue: column, emergency: column, emergencyOverdue: column },
            },
          }
          const rows = next(given)
          const fresh = mapRows(given)
          const { scale, listed, places, classes, legend, rate } = fresh
          expect(rows).toMatchObject({ scale, listed, places, classes, legend, rate })
          expect(told(rows)).toEqual(told(fresh))
          for (const key of names.keys) expect(rows.rowOf(key)).toEqual(fresh.rowOf(key))
        }
      },
    ),
  )
})
