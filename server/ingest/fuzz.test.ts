import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EVENT_TYPES } from '#server/contract/events.ts'
import { openIngest } from '#test/ingest.ts'
import { findJsonFault } from './json-fault.ts'

const CASES = 20_000
const ANSWERS = new Set([200, 400, 409, 413, 415])

const valid = JSON.stringify({
  id: 'desk:1-1:registered',
  type: 'request.registered',
  occurredAt: 1_770_000_000_000,
  source: 'desk',
  request: '1-1',
  place: 'Липовая, 1, ә ғ қ 🏠',
})
const gzipped = gzipSync(`${valid}\n${valid}`)

/** A right body with a few bytes changed, cut or inserted. */
const damaged = (whole: Buffer) =>
  fc
    .array(fc.tuple(fc.nat(whole.length), fc.nat(3), fc.uint8Array({ maxLength: 4 })), {
      maxLength: 3,
    })
    .map((edits) =>
      edits.reduce<Buffer>(
        (body, [at, cut, bytes]) =>
          Buffer.concat([body.subarray(0, at), Buffer.from(bytes), body.subarray(at + cut)]),
        whole,
      ),
    )

const id = fc.oneof(fc.string({ maxLength: 140 }), fc.constantFrom('desk:1-1:registered', 'a'))
const anything = fc.jsonValue({ maxDepth: 3 })
const field = fc.oneof(
  id,
  anything,
  fc.double(),
  fc.constantFrom('2026-02-30T00:00:00Z', '9999-12-31T23:59:59-23:59', -1, 0, 1e300, '1-1'),
)
const names = [
  ...['id', 'type', 'occurredAt', 'source', 'actor', 'request', 'building', 'organization'],
  ...[
    'category',
    'channel',
    'dueAt',
    'lon',
    'lat',
    'outline',
    'address',
    'name',
    'of',
    '__proto__',
  ],
]
/** Events that are nearly right: known types, an envelope, and any field with any value. */
const event = fc
  .tuple(
    fc.record({
      id,
      type: fc.oneof(fc.constantFrom(...EVENT_TYPES), fc.string()),
      occurredAt: fc.oneof({ weight: 3, arbitrary: fc.integer() }, field),
      source: fc.oneof({ weight: 3, arbitrary: fc.constant('desk') }, id),
      request: fc.oneof({ weight: 3, arbitrary: fc.constant('1-1') }, field),
    }),
    fc.dictionary(fc.constantFrom(...names), field, { maxKeys: 3 }),
  )
  .map(([envelope, more]) => ({ ...envelope, ...more }))

test('whatever comes is answered with a place or stored whole, never with a failure', async () => {
  const house = openIngest()
  let cases = 0
  const answers = async (body: Buffer | string, headers: Record<string, string> = {}) => {
    cases += 1
    const before = house.log.lastSeq()
    const response = await house.post(body as BodyInit, headers)
    const told = await response.json()
    const stored = house.log.lastSeq() - before
    expect(ANSWERS.has(response.status), `${response.status} ${told.error}`).toBe(true)
    expect(stored).toBe(response.status === 200 ? told.stored : 0)
    if (response.status !== 200) expect(told.error.length).toBeLessThan(400)
    for (const { message } of told.errors ?? []) expect(message.length).toBeLessThan(400)
    expect(({} as { polluted?: true }).polluted).toBeUndefined()
  }
  const run = async <T>(
    arbitrary: fc.Arbitrary<T>,
    send: (value: T) => Promise<void>,
    part: number,
  ) => fc.assert(fc.asyncProperty(arbitrary, send), { numRuns: CASES * part })
  await run(
    fc.array(event, { minLength: 1, maxLength: 4 }),
    (batch) => answers(JSON.stringify(batch)),
    0.5,
  )
  await run(damaged(Buffer.from(`${valid}\n${valid}`)), (body) => answers(body), 0.3)
  await run(damaged(gzipped), (body) => answers(body, { 'content-encoding': 'gzip' }), 0.1)
  await run(fc.uint8Array({ maxLength: 200 }), (bytes) => answers(Buffer.from(bytes)), 0.1)
  expect(cases).toBe(CASES)
  expect(house.faults).toEqual([])
  await house.close()
})

test('the place of a fault is found in whatever JSON.parse refuses, and is the first', () => {
  const text = fc.oneof(
    fc.json(),
    damaged(Buffer.from(valid)).map((body) => body.toString()),
  )
  fc.assert(
    fc.property(text, fc.nat(), (whole, cut) => {
      const broken = whole.slice(0, cut % (whole.length + 1))
      let parses = true
      try {
        JSON.parse(broken)
      } catch {
        parses = false
      }
      if (parses) return
      const { at, message } = findJsonFault(broken)
      expect(at).toBeLessThanOrEqual(broken.length)
      expect(message).toMatch(/ where .* is expected$/)
    }),
    { numRuns: CASES / 4 },
  )
})
