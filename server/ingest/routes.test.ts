import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EVENT_TYPES, Event } from '#server/contract/events.ts'
import { NOW, openIngest } from '#test/ingest.ts'

let house: ReturnType<typeof openIngest>
beforeEach(() => {
  house = openIngest()
})
afterEach(() => house.close())

const event = (n: number, more: object = {}) => ({
  id: `desk:1-${n}:registered`,
  type: 'request.registered',
  occurredAt: '2026-02-10T12:00:00+05:00',
  source: 'desk',
  request: `1-${n}`,
  ...more,
})
const lines = (...values: unknown[]) => values.map((value) => JSON.stringify(value)).join('\n')
const storedIds = () => house.log.read(0, 1000).map(({ id }) => id)
const answer = async (response: Response | Promise<Response>) => {
  const { status, headers } = await response
  return { status, retryAfter: headers.get('retry-after'), body: await (await response).json() }
}

test('lines and an array mean the same, and a repeated event is known', async () => {
  expect(await answer(house.post(lines(event(1), event(2))))).toEqual({
    status: 200,
    retryAfter: null,
    body: { stored: 2, known: 0, lastSeq: 2, warnings: [] },
  })
  expect((await answer(house.post(JSON.stringify([event(2), event(3)])))).body).toEqual({
    stored: 1,
    known: 1,
    lastSeq: 3,
    warnings: [],
  })
  expect(house.log.read(0, 1)[0]?.occurredAt).toBe(Date.UTC(2026, 1, 10, 7))
})

test('gzip is read', async () => {
  const response = await house.post(gzipSync(lines(event(1))), { 'content-encoding': 'gzip' })
  expect(response.status).toBe(200)
  expect(storedIds()).toEqual(['desk:1-1:registered'])
})

test.for([
  ['no key', {}],
  ['another key', { authorization: 'Bearer something-else-of-that-size' }],
  ['a key in the wrong scheme', { authorization: 'Basic a-key-of-the-test-only' }],
] as const)('%s is refused', async ([, headers]) => {
  const response = await house.app.request('/ingest/events', {
    method: 'POST',
    body: lines(event(1)),
    headers,
  })
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  expect(storedIds()).toEqual([])
})

test('every wrong event is told by line and field, and nothing of the batch is stored', async () => {
  const body = lines(
    event(1),
    event(2, { type: 'request.closd' }),
    event(3, { occurredAt: '10.02.2026', flat: 12 }),
  )
  expect(await answer(house.post(`${body}\n\n`))).toMatchObject({
    status: 400,
    body: {
      error: '2 of 3 events are not right; nothing was stored',
      errors: [
        {
          line: 2,
          path: 'type',
          message: 'unknown event type "request.closd"; GET /ingest/schema tells the known ones',
        },
        { line: 3, path: 'occurredAt' },
        { line: 3, path: 'flat', message: 'unknown field "flat"' },
      ],
    },
  })
  expect(storedIds()).toEqual([])
})

test('malformed JSON names line and column', async () => {
  expect(await answer(house.post(`${lines(event(1))}\n{"id": }`))).toMatchObject({
    status: 400,
    body: {
      error: 'malformed JSON at line 2, column 8: there is "}" where a value is expected',
    },
  })
  expect(await answer(house.post(`[${lines(event(1))},\n  {"id" 1}]`))).toMatchObject({
    status: 400,
    body: { error: 'malformed JSON at line 2, column 9: there is "1" where a colon is expected' },
  })
  expect(storedIds()).toEqual([])
})

test('bytes that are not UTF-8 are named by line and byte', async () => {
  const russian = Buffer.from(`${lines(event(1))}\n{"place":"`)
  const body = Buffer.concat([
    russian,
    Buffer.from([0xcb, 0xe8, 0xef, 0xea, 0xe8]),
    Buffer.from('"}'),
  ])
  expect(await answer(house.post(body))).toMatchObject({
    status: 400,
    body: {
      error: `wrong encoding at line 2: byte ${russian.length + 1} of the body (cb hexadecimal) is not UTF-8; send UTF-8`,
    },
  })
})

test('another body for a known id is a conflict that names the id; the first stands', async () => {
  await house.post(lines(event(1)))
  const changed = event(1, { channel: 'web' })
  expect(await answer(house.post(lines(event(2), changed)))).toMatchObject({
    status: 409,
    body: { id: 'desk:1-1:registered', lines: [2] },
  })
  expect(storedIds()).toEqual(['desk:1-1:registered'])
})

test('one id with two bodies in one batch names both lines, and nothing is stored', async () => {
  const batch = lines(event(1), event(2), event(1, { channel: 'web' }))
  expect(await answer(house.post(batch))).toMatchObject({
    status: 409,
    body: {
      lines: [1, 3],
      error: expect.stringContaining('"desk:1-1:registered" is told on lines 1 and 3'),
    },
  })
  expect(storedIds()).toEqual([])
})

test('a field told twice is refused at its second place, however it is spelled', async () => {
  const [whole] = lines(event(1)).split('\n')
  const twice = `${whole?.slice(0, -1)},"\\u0069d":"another"}`
  expect(await answer(house.post(twice))).toMatchObject({
    status: 400,
    body: {
      error: `malformed JSON at line 1, column ${(whole?.length ?? 0) + 1}: the field "\\u0069d" is told twice`,
    },
  })
  expect(storedIds()).toEqual([])
})

test.for(['__proto__', 'constructor', 'prototype'])(
  'a field called %s is refused by name, at any depth',
  async (name) => {
    const hostile = `{"id":"a","type":"building.registered","address":{"${name}":{"polluted":true}}}`
    expect(await answer(house.post(hostile))).toMatchObject({
      status: 400,
      body: {
        errors: [
          { line: 1, path: `address.${name}`, message: `a field may not be called "${name}"` },
        ],
      },
    })
    expect(({} as { polluted?: true }).polluted).toBeUndefined()
  },
)

test('depth, broken text and numbers beyond numbers are refused', async () => {
  const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
  expect((await answer(house.post(deep))).body.errors[0].message).toContain('deeper than 16 levels')
  const brackets = `${'['.repeat(4_000_000)}${']'.repeat(4_000_000)}`
  expect((await answer(house.post(brackets))).body.error).toContain('column 65')
  const half = `{"id":"a","place":"\\ud800"}`
  expect((await answer(house.post(half))).body.errors[0].message).toContain('surrogate')
  const infinite = JSON.stringify(event(1)).replace('"2026-02-10T12:00:00+05:00"', '1e309')
  expect((await house.post(infinite)).status).toBe(400)
})

test('half a gzip, no gzip, and other encodings are refused', async () => {
  const whole = gzipSync(lines(event(1)))
  const gzip = { 'content-encoding': 'gzip' }
  expect(await answer(house.post(whole.subarray(0, whole.length / 2), gzip))).toMatchObject({
    status: 400,
    body: { error: 'the body cannot be read: the gzip data is cut short' },
  })
  expect(await answer(house.post(lines(event(1)), gzip))).toMatchObject({
    status: 400,
    body: { error: 'the body cannot be read: it is not gzip data, or damaged' },
  })
  expect((await house.post(whole, { 'content-encoding': 'br' })).status).toBe(415)
  const cp1251 = { 'content-type': 'application/x-ndjson; charset=windows-1251' }
  expect((await house.post(lines(event(1)), cp1251)).status).toBe(415)
  expect(storedIds()).toEqual([])
})

test('reading stops at ten decoded megabytes', async () => {
  let given = 0
  const endless = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 65_536
      controller.enqueue(new Uint8Array(65_536).fill(0x20))
      if (given >= 100 * 1024 * 1024) controller.close()
    },
  })
  const response = await house.app.request(
    new Request('http://localhost/ingest/events', {
      method: 'POST',
      body: endless,
      headers: { authorization: 'Bearer a-key-of-the-test-only' },
      duplex: 'half',
    } as RequestInit),
  )
  expect(response.status).toBe(413)
  expect(given).toBeLessThan(11 * 1024 * 1024)
  const bomb = gzipSync(Buffer.alloc(30 * 1024 * 1024, 0x20))
  expect((await house.post(bomb, { 'content-encoding': 'gzip' })).status).toBe(413)
})

test('an unknown building is a warning, unless the batch itself brings it', async () => {
  const building = {
    id: 'desk:b-1',
    type: 'building.registered',
    occurredAt: 0,
    source: 'desk',
    building: 'b-1',
    address: { ru: 'Липовая, 1' },
  }
  const body = lines(building, event(1, { building: 'b-1' }), event(2, { building: 'b-2' }))
  expect((await answer(house.post(body))).body).toEqual({
    stored: 3,
    known: 0,
    lastSeq: 3,
    warnings: [
      { line: 3, path: 'building', message: 'no building "b-2" is known; stored and marked' },
    ],
  })
})

test('a time of a request that no clock can have shown is a warning; a day is left for clocks that run ahead', async () => {
  const at = (n: number, occurredAt: string | number) => event(n, { occurredAt })
  const body = lines(
    at(1, '9999-12-31T23:59:59Z'),
    at(2, NOW + 86_400_000),
    at(3, NOW + 86_400_001),
    at(4, '0001-01-01T00:00:00Z'),
  )
  const { stored, warnings } = (await answer(house.post(body))).body
  expect(stored).toBe(4)
  expect(warnings).toEqual(
    [
      [1, /^9999-12-31.+ahead.+future_time$/],
      [3, /ahead.+future_time$/],
      [4, /^0001-01-01.+implausible_time$/],
    ].map(([line, words]) => ({
      ...{ line, path: 'occurredAt' },
      message: expect.stringMatching(words as RegExp),
    })),
  )
})

test('a phone or an e-mail in a free text is a warning that does not repeat it', async () => {
  const closed = (n: number, note: string) => ({
    ...{ id: `desk:closed:${n}`, type: 'request.closed', source: 'desk', request: `1-${n}`, note },
    occurredAt: '2026-02-10T13:00:00+05:00',
  })
  const body = lines(
    event(1, { place: 'ул. Абая, 3, звонить +7 (701) 555-01-02' }),
    closed(1, 'ответ на aigul@example.org'),
    closed(2, 'сделано 10.02.2026 12:30, акт 101001240734'),
  )
  const { stored, warnings } = (await answer(house.post(body))).body
  const message = expect.stringMatching(/^looks as if it held an? [a-z -]+ \(…..\); [^@\d]*$/)
  expect([stored, warnings]).toEqual([
    3,
    [
      { line: 1, path: 'place', message },
      { line: 2, path: 'note', message },
    ],
  ])
})

test('a request numbered by a phone or a mail address is refused: it would stand in addresses of pages', async () => {
  const { status, body } = await answer(
    house.post(lines(event(1), event(2, { request: '+7 701 555-01-02' }))),
  )
  expect([status, body.errors]).toEqual([
    400,
    [{ line: 2, path: 'request', message: expect.stringMatching(/^is a phone number \(…02\); /) }],
  ])
})

test('no other event names a request by a phone either: whichever comes first opens its page', async () => {
  const closed = (request: string) => ({
    ...{ id: `c:${request}`, type: 'request.closed', source: 'desk', request },
    occurredAt: '2026-02-10T13:00:00+05:00',
  })
  const { status, body } = await answer(
    house.post(
      lines(closed('8-701-555-01-02'), closed('2026(11)000123'), closed('tel:+77015550102')),
    ),
  )
  const message = expect.stringMatching(/^is a phone number \(…02\); /)
  expect([status, body.errors]).toEqual([
    400,
    [
      { line: 1, path: 'request', message },
      { line: 1, path: 'id', message },
      { line: 3, path: 'request', message },
      { line: 3, path: 'id', message },
    ],
  ])
})

test('a request that the log knows by such a number from of old is not cut off from what happens to it', async () => {
  const request = '8-701-555-01-02'
  await house.log.append([
    {
      ...{ id: 'old:1', type: 'request.registered', source: 'desk', request },
      ...{ channel: 'phone', priority: 'ordinary', kind: 'work_request' },
      occurredAt: Date.UTC(2025, 1, 10),
    },
  ])
  const { status, body } = await answer(
    house.post(
      lines({
        ...{ id: 'old:2', type: 'request.closed', source: 'desk', request },
        occurredAt: '2026-02-10T13:00:00+05:00',
      }),
    ),
  )
  expect([status, body.stored]).toEqual([200, 1])
})

test('a person, or an event, whose name is a phone is refused and told what to do; what the log knows so is heard', async () => {
  const at = '2026-02-10T13:00:00+05:00'
  const registered = (id: string, request: string, subjectId?: string) => ({
    ...{ id, type: 'request.registered', source: 'crm', occurredAt: at, request, subjectId },
  })
  const named = (type: string, subjectId: string) => ({
    ...{ id: `crm:${type}:${subjectId}`, type: `building.representative_${type}`, source: 'crm' },
    ...{ occurredAt: at, building: 'b-1', subjectId },
    ...(type === 'named' && { role: 'chair', consent: true }),
  })
  const refused = await answer(
    house.post(
      lines(
        registered('p:1', 'p-1', '+77015554433'),
        registered('crm:+77015554433:registered', 'p-2'),
        registered('p:3', 'p-3', 's-77015554433'),
        { ...named('named', 'a@example.org'), id: 'p:4' },
      ),
    ),
  )
  expect(refused.body.errors).toEqual([
    {
      line: 1,
      path: 'subjectId',
      message: expect.stringContaining('/ingest/subjects under an id'),
    },
    { line: 2, path: 'id', message: expect.stringContaining('(…33); it would stand in the log') },
    { line: 4, path: 'subjectId', message: expect.stringContaining('an e-mail address (…rg)') },
  ])
  const old = [registered('p:1', 'p-1', '+77015554433'), named('named', 'a@example.org')]
  await house.log.append(old.map((event) => Event.parse(event)))
  const { status, body } = await answer(
    house.post(
      lines(
        ...old,
        { ...registered('+7 701 555-44-33', 'p-1'), type: 'request.closed' },
        { ...named('left', 'a@example.org'), id: 'p:5' },
      ),
    ),
  )
  expect([status, body.stored, body.known]).toEqual([200, 2, 2])
})

test('no source says that an organization is flagged, or no longer', async () => {
  const withdrawn = {
    ...{ id: 'uk:1', type: 'flag.decided', source: 'uk', occurredAt: '2026-02-10T13:00:00+05:00' },
    ...{ flag: 'late.sever', organization: 'sever', decision: 'withdrawn', reason: 'ошибка' },
  }
  const { status, body } = await answer(house.post(lines(withdrawn)))
  expect([status, body.errors]).toEqual([
    400,
    [{ line: 1, path: 'type', message: expect.stringContaining('never by a source') }],
  ])
})

test('of many faults the first hundred are told, and their number', async () => {
  const body = lines(
    ...Array.from({ length: 250 }, (_, n) => ({ ...event(n), request: undefined })),
  )
  const { errors, errorsTotal } = (await answer(house.post(body))).body
  expect([errors.length, errors[99], errorsTotal]).toEqual([
    100,
    { line: 100, path: 'request', message: 'is missing' },
    250,
  ])
})

test('the schema that is told knows every event type, and what it requires is what a batch must have', async () => {
  const response = await house.app.request('/ingest/schema')
  const schema = (await response.json()) as {
    oneOf: { properties: { type: { const: string } }; required: string[] }[]
  }
  expect(new Set(schema.oneOf.map(({ properties }) => properties.type.const))).toEqual(EVENT_TYPES)
  const transferred = schema.oneOf.find(
    ({ properties }) => properties.type.const === 'request.transferred',
  )
  expect(transferred?.required.sort()).toEqual(
    ['type', 'id', 'occurredAt', 'source', 'request', 'organization'].sort(),
  )
  const { errors } = (await answer(house.post('{"type":"request.transferred"}'))).body
  expect(errors.map(({ path }: { path: string }) => path).sort()).toEqual(
    ['id', 'occurredAt', 'organization', 'request', 'source'].sort(),
  )
})
