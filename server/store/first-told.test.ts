import { beforeAll, expect, test } from 'vitest'
import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { localClock } from '#server/domain/local-time.ts'
import { memoryRegistry } from './registry-memory.ts'
import { rowsOf } from './rows.ts'

const START = Date.parse('2026-02-10T10:00:00+05:00')
const registry = memoryRegistry()
const CITY = [
  { type: 'building.registered', building: 'b-1', address: { ru: 'ул. Абая, 1' } },
  { type: 'building.registered', building: 'b-2', address: { ru: 'ул. Абая, 2' } },
  { type: 'category.registered', category: 'heat', name: { ru: 'Холодные батареи' } },
  { type: 'category.registered', category: 'leak', name: { ru: 'Течь' } },
]
beforeAll(() => {
  CITY.forEach((body, i) => {
    const envelope = { id: `r-${i}`, seq: i + 1, source: 'registry' }
    registry.apply({ ...body, ...envelope, occurredAt: 0, recordedAt: 0 } as never, i + 1)
  })
})

function row(...told: [RequestEvent['type'], minutes: number, body?: object][]) {
  const events = told.map(([type, minutes, body], i) => ({
    ...{ id: `e-${i}`, seq: 100 + i, type, source: '109', request: '1-1' },
    ...{ occurredAt: START + minutes * 60_000, recordedAt: START + minutes * 60_000 + 7, ...body },
  })) as Recorded<RequestEvent>[]
  const state = foldRequest(events)
  if (!state) throw new Error('nothing was folded')
  return rowsOf(9, state, {
    registry,
    local: localClock('Asia/Almaty'),
    requestKey: () => undefined,
    repeats: () => [],
    inTest: () => false,
  }).request
}

test('the row knows when the registration reached us, whatever came after it', () => {
  const registered = row(['request.registered', 0, { building: 'b-1', category: 'heat' }])
  const later = row(
    ['request.registered', 0, { building: 'b-1', category: 'heat' }],
    ['request.closed', 90],
  )
  expect([registered.received_at, later.received_at]).toEqual([START + 7, START + 7])
  expect([later.first_building, later.first_category]).toEqual([null, null])
})

test('a house that a person found and a category that was changed leave what the registration meant', () => {
  const changed = row(
    ['request.registered', 0, { place: 'Абая 1', category: 'heat' }],
    ['request.address_resolved', 5, { building: 'b-2' }],
    ['request.category_changed', 6, { category: 'leak' }],
  )
  expect(changed).toMatchObject({ building: 2, first_building: 1, category: 4, first_category: 3 })
})

test('an address that no house has meant none', () => {
  const found = row(
    ['request.registered', 0, { place: 'Набережная 40', category: 'heat' }],
    ['request.address_resolved', 5, { building: 'b-2' }],
  )
  expect(found).toMatchObject({ building: 2, first_building: 0 })
})
