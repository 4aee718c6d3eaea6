import { expect, test } from 'vitest'
import { stateAt } from './counts.ts'
import { placesOf } from './places.ts'

const places = placesOf({
  keys: [1, 2, 3],
  ids: ['b-1', 'b-2', 'b-3'],
  addresses: ['Мира, 1', 'Мира, 2', 'Мира, 3'],
  district: [7, 7, 8],
  apartments: [10, 20, 30],
})
const none = { open: 0, overdue: 0, emergency: 0, emergencyOverdue: 0 }
const districts = [
  { key: 7, id: 'old', ...none, open: 99 },
  { key: 8, id: 'new', ...none, open: 99 },
]

test('counts of an instant take the place of the live ones, in the city, its districts and its buildings', () => {
  const buildings = new Map([
    ['b-3', { open: 4, overdue: 2, emergencies: 1, emergenciesPastLimit: 1 }],
    ['b-1', { open: 1, overdue: 0, emergencies: 0 }],
    ['unknown', { open: 5, overdue: 5, emergencies: 0 }],
  ])
  const elsewhere = { open: 2, overdue: 1, emergencies: 0 }
  expect(stateAt({ at: 60_000, buildings, elsewhere }, places, districts)).toEqual({
    revision: 0,
    now: 60_000,
    keys: [1, 3],
    open: [1, 4],
    overdue: [0, 2],
    emergency: [0, 1],
    emergencyOverdue: [0, 1],
    totals: { open: 12, overdue: 8, emergency: 1, emergencyOverdue: 1 },
    districts: [
      { key: 7, id: 'old', ...none, open: 1 },
      { key: 8, id: 'new', open: 4, overdue: 2, emergency: 1, emergencyOverdue: 1 },
    ],
    unplaced: 7,
  })
})
