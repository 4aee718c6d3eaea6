import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { NormStart } from '#server/contract/norms.ts'
import { type BookOptions, normBook, type Situation } from './book.ts'
import { CalendarFile } from './calendar-file.ts'
import { PackFile } from './pack-file.ts'

const json = (path: string) =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as unknown
const pack = (id: string) => PackFile.parse(json(`./packs/${id}.json`))
const calendars = ['ru', 'kz'].map((id) => CalendarFile.parse(json(`./calendars/${id}.json`)))
const MOSCOW = 'Europe/Moscow'

const book = (packs: string[], more: Partial<BookOptions> = {}) =>
  normBook({ packs: packs.map(pack), calendars, zone: MOSCOW, ...more })

const at = (text: string) => Date.parse(text)
const iso = (instant: number | null) =>
  instant === null ? null : new Date(instant).toISOString().slice(0, 16)
const request = (more: Partial<Situation> = {}): Situation => ({
  category: null,
  priority: 'ordinary',
  kind: 'work_request',
  registeredAt: at('2026-02-10T12:00+03:00'),
  acknowledgedAt: null,
  identifiedAt: null,
  arrivedAt: null,
  closedAt: null,
  outcome: 'open',
  ...more,
})
const due = (from: ReturnType<typeof book>, situation: Situation) => {
  const { dueAt, basis } = from.due(situation)
  return [basis, iso(dueAt)]
}

test('the norm in force at the local midnight of its first day counts, and no longer from the first day after it', () => {
  const norms = book(['test'])
  const registered = (registeredAt: string) =>
    due(norms, request({ registeredAt: at(registeredAt) }))
  expect(registered('2024-12-31T23:59+03:00')).toEqual([null, null])
  // Ten days of the same wall clock.
  expect(registered('2025-01-01T00:00+03:00')).toEqual(['test/any@2025-01-01', '2025-01-10T21:00'])
  expect(registered('2026-01-31T23:59+03:00')).toEqual(['test/any@2025-01-01', '2026-02-10T20:59'])
  // 31 January in London is 1 February in Moscow: five days.
  expect(registered('2026-01-31T21:00Z')).toEqual(['test/any@2026-02-01', '2026-02-05T21:00'])
})

test('a named category comes before a group, a group before a priority, a priority before any, and a region before all', () => {
  const norms = book(['test'])
  expect(due(norms, request())[0]).toBe('test/any@2026-02-01')
  expect(due(norms, request({ priority: 'urgent' }))[0]).toBe('test/urgent')
  expect(due(norms, request({ category: 'water-tap', priority: 'urgent' }))[0]).toBe('test/pipes')
  expect(due(norms, request({ category: 'Прорыв трубы на кухне' }))[0]).toBe('test/pipes')
  expect(due(norms, request({ category: 'water-burst', priority: 'urgent' }))[0]).toBe('test/burst')
  const zavod = book(['test'], { region: 'zavod' })
  expect(due(zavod, request({ category: 'water-burst' }))[0]).toBe('test/zavod')
  expect(due(zavod, request({ category: 'water-burst', kind: 'complaint' }))[0]).toBe('test/burst')
})

test('a clock that starts with another event waits for it', () => {
  const norms = book(['test'])
  const clock = (acknowledgedAt: number | null) =>
    norms.applied(request({ acknowledgedAt })).find(({ norm }) => norm.end === 'arrived')
  expect(clock(null)).toMatchObject({ startAt: null, dueAt: null })
  // Tuesday 10 February 17:00, eight working hours: one on Tuesday, 9-13 and 14-17 on Wednesday.
  expect(iso(clock(at('2026-02-10T17:00+03:00'))?.dueAt ?? null)).toBe('2026-02-11T14:00')
})

const EMERGENCY = { priority: 'emergency' } as const
const RUSSIAN: [string, Partial<Situation>, (string | null)[]][] = [
  // Two hours from registration at 12:00 in Moscow, 09:00 UTC.
  [
    'a sewer blockage',
    { category: 'sewer-block', ...EMERGENCY },
    ['ru/sewer-block', '2026-02-10T11:00'],
  ],
  // Registered 22:10: 50 minutes until 23:00, 70 minutes from 8:00 of the next day.
  [
    'a chute blockage in the evening',
    { category: 'Засор мусоропровода', registeredAt: at('2026-02-10T22:10+03:00') },
    ['ru/chute-block', '2026-02-11T06:10'],
  ],
  // Registered 03:00: two hours from 8:00.
  [
    'a chute blockage at night',
    { category: 'chute-block', registeredAt: at('2026-02-10T03:00+03:00') },
    ['ru/chute-block', '2026-02-10T07:00'],
  ],
  // Three days of the calendar from registration.
  [
    'a burst pipe',
    { category: 'water-burst', ...EMERGENCY },
    ['ru/eliminated', '2026-02-13T09:00'],
  ],
  ['a leaking roof', { category: 'roof-leak' }, ['ru/roof-leak', '2026-02-11T09:00']],
  ['drainpipes', { category: 'Водосточная труба' }, ['ru/drainage', '2026-02-15T09:00']],
  ['loose masonry', { category: 'Отслоение кирпичной кладки' }, ['ru/masonry', '2026-02-11T09:00']],
  ['a window in winter', { category: 'door-window' }, ['ru/glazing-winter', '2026-02-11T09:00']],
  [
    'a window on the first day of summer time',
    { category: 'door-window', registeredAt: at('2026-04-01T00:00+03:00') },
    ['ru/glazing-summer', '2026-04-03T21:00'],
  ],
  [
    'a window on the last evening of winter time',
    { category: 'door-window', registeredAt: at('2026-03-31T23:59+03:00') },
    ['ru/glazing-winter', '2026-04-01T20:59'],
  ],
  ['an entrance door', { category: 'door-closer' }, ['ru/entrance-door', '2026-02-11T09:00']],
  ['plaster', { category: 'Обвалилась штукатурка' }, ['ru/plaster', '2026-02-15T09:00']],
  // From Tuesday 10 February: 11, 12, 13, 16, 17, 18, 19, 20, (23 is a holiday), 24, 25 February 18:00.
  ['a question', { kind: 'question' }, ['ru/organization-answer', '2026-02-25T15:00']],
  // 30 days of the calendar.
  ['an appeal', { kind: 'complaint' }, ['ru/appeal', '2026-03-12T09:00']],
  ['ordinary work has no federal time', {}, [null, null]],
]
test.each(RUSSIAN)('Russia, %s', (_, more, expected) => {
  expect(due(book(['ru']), request(more))).toEqual(expected)
})

test('an accident is localised in thirty minutes and eliminated in three days: two clocks of one request', () => {
  const clocks = book(['ru']).applied(request({ category: 'water-burst', ...EMERGENCY }))
  expect(clocks.map(({ ref, dueAt }) => [ref, iso(dueAt)])).toContainEqual([
    'ru/localised',
    '2026-02-10T09:30',
  ])
  expect(clocks.map(({ ref }) => ref)).toContain('ru/eliminated')
})

test('where sources disagree about the start the city chooses; an accident whose time nobody tells sets no due time', () => {
  const starts: Record<string, NormStart> = { 'ru/eliminated': 'accident' }
  const situation = request({ category: 'water-burst', ...EMERGENCY })
  expect(due(book(['ru'], { starts }), situation)).toEqual(['ru/eliminated', null])
})

test('works of the Moscow region have a day there and nothing elsewhere', () => {
  const there = book(['ru'], { region: 'moscow-region' })
  expect(due(there, request())).toEqual(['ru/moscow-region-works', '2026-02-11T09:00'])
})

test('Kazakhstan: fifteen working days over Nauryz, and three to redirect', () => {
  const norms = book(['kz'], { zone: 'Asia/Almaty' })
  const appeal = request({ kind: 'question', registeredAt: at('2026-03-10T10:00+05:00') })
  // From Tuesday 10 March 2026: 11, 12, 13, 16, 17, 18, 19, 20, (21-23 Nauryz, 24 and 25 for its weekend days), 26, 27, 30, 31 March, 1, 2, 3 April 18:00.
  expect(due(norms, appeal)).toEqual(['kz/appeal', '2026-04-03T13:00'])
  const redirected = norms.applied(appeal).find(({ norm }) => norm.end === 'redirected')
  expect(iso(redirected?.dueAt ?? null)).toBe('2026-03-13T13:00')
})

test('a term over the night on which Kazakhstan changed its clocks ends at the same hour of the wall', () => {
  const norms = book(['kz', 'test'], { zone: 'Asia/Almaty' })
  // Registered 23 February 2024 12:00 (+6): 26, 27, 28, 29 February, 1, 4, 5, 6, 7, (8 March), 11, 12, 13, 14, 15, 18 March 18:00 (+5).
  const appeal = request({ kind: 'question', registeredAt: at('2024-02-23T12:00+06:00') })
  expect(due(norms, appeal)).toEqual(['kz/appeal', '2024-03-18T13:00'])
  const work = request({ priority: 'urgent', registeredAt: at('2024-02-28T10:00+06:00') })
  // Two days of the calendar: 1 March 10:00 of the new clock, 49 hours later.
  expect(due(norms, work)).toEqual(['test/urgent', '2024-03-01T05:00'])
})

test('another norm, another calendar or another choice is another fingerprint; the same ones are the same', () => {
  const prints = [
    book(['kz']),
    book(['ru']),
    book(['ru'], { region: 'moscow-region' }),
    book(['ru'], { starts: { 'ru/eliminated': 'accident' } }),
  ].map(({ fingerprint }) => fingerprint)
  expect(new Set(prints).size).toBe(4)
  expect(book(['ru']).fingerprint).toBe(prints[1])
})

test('a third of an hour, written as a fraction, is due at a whole millisecond', () => {
  const [norm] = pack('test').norms.filter(({ id }) => id === 'urgent')
  const third = { ...norm, duration: { amount: 0.33333333, unit: 'hour' } }
  const norms = normBook({
    packs: [PackFile.parse({ ...(json('./packs/test.json') as object), norms: [third] })],
    ...{ calendars, zone: MOSCOW },
  })
  const { dueAt } = norms.due(request({ priority: 'urgent' }))
  expect(dueAt).toBe(at('2026-02-10T12:20+03:00'))
})
