import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { RequestEvent } from '#server/contract/events.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import { NOW, openWebhooks, SOURCE, secret, sign } from '#test/webhooks.ts'
import { readSettings } from './settings.ts'

const KEY = secret()
const MAPPING = {
  ...{ kind: 'requests', source: SOURCE, zone: 'Asia/Almaty', language: 'ru' },
  ...{ number: 'id', registered: 'created', dates: ['iso'] },
  steps: { closed: 'closed', reopened: 'reopened' },
  status: {
    column: 'status',
    values: {
      new: 'open',
      at_work: 'started',
      waits: 'deferred',
      done: 'closed',
      back: 'reopened',
    },
  },
  building: { id: 'house', address: 'addr' },
  organization: { id: 'org', name: 'orgname' },
  category: { id: 'cat', name: 'catname' },
}
let world: ReturnType<typeof openWebhooks>
beforeEach(() => {
  world = openWebhooks([KEY], MAPPING)
})
afterEach(() => world.close())

let message = 0
async function send(told: object, id = `m-${++message}`) {
  world.clock.now += 60_000
  const seconds = Math.floor(world.clock.now / 1000)
  const body = JSON.stringify({ id: 7, created: '2026-02-10T10:00:00+05:00', ...told })
  const answer = await world.post(body, {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': sign(KEY, id, seconds, body),
  })
  return { status: answer.status, ...(await answer.json()) }
}
const stream = () =>
  world.log.stream(world.log.key('request:7') ?? 0) as ReturnType<typeof world.log.stream> &
    { type: RequestEvent['type'] }[]
const ids = () => stream().map(({ id }) => id.replace(`${SOURCE}:7:`, ''))
// Everything in the stream of a request is an event of it.
const state = () => foldRequest(stream() as unknown as Parameters<typeof foldRequest>[0])
const minutes = (count: number) => new Date(NOW + count * 60_000).toISOString()

test('a request that is closed, reopened and closed again by its state is closed', async () => {
  for (const status of ['new', 'done', 'back', 'done']) await send({ status })
  expect(ids()).toEqual(['registered', 'closed', 'reopened', 'closed:2'])
  expect(state()).toMatchObject({ outcome: 'closed', reopenings: 1 })
  for (const status of ['back', 'done', 'back']) await send({ status })
  expect(ids().slice(4)).toEqual(['reopened:2', 'closed:3', 'reopened:3'])
  expect(state()).toMatchObject({ outcome: 'open', reopenings: 3 })
})

test('a second closing with a time of its own is stored, and the whole story told again is known', async () => {
  const [first, back, second] = [minutes(-90), minutes(-60), minutes(-30)]
  await send({ closed: first })
  await send({ reopened: back })
  expect(await send({ reopened: back, closed: second })).toMatchObject({ stored: 1, known: 2 })
  expect(ids()).toEqual(['registered', 'closed', 'reopened', 'closed:2'])
  expect(state()).toMatchObject({ outcome: 'closed', closedAt: Date.parse(second) })
  expect(await send({ reopened: back, closed: second })).toMatchObject({ stored: 0, known: 3 })
  expect(await send({ closed: first })).toMatchObject({ stored: 0, known: 2 })
})

test('another closing time without a reopening contradicts what stands', async () => {
  await send({ closed: minutes(-90) })
  expect(await send({ closed: minutes(-30) })).toMatchObject({
    stored: 0,
    known: 1,
    quarantined: 1,
  })
  expect(ids()).toEqual(['registered', 'closed'])
})

test('a state said again is known, with and without the time that stands', async () => {
  await send({ status: 'done', closed: minutes(-90) })
  expect(await send({ status: 'done' })).toMatchObject({ stored: 0, known: 2, quarantined: 0 })
  expect(ids()).toEqual(['registered', 'closed'])
})

test('work that waits, goes on and waits again waits', async () => {
  for (const status of ['at_work', 'waits', 'at_work', 'at_work', 'waits']) await send({ status })
  expect(ids().slice(1)).toEqual(['started', 'deferred', 'started:2', 'deferred:2'])
  expect(state()).toMatchObject({ state: 'deferred' })
})

test('the same message days later, signed anew, is known though the request has changed since', async () => {
  await send({ status: 'done' }, 'first')
  await send({ status: 'back' })
  world.clock.now += 3 * 86_400_000
  expect(await send({ status: 'done' }, 'first')).toMatchObject({ stored: 0, repeated: true })
  expect(state()).toMatchObject({ outcome: 'open' })
})

test('two messages of a request at once: the second finds what the first stored', async () => {
  await send({ status: 'done' })
  await Promise.all([send({ status: 'back' }), send({ status: 'done' })])
  expect(state()).toMatchObject({ outcome: 'closed', reopenings: 1 })
})

test('of a house that nobody knows the address is told, and stays when the message comes again', async () => {
  await send({ house: 'new-7', addr: 'ул. Набережная, 1, кв. 5' })
  expect(stream()[0]).toMatchObject({ building: 'new-7', place: 'ул. Набережная, 1' })
  expect(await send({ house: 'new-7' })).toMatchObject({ known: 1, quarantined: 0 })
})

test('a category and an organization that nobody knows are called by the names of the message, once', async () => {
  const told = { cat: 'pipe', catname: 'Трубы', org: 'o77', orgname: 'УК Новая' }
  await send(told)
  expect(world.log.read(0, 9)).toMatchObject([
    { type: 'organization.registered', organization: 'o77', name: 'УК Новая' },
    { type: 'category.registered', category: 'pipe', name: { ru: 'Трубы' } },
    { type: 'request.registered', category: 'pipe', organization: 'o77' },
  ])
  expect(await send(told)).toMatchObject({ stored: 0, known: 1 })
  expect(world.log.lastSeq()).toBe(3)
})

test('without its mapping a message is answered 503 with the name of the file and no path', async () => {
  rmSync(join(world.dataDir, 'dispatch.json'))
  const refused = await send({ status: 'done' })
  expect(refused).toMatchObject({ status: 503, error: expect.stringMatching(/^dispatch\.json, /) })
  expect(JSON.stringify(refused)).not.toContain(world.dataDir)
  expect(readSettings(world.dataDir).faults).toEqual([expect.stringContaining('dispatch.json')])
})
