import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Recorded, RequestEvent } from '#server/contract/events.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import { LIFE } from '#server/domain/life-order.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { localClock } from '#server/domain/local-time.ts'
import { memoryRegistry } from './registry-memory.ts'
import type { Surroundings } from './rows.ts'
import { type RequestRows, rowsTold } from './versions.ts'

type Told = Recorded<RequestEvent>
const MINUTE = 60_000
const START = Date.parse('2026-02-01T08:00:00Z')

const registry = memoryRegistry()
let seq = 0
for (const id of ['a', 'b'])
  for (const body of [
    { type: 'organization.registered', organization: id, name: id, kind: 'uk' },
    { type: 'category.registered', category: id, name: { ru: id } },
    { type: 'building.registered', building: id, address: { ru: id } },
  ])
    registry.apply(
      { ...body, id: `r:${++seq}`, seq, source: 's', occurredAt: 0, recordedAt: 0 } as never,
      seq,
    )
const around: Surroundings = {
  registry,
  local: localClock('UTC'),
  requestKey: () => undefined,
  repeats: () => [],
  inTest: () => false,
}

/** What a reader of the log finds who knows of no rows: who answers, where, for what, how urgent. */
function recounted(events: readonly Told[], at: number, known: number) {
  const heard = events.filter(({ recordedAt }) => recordedAt <= known)
  const spell = foldRequest(heard)?.spells.find(
    ({ start, end }) => start <= at && (end === null || at < end),
  )
  const then = foldRequest(
    heard.filter(({ type, occurredAt }) => occurredAt <= at || type === 'request.corrected'),
  )
  if (!spell || !then) return null
  const keyOf = (id: string | null, find: (id: string) => { key: number } | undefined) =>
    id === null ? 0 : (find(id)?.key ?? 0)
  return {
    organization: keyOf(spell.organization ?? then.organization, registry.organizationById),
    building: keyOf(then.building, registry.buildingById),
    category: keyOf(then.category, registry.categoryById),
    priority: PRIORITIES.indexOf(then.priority),
  }
}

function stood({ spells, versions }: RequestRows, at: number, known: number) {
  const found = [
    ...spells.filter(
      (spell) =>
        !spell.retold &&
        Number(spell.start_at) <= at &&
        Number(spell.known_at) <= known &&
        (spell.end_at === null || spell.end_at > at || Number(spell.end_known_at) > known),
    ),
    ...versions.filter(
      (version) =>
        Number(version.start_at) <= at &&
        (version.end_at === null || version.end_at > at) &&
        Number(version.known_at) <= known &&
        (version.known_until === null || version.known_until > known),
    ),
  ]
  expect(found.length).toBeLessThanOrEqual(1)
  const [row] = found
  if (!row) return null
  const { organization, building, category, priority } = row
  return { organization, building, category, priority }
}

const anyEvent = fc.record({
  type: fc.constantFrom(...LIFE),
  minute: fc.integer({ min: 0, max: 12 }),
  lag: fc.constantFrom(0, 0, 0, 1, 5, 20),
  organization: fc.constantFrom('a', 'b'),
  priority: fc.constantFrom('ordinary', 'urgent', 'emergency'),
  party: fc.constantFrom('resident', 'organization'),
  event: fc.nat({ max: 8 }).map((index) => `t:${index}`),
})
const anyLife = fc.array(anyEvent, { minLength: 0, maxLength: 8 }).map((events) =>
  [{ ...events[0], type: 'request.registered', minute: 0, lag: 0, event: '' }, ...events]
    .map(({ minute, lag, party, organization, ...rest }, index) => ({
      ...{ priority: 'ordinary', ...rest, id: `t:${index}`, source: 't', actor: { party } },
      ...{ request: '1', of: '2', to: '3', channel: 'phone', kind: 'complaint' },
      ...(rest.type === 'request.registered' ? {} : { organization }),
      ...{ category: organization ?? 'a', building: organization ?? 'a' },
      occurredAt: START + (minute ?? 0) * MINUTE,
      recordedAt: START + ((minute ?? 0) + (lag ?? 0)) * MINUTE,
    }))
    .sort((a, b) => a.recordedAt - b.recordedAt)
    .map((event, index) => ({ ...event, seq: index + 1 }) as unknown as Told),
)

test('at every instant, as known at every other, the rows say what a fold of the log says', () => {
  fc.assert(
    fc.property(anyLife, (events) => {
      const rows = rowsTold(1, events, around)
      if (!rows) throw new Error('events without a request')
      for (let at = -1; at <= 14; at++)
        for (const known of [-1, 0, 1, 2, 3, 5, 6, 8, 10, 12, 17, 20, 25, 33]) {
          const [instant, heard] = [START + at * MINUTE, START + known * MINUTE]
          expect([at, known, stood(rows, instant, heard)]).toEqual([
            at,
            known,
            recounted(events, instant, heard),
          ])
        }
    }),
    { numRuns: 1500 },
  )
})

test('where a registration was corrected away, what another says stands from its own time on', () => {
  const events = [
    told('registered', 0, 0),
    told('corrected', 0, 0, { event: 'request.registered:0' }),
    told('transferred', 0, 0, { organization: 'a' }),
    told('registered', 2, 2, { id: 'again' }),
  ]
  const rows = rowsTold(1, events, around)
  if (!rows) throw new Error('events without a request')
  for (const [at, known] of [
    ...[0, 1, 2, 3].map((at) => [at, 1] as const),
    ...[0, 1, 2, 3].map((at) => [at, 3] as const),
  ]) {
    const [instant, heard] = [START + at * MINUTE, START + known * MINUTE]
    expect([at, known, stood(rows, instant, heard)]).toEqual([
      ...[at, known],
      recounted(events, instant, heard),
    ])
  }
})

test('a request of which everything was corrected away was open until that was known, and at no time since', () => {
  const events = [
    told('registered', 0, 0),
    told('corrected', 5, 6, { event: 'request.registered:0' }),
  ]
  const rows = rowsTold(1, events, around)
  if (!rows) throw new Error('events without a request')
  const open = (at: number, known: number) =>
    stood(rows, START + at * MINUTE, START + known * MINUTE) !== null
  expect([open(0, 0), open(5, 5), open(0, 6), open(9, 9)]).toEqual([true, true, false, false])
  expect(rows.request.closed_at).not.toBeNull()
  expect([rows.request.closed_on, rows.request.resolution_s]).toEqual([null, null])
})

const told = (type: string, minute: number, heard: number, body = {}) =>
  ({
    ...{
      type: `request.${type}`,
      id: `request.${type}:${minute}`,
      source: 't',
      request: '1',
      seq: heard,
    },
    ...{ channel: 'phone', priority: 'ordinary', kind: 'complaint', building: 'a', category: 'a' },
    ...{ occurredAt: START + minute * MINUTE, recordedAt: START + heard * MINUTE },
    ...body,
  }) as unknown as Told

test('heard in its order, a request needs no versions: each spell knows when its ends were heard', () => {
  const rows = rowsTold(1, [told('registered', 0, 1), told('closed', 5, 30)], around)
  expect(rows?.versions).toEqual([])
  expect(rows?.spells).toMatchObject([
    { start_at: START, known_at: START + MINUTE, end_known_at: START + 30 * MINUTE, retold: false },
  ])
})

test('a step heard late that changes nothing of when it was open needs none either', () => {
  const events = [told('registered', 0, 0), told('closed', 5, 5), told('arrived', 2, 60)]
  expect(rowsTold(1, events, around)?.spells).toMatchObject([
    { known_at: START, end_known_at: START + 5 * MINUTE, retold: false },
  ])
})

test('another category is told by versions: what stood then, and what is believed of it since', () => {
  const events = [told('registered', 0, 0), told('category_changed', 3, 4, { category: 'b' })]
  const [a, b] = ['a', 'b'].map((id) => registry.categoryById(id)?.key)
  const rows = rowsTold(1, events, around)
  expect(rows?.spells).toMatchObject([{ retold: true, category: b }])
  const at = (minute: number | null) => (minute === null ? null : START + minute * MINUTE)
  expect(
    rows?.versions.map((row) => [
      row.category,
      row.start_at,
      row.end_at,
      row.known_at,
      row.known_until,
    ]),
  ).toEqual([
    [a, at(0), at(null), at(0), at(4)],
    [a, at(0), at(3), at(4), at(null)],
    [b, at(3), at(null), at(4), at(null)],
  ])
})
