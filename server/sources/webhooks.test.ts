import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NOW, openWebhooks, SOURCE, secret, sign } from '#test/webhooks.ts'
import { prove } from './signature.ts'

const SECONDS = NOW / 1000
const OLD = secret()
const NEW = secret()
let world: ReturnType<typeof openWebhooks>
beforeEach(() => {
  world = openWebhooks([OLD, NEW])
})
afterEach(() => world.close())

const told = (name = 'УК Первая', number = 1) =>
  JSON.stringify({
    id: `${SOURCE}:${number}`,
    type: 'organization.registered',
    occurredAt: '2026-02-10T11:59:00Z',
    source: SOURCE,
    organization: `o-${number}`,
    name,
    kind: 'uk',
  })
const headers = (id: string, body: string, { key = OLD, seconds = SECONDS } = {}) => ({
  'webhook-id': id,
  'webhook-timestamp': String(seconds),
  'webhook-signature': sign(key, id, seconds, body),
})
const stored = () => world.log.read(0, 100).map(({ id }) => id)

test('a signed message is stored before it is acknowledged', async () => {
  const answer = await world.post(told(), headers('m-1', told()))
  expect([answer.status, await answer.json()]).toEqual([
    200,
    { stored: 1, known: 0, quarantined: 0, differing: [], warnings: [] },
  ])
  expect(stored()).toEqual([`${SOURCE}:1`])
})

test('the example of the Standard Webhooks libraries is proven', () => {
  // github.com/standard-webhooks: secret, id, time, body and signature of their own tests.
  const signed = {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: '1614265330',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const body = Buffer.from('{"test": 2432232314}')
  const prove_ = (bytes: Buffer) =>
    prove(signed, bytes, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'], 1_614_265_330_000)
  expect(() => prove_(body)).not.toThrow()
  expect(() => prove_(Buffer.from('{"test": 2432232315}'))).toThrow('does not match')
})

test.for<[string, Record<string, string>, string, RegExp]>([
  ['a signature of another key', headers('m-1', told(), { key: secret() }), told(), /signature/],
  ['a changed body', headers('m-1', told()), told('УК Вторая'), /signature/],
  ['another id', { ...headers('m-1', told()), 'webhook-id': 'm-2' }, told(), /signature/],
  ['no signature', { ...headers('m-1', told()), 'webhook-signature': '' }, told(), /signature/],
  [
    'a signature of another version',
    {
      ...headers('m-1', told()),
      'webhook-signature': sign(OLD, 'm-1', SECONDS, told()).replace('v1,', 'v2,'),
    },
    told(),
    /signature/,
  ],
  ['six minutes ago', headers('m-1', told(), { seconds: SECONDS - 360 }), told(), /old/],
  ['six minutes ahead', headers('m-1', told(), { seconds: SECONDS + 360 }), told(), /future/],
  ['a time in words', { ...headers('m-1', told()), 'webhook-timestamp': 'now' }, told(), /seconds/],
])('%s is refused and stores nothing', async ([, given, body, why]) => {
  const answer = await world.post(body, given)
  expect(answer.status).toBe(401)
  expect((await answer.json()).error).toMatch(why)
  expect(stored()).toEqual([])
  expect(world.log.intake.rows(0)).toEqual([])
})

test.for([SECONDS - 300, SECONDS + 300])(
  'at the edge of five minutes it is taken',
  async (seconds) => {
    expect((await world.post(told(), headers('m-1', told(), { seconds }))).status).toBe(200)
  },
)

test('while a secret is replaced, either of two signatures proves the message', async () => {
  const both = {
    ...headers('m-1', told()),
    'webhook-signature': `${sign(secret(), 'm-1', SECONDS, told())} ${sign(NEW, 'm-1', SECONDS, told())}`,
  }
  expect((await world.post(told(), both)).status).toBe(200)
})

test('the same message again is known, and stored once', async () => {
  const given = headers('m-1', told())
  await world.post(told(), given)
  const again = await world.post(told(), given)
  expect([again.status, await again.json()]).toEqual([200, { stored: 0, known: 1, repeated: true }])
  expect(stored()).toEqual([`${SOURCE}:1`])
  expect(world.log.intake.rows(0)).toMatchObject([{ arrived: 2, stored: 1, known: 1 }])
})

test('of two at once exactly one is stored', async () => {
  const given = headers('m-1', told())
  const answers = await Promise.all([world.post(told(), given), world.post(told(), given)])
  const bodies = await Promise.all(answers.map((answer) => answer.json()))
  expect(bodies.map((body) => body.stored)).toEqual([1, 0])
  expect(stored()).toEqual([`${SOURCE}:1`])
})

test('two bodies at once under one id: the first stands, the other is refused', async () => {
  const other = told('УК Другая', 2)
  const answers = await Promise.all([
    world.post(told(), headers('m-1', told())),
    world.post(other, headers('m-1', other)),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 409])
  expect(stored()).toEqual([`${SOURCE}:1`])
  expect(
    world.log.intake.refusals(SOURCE, 9).map(({ status, events }) => [status, events]),
  ).toEqual([[409, 1]])
})

test('a new message that repeats an event is known; one that contradicts it is kept out and counted', async () => {
  await world.post(told(), headers('m-1', told()))
  await world.post(told(), headers('m-2', told()))
  const other = told('УК Другая')
  const answer = await world.post(other, headers('m-3', other))
  expect(await answer.json()).toMatchObject({ stored: 0, known: 0, quarantined: 1 })
  const [row] = world.log.intake.rows(0)
  expect(row).toMatchObject({ arrived: 3, stored: 1, known: 1, quarantined: 1 })
})

test('a sender speaks for itself only, and its mistakes stand in its completeness', async () => {
  const foreign = told().replace(`"source":"${SOURCE}"`, '"source":"city"')
  const answer = await world.post(foreign, headers('m-1', foreign))
  expect([answer.status, (await answer.json()).error]).toEqual([
    400,
    `source is not "${SOURCE}"; nothing was stored`,
  ])
  const [row] = world.log.intake.rows(0)
  expect(row).toMatchObject({ source: SOURCE, arrived: 0, refused: 1, batches: 1 })
})

test('a refused message may be sent again when it is right', async () => {
  const broken = '{"id":'
  expect((await world.post(broken, headers('m-1', broken))).status).toBe(400)
  expect((await world.post(told(), headers('m-1', told()))).status).toBe(200)
})

test('an unknown source, a body too large, a packed body and other methods are refused', async () => {
  const large = JSON.stringify({ filler: 'x'.repeat(1024 * 1024) })
  expect((await world.post(told(), headers('m-1', told()), 'nobody')).status).toBe(404)
  expect((await world.post(large, headers('m-1', large))).status).toBe(413)
  const packed = { ...headers('m-1', told()), 'content-encoding': 'gzip' }
  expect((await world.post(told(), packed)).status).toBe(415)
  expect((await world.app.request(`/ingest/webhooks/${SOURCE}`)).status).toBe(405)
})

test('the envelope of the specification is opened', async () => {
  const body = JSON.stringify({
    type: 'x',
    timestamp: '2026-02-10T12:00:00Z',
    data: [JSON.parse(told()), JSON.parse(told('УК Вторая', 2))],
  })
  await world.post(body, headers('m-1', body))
  expect(stored()).toEqual([`${SOURCE}:1`, `${SOURCE}:2`])
})

test('an envelope with one event is opened too', async () => {
  const body = JSON.stringify({
    ...{ type: 'organization.registered', timestamp: '2026-02-10T12:00:00Z' },
    data: JSON.parse(told()),
  })
  expect((await world.post(body, headers('m-1', body))).status).toBe(200)
  expect(stored()).toEqual([`${SOURCE}:1`])
})

test.for([
  ['of its own', { ticket: { id: 7 } }],
  ['a word', 'ticket 7'],
  ['nothing', null],
  ['an empty list', []],
])('an envelope whose data is %s is refused with what was expected', async ([, data]) => {
  const body = JSON.stringify({ type: 'ticket.created', timestamp: '2026-02-10T12:00:00Z', data })
  const answer = await world.post(body, headers('m-1', body))
  expect(answer.status).toBe(400)
  const { error } = (await answer.json()) as { error: string }
  expect(error).toContain('"type": "request.registered"')
  expect(error).toContain(`"source": "${SOURCE}"`)
  expect(error).toContain('"mapping" in sources.json')
  expect(stored()).toEqual([])
})

test('a sender with its own words is read by a mapping', async () => {
  await world.close()
  world = openWebhooks([OLD], {
    ...{ kind: 'requests', source: SOURCE, zone: 'Asia/Almaty', language: 'ru' },
    ...{ number: 'ticket.id', registered: 'ticket.created', steps: { closed: 'ticket.closed' } },
    channel: { column: 'via', values: { tel: 'phone' } },
  })
  const ticket = { id: 'A-7', created: '2026-02-10 16:00', title: 'not read' }
  const first = JSON.stringify({ ticket, via: 'tel' })
  const second = JSON.stringify({ ticket: { ...ticket, closed: '2026-02-10 16:30' }, via: 'tel' })
  await world.post(first, headers('m-1', first))
  const answer = await world.post(second, headers('m-2', second))
  expect(await answer.json()).toMatchObject({ stored: 1, known: 1 })
  expect(world.log.read(0, 9).map(({ id, occurredAt }) => [id, occurredAt])).toEqual([
    [`${SOURCE}:A-7:registered`, Date.parse('2026-02-10T11:00:00Z')],
    [`${SOURCE}:A-7:closed`, Date.parse('2026-02-10T11:30:00Z')],
  ])
  const unread = JSON.stringify({ ticket: { created: '2026-02-10 16:00' } })
  const refused = await world.post(unread, headers('m-3', unread))
  expect([refused.status, (await refused.json()).error]).toEqual([
    400,
    'the message is not a request: ticket.id has no request number; nothing was stored',
  ])
})

test('our reading of the specification is the one of the test', () => {
  const key = Buffer.from('an independent computation of it')
  const right = createHmac('sha256', key).update('m.1.{}').digest('base64')
  const given = { id: 'm', timestamp: '1', signature: `v1,${right}` }
  const secrets = [`whsec_${key.toString('base64')}`]
  expect(() => prove(given, Buffer.from('{}'), secrets, 1000)).not.toThrow()
})

test('bodies that never end hold neither the gate nor their place for ever, and are told so', async () => {
  const patience = new AbortController()
  const limits = { atOnce: 2, patience: () => patience.signal }
  const slow = openWebhooks([OLD], undefined, limits)
  const never = () =>
    slow.app.request(`/ingest/webhooks/${SOURCE}`, {
      ...{ method: 'POST', headers: headers('m-1', told()), duplex: 'half' },
      body: new ReadableStream<Uint8Array>(),
    } as RequestInit)
  const two = [never(), never()]
  expect((await never()).status).toBe(429)
  expect(await slow.gate.pass(() => slow.gate.pass(async () => 'free'))).toBe('free')
  patience.abort()
  expect((await Promise.all(two)).map(({ status }) => status)).toEqual([408, 408])
  await slow.close()
})
