import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { openLog } from '#server/log/sqlite.ts'
import { event, NOW, ZONE } from '#test/city.ts'
import { openFactsFile } from './facts-file.ts'
import { createProjector } from './projector.ts'
import { rebuild } from './rebuild.ts'
import { memoryRegistry } from './registry-memory.ts'

const HOUR = 3_600_000
const START = Date.parse('2026-01-10T10:00:00+05:00')
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'domovoi-incidents-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const registry: DomainEvent[] = [
  event('category.registered', START - HOUR, { category: 'leak', name: { ru: 'Протечка' } }),
  event('building.registered', START - HOUR, { building: 'b-1', address: { ru: 'Мира, 1' } }),
  event('building.registered', START - HOUR, { building: 'b-2', address: { ru: 'Мира, 2' } }),
]

/** The same by request numbers: keys are given in the order of arrival. */
const PLACES = `
  SELECT r.number, head.number AS incident, duplicate.number AS duplicate, repeated.number AS repeated,
    r.effective_reopen_delay_s AS delay, r.incident_reopen_delay_s AS incident_delay, r.test
  FROM request r
    LEFT JOIN request head ON head.request = r.incident
    LEFT JOIN request duplicate ON duplicate.request = r.duplicate_of
    LEFT JOIN request repeated ON repeated.request = r.hidden_repeat_of
  ORDER BY r.number`

async function projected(name: string, portions: readonly DomainEvent[][]) {
  const log = openLog({ file: join(folder, `${name}.sqlite`), now: () => NOW })
  const facts = await openFactsFile({ file: join(folder, `${name}.duckdb`), memoryLimitMb: 128 })
  const options = { log, facts, registry: memoryRegistry(), zone: ZONE, after: () => {} }
  const projector = createProjector(options)
  await projector.start()
  for (const portion of portions) {
    await log.append(portion)
    await projector.settle()
  }
  await projector.stop()
  const projection = await facts.query(PLACES)
  await facts.close()
  const file = join(folder, `${name}-again.duckdb`)
  await rebuild({ log, file, zone: ZONE, memoryLimitMb: 128 })
  const again = await openFactsFile({ file, memoryLimitMb: 128 })
  const rebuilt = await again.query(PLACES)
  await again.close()
  await log.close()
  return { projection, rebuilt }
}

const anyRequest = fc.record({
  hour: fc.integer({ min: 0, max: 60 }),
  building: fc.constantFrom('b-1', 'b-1', 'b-1', 'b-2'),
  subject: fc.constantFrom(undefined, 's-1', 's-2'),
  closes: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
  repeats: fc.option(fc.nat({ max: 8 }), { nil: undefined, freq: 6 }),
  joins: fc.option(fc.nat({ max: 8 }), { nil: undefined, freq: 4 }),
  splits: fc.boolean(),
  reopens: fc.boolean(),
  voids: fc.boolean(),
})
const eventsOf = (
  drawn: typeof anyRequest extends fc.Arbitrary<infer R> ? R : never,
  n: number,
) => {
  const at = START + drawn.hour * HOUR
  const request = `n-${n}`
  const told: DomainEvent[] = [
    event('request.registered', at, {
      ...{ request, building: drawn.building, category: 'leak' },
      ...{ channel: 'phone', priority: 'ordinary', kind: 'work_request' },
      ...(drawn.subject && { subjectId: drawn.subject }),
    }),
  ]
  if (drawn.closes !== undefined) {
    const closed = at + drawn.closes * HOUR
    told.push(event('request.closed', closed, { request }, `closed:${n}`))
    if (drawn.reopens) told.push(event('request.reopened', closed + HOUR, { request }))
    if (drawn.voids)
      told.push(
        event('request.corrected', closed, { request, event: `closed:${n}`, reason: 'ошибка' }),
      )
  }
  if (drawn.repeats !== undefined)
    told.push(event('request.repeat_linked', at, { request, of: `n-${drawn.repeats}` }))
  if (drawn.joins !== undefined)
    told.push(event('request.joined', at + HOUR, { request, to: `n-${drawn.joins}` }))
  else if (drawn.splits && drawn.hour % 4 === 0)
    told.push(event('request.split', at + HOUR, { request }))
  return told
}

const anyTelling = fc
  .array(anyRequest, { minLength: 2, maxLength: 7 })
  .map((drawn) => [
    ...registry,
    ...drawn.flatMap(eventsOf),
    event('source.test_mode_changed', START + 20 * HOUR, { of: 'city', test: true }),
    event('source.test_mode_changed', START + 25 * HOUR, { of: 'city', test: false }),
  ])
  .chain((events) =>
    fc.tuple(
      fc.constant(events),
      fc.shuffledSubarray(events, { minLength: events.length }),
      fc.integer({ min: 1, max: 6 }),
    ),
  )

test('incidents, duplicates and repeats are the same in whatever order they are told, and as a rebuild finds them', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(anyTelling, async ([events, shuffled, size]) => {
      const portions: DomainEvent[][] = []
      for (let start = 0; start < shuffled.length; start += size)
        portions.push(shuffled.slice(start, start + size))
      const inOrder = await projected(`a${run}`, [events])
      const inAnyOrder = await projected(`b${run++}`, portions)
      expect(inOrder.rebuilt).toEqual(inOrder.projection)
      expect(inAnyOrder.projection).toEqual(inOrder.projection)
      expect(inAnyOrder.rebuilt).toEqual(inOrder.projection)
    }),
    { numRuns: 5 },
  )
})

test('a burst pipe is one incident of sixty calls, and a test of its source leaves it', async () => {
  const call = (n: number) =>
    event('request.registered', START + n * 60_000, {
      ...{ request: `call-${String(n).padStart(2, '0')}`, building: 'b-1', category: 'leak' },
      ...{ channel: 'phone', priority: 'emergency', kind: 'work_request' },
    })
  const calls = Array.from({ length: 60 }, (_, n) => call(n))
  const { projection, rebuilt } = await projected('burst', [
    registry,
    calls.toReversed(),
    [event('source.test_mode_changed', START + 58.5 * 60_000, { of: 'city', test: true })],
  ])
  expect(new Set(projection.map((row) => row.incident))).toEqual(new Set(['call-00', 'call-59']))
  expect(projection.filter((row) => row.test)).toMatchObject([{ number: 'call-59' }])
  expect(rebuilt).toEqual(projection)
})

test('a link to a number that nobody knows, or to itself, hides no repeat', async () => {
  const asked = (request: string, at: number) =>
    event('request.registered', at, {
      ...{ request, building: 'b-1', category: 'leak', subjectId: 's-1' },
      ...{ channel: 'phone', priority: 'ordinary', kind: 'work_request' },
    })
  const link = (request: string, of: string, hour: number) =>
    event('request.repeat_linked', START + hour * HOUR, { request, of })
  const { projection, rebuilt } = await projected('links', [
    registry,
    [asked('n-1', START), event('request.closed', START + HOUR, { request: 'n-1' })],
    [asked('n-2', START + 30 * HOUR), link('n-2', 'n-99', 31), link('n-2', 'n-2', 30)],
  ])
  expect(projection.map((row) => row.repeated)).toEqual([null, 'n-1'])
  expect(rebuilt).toEqual(projection)
})

describe('an incident of several calls', () => {
  const call = (n: number, at: number, more = {}) =>
    event('request.registered', at, {
      ...{ request: `call-${n}`, building: 'b-1', category: 'leak', channel: 'phone' },
      ...{ priority: 'emergency', kind: 'work_request', ...more },
    })
  const closed = (n: number, at: number) => event('request.closed', at, { request: `call-${n}` })
  const riser = { entrance: 1, riser: 2 }
  /** Three calls, of which the second is marked as a duplicate at once. */
  const calls = [
    call(1, START),
    call(2, START + HOUR, riser),
    call(3, START + 2 * HOUR),
    event('request.marked_duplicate', START + 1.5 * HOUR, { request: 'call-2', of: 'call-1' }),
  ]
  const cameBack = async (name: string, ...told: DomainEvent[][]) => {
    const { projection, rebuilt } = await projected(name, [registry, calls, ...told])
    expect(rebuilt).toEqual(projection)
    return projection.map((row) => row.incident_delay)
  }

  test('came back when any of them was reopened after the first had closed', async () => {
    const done = [closed(1, START + 5 * HOUR), closed(3, START + 6 * HOUR)]
    const back = event('request.reopened', START + 8 * HOUR, { request: 'call-3' })
    expect(await cameBack('any', done)).toEqual([null, null, null])
    expect(await cameBack('any-back', done, [back])).toEqual([3 * 3600, null, null])
  })
  test('came back when one said to be done was reopened before the first closed', async () => {
    const done = [closed(3, START + 3 * HOUR), closed(1, START + 5 * HOUR)]
    const back = event('request.reopened', START + 4 * HOUR, { request: 'call-3' })
    expect(await cameBack('before', done, [back])).toEqual([0, null, null])
  })
  test('came back when a call closed as a duplicate is made again, but not while the first is open', async () => {
    const done = [closed(1, START + 5 * HOUR)]
    const again = call(4, START + 7 * HOUR, riser)
    expect(await cameBack('again', done, [again])).toEqual([2 * 3600, null, null, null])
    expect(await cameBack('open', [again])).toEqual([null, null, null, null])
  })
  test('a call that a person takes out of it takes its return along', async () => {
    const done = [closed(1, START + 5 * HOUR), closed(3, START + 6 * HOUR)]
    const back = event('request.reopened', START + 8 * HOUR, { request: 'call-3' })
    const split = event('request.split', START + 9 * HOUR, { request: 'call-3' })
    expect(await cameBack('split', done, [back], [split])).toEqual([null, null, 2 * 3600])
    const join = event('request.joined', START + 9 * HOUR, { request: 'call-3', to: 'call-2' })
    expect(
      await cameBack('join', done, [back], [split], [{ ...join, occurredAt: START + 10 * HOUR }]),
    ).toEqual([3 * 3600, null, null])
  })
})
