import { expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { createCity } from './city.ts'
import { seedInto } from './seed-into.ts'

const END = Date.parse('2026-11-21T14:32:00+05:00')

test('the register is appended first, then the history in its order, and nothing else', async () => {
  const city = createCity({ preset: 'tiny', seed: 7, end: END })
  const appended: string[] = []
  const days: [number, number][] = []
  const log = {
    async append(events: readonly DomainEvent[]) {
      appended.push(...events.map(({ id }) => id))
      return {
        stored: events.map((event) => ({ ...event, seq: 1, recordedAt: END })),
        known: [],
        lastSeq: 1,
      }
    },
  }
  const seeded = await seedInto(log, city, (done, total) => days.push([done, total]))
  const again = createCity({ preset: 'tiny', seed: 7, end: END })
  const expected = [...again.registry, ...[...again.history()].flat().map(({ event }) => event)]
  expect(appended).toEqual(expected.map(({ id }) => id))
  expect(seeded).toEqual({
    events: expected.length,
    requests: expected.filter(({ type }) => type === 'request.registered').length,
  })
  expect(days.at(-1)).toEqual([62, 62])
})

test('the city has every kind of organization, and one of two houses', () => {
  const { companies, tenures } = createCity({ preset: 'demo', seed: 7, end: END })
  const kinds = new Set(companies.map(({ kind }) => kind))
  for (const kind of [
    'uk',
    'tszh',
    'zhsk',
    'osi',
    'ksk',
    'pt',
    'contractor',
    'supplier',
    'dispatch',
    'department',
  ] as const)
    expect(kinds).toContain(kind)
  const first = tenures.map(
    (own) =>
      companies[own.findLast(({ from }) => from < END - 400 * 86_400_000)?.company ?? -1]?.name,
  )
  expect(first.filter((name) => name === 'УК Два дома')).toHaveLength(2)
  expect(new Set(companies.map(({ name }) => name)).size).toBe(companies.length)
})
