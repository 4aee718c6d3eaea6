import { expect, test } from 'vitest'
import { knownAfter, loadedAt } from './clocks.ts'

const at = (minutes: number) => minutes * 60_000

test('what reached us within a minute was known at once', () => {
  expect(knownAfter({ occurredAt: at(0), recordedAt: at(0.9) })).toBeNull()
  expect(knownAfter({ occurredAt: at(0), recordedAt: at(16) })).toBe(at(16))
})

test('a record loaded after it had happened tells the second clock once', () => {
  const loaded = [0, 60, 600].map((minute) => ({ occurredAt: at(minute), recordedAt: at(9000) }))
  expect(loadedAt(loaded)).toBe(at(9000))
  expect(loadedAt(loaded.map((event) => ({ ...event, recordedAt: event.occurredAt })))).toBeNull()
  expect(loadedAt([...loaded, { occurredAt: at(9500), recordedAt: at(9500) }])).toBeNull()
  expect(loadedAt([])).toBeNull()
})
