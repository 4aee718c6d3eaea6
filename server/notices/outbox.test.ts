import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { aRecipient, aRule } from '#test/notices.ts'
import { openProcess, T0 } from '#test/notices-process.ts'
import { ATTEMPTS } from './backoff.ts'
import { failed, type Letter, type Result, refused, sent } from './sender.ts'

const MINUTE = 60_000
/** Patience on a busy machine. */
const SOON = { timeout: 60_000 }
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'notices-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const open = (answer?: Parameters<typeof openProcess>[1]) =>
  openProcess(join(folder, 'notices.sqlite'), answer)
const counts = ({ message: { kind, body } }: Letter) => [
  kind,
  ...[body.began.count, body.over.count, body.standing.count],
]

test('what fires is told, and that it is over is told, each once', async () => {
  const city = open()
  city.have([aRule()], [aRecipient()])
  for (const [minute, value] of [
    [0, 4],
    [1, 6],
    [2, 7],
    [10, 4],
    [11, 2],
    [20, 2],
  ] as const) {
    city.at(minute, { city: value })
    await city.courier.deliver()
  }
  expect(city.letters.map(counts)).toEqual([
    ['news', 1, 0, 0],
    ['news', 0, 1, 0],
  ])
  expect(city.notices.past(T0 + 60 * MINUTE, 10)).toMatchObject([
    { subject: 'city', peak: 7, firedAt: T0 + MINUTE, overAt: T0 + 11 * MINUTE },
  ])
  city.close()
})

test('a process killed between the look and the letter: the next one sends it, once', async () => {
  const before = open()
  before.have([aRule()], [aRecipient()])
  before.at(0, { city: 9 })
  before.close()
  const after = open()
  after.at(1, { city: 9 })
  await after.courier.deliver()
  after.at(2, { city: 9 })
  await after.courier.deliver()
  expect(after.letters.map(counts)).toEqual([['news', 1, 0, 0]])
  after.close()
})

test('a process killed after the receiver took it and before that was written down: sent again under the same key', async () => {
  const before = open(() => new Promise(() => {}))
  before.have([aRule()], [aRecipient()])
  before.at(0, { city: 9 })
  void before.courier.deliver()
  const [first] = before.letters
  before.close()
  const after = open()
  await after.courier.deliver()
  expect(after.letters.map(({ message }) => message.id)).toEqual([first?.message.id])
  after.close()
})

test('a look that cannot be written changes nothing: neither a notice without its message nor a message without its notice', () => {
  const city = open()
  city.have([aRule()], [aRecipient()])
  const { put } = city.outbox
  city.outbox.put = () => {
    throw new Error('disk full')
  }
  expect(() => city.at(0, { city: 9 })).toThrow('disk full')
  expect([city.notices.open(), city.notices.standings('r-1').size]).toEqual([[], 0])
  city.outbox.put = put
  city.at(1, { city: 9 })
  expect([city.notices.open().length, city.outbox.newest(T0 + MINUTE, 9).length]).toEqual([1, 1])
  city.close()
})

test('acknowledged by a person, with who and when, it is not repeated', async () => {
  const city = open()
  city.have([aRule()], [aRecipient({ repeatMinutes: 60 })])
  city.at(0, { city: 9 })
  city.at(61, { city: 9 })
  const [notice] = city.notices.open()
  expect(city.notices.acknowledge(notice?.id ?? '', 'А. Серикова', T0 + 62 * MINUTE)).toBe(true)
  expect(city.notices.acknowledge(notice?.id ?? '', 'Б. Другой', T0 + 63 * MINUTE)).toBe(false)
  city.at(130, { city: 9 })
  city.at(240, { city: 9 })
  expect(city.outbox.newest(T0 + 300 * MINUTE, 9).map(({ kind }) => kind)).toEqual([
    'repeat',
    'news',
  ])
  expect(city.notices.open()[0]?.acknowledged).toEqual({
    ...{ by: 'А. Серикова', at: T0 + 62 * MINUTE },
  })
  city.close()
})

test('a storm of 1,000 outages is a bounded number of messages, and each outage is in one of them', async () => {
  const city = open()
  city.have(
    [aRule({ kind: 'outageSuspected', threshold: 3, recovery: 3 })],
    [aRecipient({ waitSeconds: 30, intervalMinutes: 5 })],
  )
  const storm = (n: number) =>
    Object.fromEntries(Array.from({ length: n }, (_, i) => [`outage:${i}`, 3 + (i % 50)]))
  for (let minute = 0; minute <= 40; minute++) {
    city.at(minute, storm(Math.min(1000, (minute + 1) * 50)))
    await city.courier.deliver()
  }
  const told = city.letters.map(({ message }) => message.body.began)
  expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(1000)
  expect(city.letters.length).toBeLessThanOrEqual(9)
  expect(Math.max(...told.map(({ lines }) => lines.length))).toBe(15)
  city.close()
})

describe('quiet hours', () => {
  const night = { quiet: { from: '22:00', to: '07:00' } }
  // 12:00 and eleven hours are 23:00 in the city.
  const ELEVEN = 11 * 60
  test('hold what may wait until the morning', async () => {
    const city = open()
    city.have([aRule()], [aRecipient(night)])
    city.at(ELEVEN, { city: 9 })
    city.at(ELEVEN + 60, { city: 0 })
    city.at(19 * 60 - 1, { city: 0 })
    await city.courier.deliver()
    expect(city.letters).toEqual([])
    city.at(19 * 60, { city: 0 })
    await city.courier.deliver()
    expect(city.letters.map(counts)).toEqual([['news', 1, 0, 0]])
    city.close()
  })
  test.for([
    [true, 1],
    [false, 0],
  ] as const)(
    'let danger to people through where the recipient wants it (%s)',
    async ([dangerAnyway, n]) => {
      const city = open()
      city.have([aRule({ severity: 'danger' })], [aRecipient({ ...night, dangerAnyway })])
      city.at(ELEVEN, { city: 9 })
      await city.courier.deliver()
      expect(city.letters.length).toBe(n)
      city.close()
    },
  )
})

describe('delivery', () => {
  const firing = (answer: Parameters<typeof open>[0], recipients = [aRecipient()]) => {
    const city = open(answer)
    city.have([aRule({ recipients: recipients.map(({ id }) => id) })], recipients)
    city.at(0, { city: 9 })
    return city
  }
  const states = (city: ReturnType<typeof open>) =>
    city.outbox
      .newest(T0 + 10_000 * MINUTE, 99)
      .map(({ state, failed, reason }) => [state, failed, reason])

  test('is tried again later and later, then it is a dead letter with its reason', async () => {
    const city = firing(() => failed('HTTP 503'))
    const waits: number[] = []
    for (let minute = 0; minute < 200; minute++) {
      city.set(minute)
      await city.courier.deliver()
      if (city.letters.length > waits.length) waits.push(minute)
    }
    expect(waits).toEqual([0, 1, 2, 6, 22, 82])
    expect(states(city)).toEqual([['dead', ATTEMPTS, 'HTTP 503']])
    const [message] = city.outbox.dead(9)
    expect(city.outbox.attempts(message?.id ?? '').map(({ result }) => result)).toEqual([
      ...['failed', 'failed', 'failed', 'failed', 'failed', 'dead'],
    ])
    city.close()
  })

  test('a refusal that will not change is a dead letter at once; sent again by a person it keeps its key', async () => {
    let answer: Result = refused('HTTP 410')
    const city = firing(() => answer)
    await city.courier.deliver()
    expect(states(city)).toEqual([['dead', 1, 'HTTP 410']])
    const [message] = city.outbox.dead(9)
    if (!message) throw new Error('no dead letter')
    answer = sent('HTTP 200')
    expect(city.outbox.again(message, T0, 'А. Серикова')).toBe(true)
    expect(city.outbox.again(message, T0, 'Б. Другой')).toBe(false)
    await city.courier.deliver()
    expect(city.letters.map(({ message: { id } }) => id)).toEqual([message.id, message.id])
    expect(city.outbox.attempts(message.id).map(({ result, by }) => [result, by])).toEqual([
      ...[
        ['dead', null],
        ['again', 'А. Серикова'],
        ['sent', null],
      ],
    ])
    city.close()
  })

  test('a receiver that asks for time gets it, up to an hour', async () => {
    const city = firing(() => failed('HTTP 429', 10 * MINUTE))
    await city.courier.deliver()
    expect(city.outbox.nextAt()).toBe(T0 + 10 * MINUTE)
    city.close()
  })

  test('one that hangs holds nobody else', async () => {
    let release = (_: Result) => {}
    const hung = new Promise<Result>((resolve) => {
      release = resolve
    })
    const all = Array.from({ length: 20 }, (_, i) => aRecipient({ id: `to-${i}` }))
    const city = firing(({ recipient }) => (recipient.id === 'to-0' ? hung : sent('taken')), all)
    const delivering = city.courier.deliver()
    await expect.poll(() => city.outbox.channels()[2]?.sent, SOON).toBe(19)
    expect(city.outbox.waitingOf('to-0')).toHaveLength(1)
    release(sent('late'))
    await delivering
    expect(city.outbox.channels()[2]).toMatchObject({ sent: 20, waiting: 0 })
    city.close()
  })

  test('a sender that throws is reported and tried again', async () => {
    const city = firing(() => {
      throw new Error('a fault of ours')
    })
    await city.courier.deliver()
    expect(city.reported).toHaveLength(1)
    expect(states(city)[0]?.slice(0, 2)).toEqual(['waiting', 1])
    city.close()
  })

  test('of a recipient that was removed nothing is left but its id', async () => {
    const city = firing(
      () => sent('taken'),
      [aRecipient({ channel: 'email', address: 'somebody@city.example' })],
    )
    city.rules.dropRecipient('to-1')
    await city.courier.deliver()
    expect(city.letters).toEqual([])
    expect(states(city)).toEqual([['dead', 1, 'the recipient was removed']])
    expect(city.rules.rules()[0]?.recipients).toEqual([])
    city.close()
  })
})

test('a rule that is paused or removed ends what it found, and nobody is told that it is over', async () => {
  const city = open()
  city.have([aRule(), aRule({ id: 'r-2' })], [aRecipient()])
  city.at(0, { city: 9 })
  city.rules.putRule(aRule({ paused: true }))
  city.rules.dropRule('r-2')
  city.at(30, { city: 9 })
  expect(city.notices.open()).toEqual([])
  expect(city.outbox.newest(T0 + 60 * MINUTE, 9).map(({ body }) => body.over.count)).toEqual([0, 0])
  city.close()
})

test('a muted rule is shown and not sent; when the mute ends, what still stands is told', () => {
  const city = open()
  city.have([aRule({ mutedUntil: T0 + 60 * MINUTE })], [aRecipient()])
  city.at(0, { city: 9 })
  city.at(30, { city: 9 })
  expect([city.notices.open().length, city.outbox.newest(T0 + 600 * MINUTE, 9).length]).toEqual([
    1, 0,
  ])
  city.at(60, { city: 9 })
  expect(city.outbox.newest(T0 + 600 * MINUTE, 9).map(({ kind }) => kind)).toEqual(['news'])
  city.close()
})
