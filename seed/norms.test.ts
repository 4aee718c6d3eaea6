import { expect, test } from 'vitest'
import { createCity } from './city.ts'
import { TROUBLES } from './demand/categories.ts'
import { dueOf } from './stories/reading.ts'

const END = Date.parse('2026-11-21T14:32:00+05:00')

test('the norms that the city ships with set the times that its companies work by', () => {
  const city = createCity({ preset: 'tiny', seed: 7, end: END })
  expect(city.city.norms).toEqual(['domograd', 'kz'])
  expect(TROUBLES.map(({ id }) => [id, dueOf(id, 0)])).toEqual(
    TROUBLES.map(({ id, normHours }) => [id, normHours * 3_600_000]),
  )
})

test('a source that gives a time of its own is the portal, for what is answered in words', () => {
  const city = createCity({ preset: 'tiny', seed: 7, end: END })
  const own = [...city.history()].flat().flatMap(({ event }) => {
    return event.type === 'request.registered' && event.dueAt !== undefined ? [event] : []
  })
  expect(own.length).toBeGreaterThan(3)
  expect(own.filter(({ source, kind }) => source !== 'portal' || kind === 'work_request')).toEqual(
    [],
  )
})
