import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { type DomainEvent, Event, isRequestEvent } from '#server/contract/events.ts'
import { type Mark, markBit } from '#server/contract/vocabulary.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { createCity, type Domograd } from './city.ts'

const END = Date.parse('2026-11-21T14:32:00+05:00')
const tiny = (seed = 7, end = END) => createCity({ preset: 'tiny', seed, end })
const historyOf = (city: Domograd): DomainEvent[] =>
  [...city.history()].flat().map(({ event }) => event)

const dirtyOf = (city: Domograd) =>
  (city.truth() as { dirtyRecords: Record<string, string[]> }).dirtyRecords

/** Requests of a list of events, folded as the log would hold them at `at`. */
function fold(events: readonly DomainEvent[], at = END) {
  const streams = new Map<string, Parameters<typeof foldRequest>[0][number][]>()
  events.forEach((event, i) => {
    if (!isRequestEvent(event)) return
    const stream = streams.get(event.request) ?? []
    stream.push({ ...event, seq: i + 1, recordedAt: at })
    streams.set(event.request, stream)
  })
  return new Map([...streams].map(([number, stream]) => [number, foldRequest(stream)]))
}

test('the same arguments give the same bytes, here and on every other machine', () => {
  const hash = (city: Domograd) => {
    const sum = createHash('sha256')
    for (const event of [...city.registry, ...historyOf(city)])
      sum.update(`${JSON.stringify(event)}\n`)
    return sum.digest('hex')
  }
  const first = hash(tiny())
  expect(hash(tiny())).toBe(first)
  expect(hash(tiny(8))).not.toBe(first)
  // A change of the city on purpose changes this sum; a machine must not.
  expect(first).toBe('b3220a8f79e773bd1a6cf0c63143a73762ebde5d5062566cd1e23b81f7674b88')
})

test('every event is one that the ingest endpoint takes as it is', () => {
  const city = tiny()
  for (const event of [...city.registry, ...historyOf(city)])
    expect(Event.parse(event)).toEqual(event)
})

test('a day is told in the order of delivery, and nothing is told before its day or after the end', () => {
  const city = tiny()
  const days = [...city.history()]
  expect(days).toHaveLength(city.lastDay - city.firstDay + 1)
  for (const day of days) {
    const times = day.map(({ at }) => at)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    for (const time of times) expect(time).toBeLessThanOrEqual(END)
  }
})

test('clean requests break no rule of the life cycle, and dirty ones bear the mark of what was done to them', () => {
  const city = tiny()
  const states = fold(historyOf(city))
  const dirtyRecords = dirtyOf(city)
  const dirty = new Set(Object.values(dirtyRecords).flat())
  expect(dirty.size).toBeGreaterThan(3)
  for (const [number, state] of states)
    if (!dirty.has(number)) expect([number, state?.marks]).toEqual([number, 0])
  const marked: [string, Mark][] = [
    ['closedBeforeRegistered', 'closed_before_registered'],
    ['futureTime', 'future_time'],
  ]
  for (const [fault, mark] of marked)
    for (const number of dirtyRecords[fault] ?? []) {
      const state = states.get(number)
      if (state?.outcome !== 'open') expect((state?.marks ?? 0) & markBit(mark)).toBe(markBit(mark))
    }
})

test('what is played after the end goes on where the history stopped, and no event is told twice or lost', () => {
  const city = tiny()
  const told = historyOf(city)
  const later: DomainEvent[] = []
  const until = END + 9 * 86_400_000
  for (const day of city.future(END)) {
    for (const { at, event } of day) if (at <= until) later.push(event)
    if ((day.at(-1)?.at ?? 0) > until) break
  }
  const seen = new Set<string>()
  const again = new Set<string>()
  for (const event of [...told, ...later]) {
    if (seen.has(event.id) && isRequestEvent(event)) again.add(event.request)
    seen.add(event.id)
  }
  expect([...again].toSorted()).toEqual(
    (dirtyOf(city).sentTwice ?? []).filter((number) => again.has(number)).toSorted(),
  )
  const before = fold(told)
  const after = fold([...told, ...later], until)
  const closedSince = [...before].filter(
    ([number, state]) => state?.outcome === 'open' && after.get(number)?.outcome !== 'open',
  )
  const open = [...before.values()].filter((state) => state?.outcome === 'open')
  expect(closedSince.length).toBeGreaterThan(open.length / 3)
  expect(after.size).toBeGreaterThan(before.size)
})

test('play that is resumed tells exactly what an unbroken one would have told from there', () => {
  const from = END + 50 * 3_600_000
  const until = from + 30 * 3_600_000
  const heard = (start: number) => {
    const ids: string[] = []
    for (const day of tiny().future(start)) {
      for (const { at, event } of day) if (at > from && at <= until) ids.push(event.id)
      if ((day.at(-1)?.at ?? 0) > until) return ids
    }
    return ids
  }
  expect(heard(from)).toEqual(heard(END))
  expect(heard(from).length).toBeGreaterThan(100)
})

test('no event carries a flat, a name or a telephone of a resident', () => {
  const city = tiny()
  for (const event of historyOf(city)) {
    if (!isRequestEvent(event)) continue
    expect(JSON.stringify(event)).not.toMatch(/кв\.|"phone":"|\+7|пәтер \d/)
  }
})

test('outages and messages go on after the end, and a crowd of calls comes with some of them', () => {
  const until = END + 70 * 86_400_000
  const later: DomainEvent[] = []
  for (const day of tiny().future(END)) {
    for (const { at, event } of day) if (at <= until) later.push(event)
    if ((day.at(-1)?.at ?? 0) > until) break
  }
  const types = new Set(later.map(({ type }) => type))
  for (const type of ['outage.declared', 'outage.ended', 'request.identity_verified'] as const)
    expect(types).toContain(type)
  const calls = new Map<string, number>()
  for (const event of later)
    if (event.type === 'request.registered' && event.category?.endsWith('-none')) {
      const slot = `${event.category}:${Math.floor(event.occurredAt / 14_400_000)}`
      calls.set(slot, (calls.get(slot) ?? 0) + 1)
    }
  expect(Math.max(...calls.values())).toBeGreaterThan(8)
})
