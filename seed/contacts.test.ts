import { expect, test } from 'vitest'
import { SubjectRecord } from '#server/contract/subjects.ts'
import { createCity } from './city.ts'
import { contactOf } from './contacts.ts'

const END = Date.parse('2026-11-21T14:32:00+05:00')

test('every person that a registration names has contacts that the server takes and that ring nowhere', () => {
  const city = createCity({ preset: 'tiny', seed: 7, end: END })
  const registered = [...city.history()]
    .flat()
    .flatMap(({ event }) => (event.type === 'request.registered' ? [event] : []))
  const named = registered.filter(({ subjectId }) => subjectId !== undefined)
  const contacts = named.map(contactOf)
  expect(contacts.length).toBeGreaterThan(1_000)
  for (const contact of contacts) {
    expect(SubjectRecord.parse(contact)).toEqual(contact)
    expect(contact?.phone).toMatch(/^\+7 000 /)
  }
  for (const event of registered)
    if (event.subjectId === undefined) expect(contactOf(event)).toBeUndefined()
})
