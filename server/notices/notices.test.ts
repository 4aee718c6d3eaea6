import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  acknowledge,
  dropRecipient,
  saveRecipient,
  saveRule,
  sendAgain,
  testRecipient,
} from '#server/features/notices/acts.ts'
import { bell, deliveries, recipients, rules, standing } from '#server/features/notices/lists.ts'
import type { Context } from '#server/trpc.ts'
import { CITY, event, NOW, ZONE } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { aRecipient, aRule } from '#test/notices.ts'
import { type NoticesRunning, openNotices } from './notices.ts'
import { type Letter, type Result, refused, sent } from './sender.ts'
import { NO_ENVIRONMENT } from './settings.ts'

const MINUTE = 60_000
/** Patience on a busy machine. */
const SOON = { timeout: 60_000 }
let house: TestHouse
let folder: string
let notices: NoticesRunning
let context: Context
let letters: Letter[] = []
let answer: Result = sent('taken')
let time = NOW
const waiting: { milliseconds: number; run: () => void }[] = []
let ids = 0

beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW, zone: ZONE })
})
afterAll(() => house.close())
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'notices-'))
  letters = []
  answer = sent('taken')
  time = NOW
  open()
})
afterEach(async () => {
  await notices.stop()
  rmSync(folder, { recursive: true })
})

function open() {
  waiting.length = 0
  const send = async (letter: Letter) => {
    letters.push(letter)
    return answer
  }
  notices = openNotices({
    ...{ file: join(folder, 'notices.sqlite'), dataDir: folder, zone: ZONE, city: 'Тест' },
    ...{ environment: NO_ENVIRONMENT, now: () => time, clock: () => time, chance: () => 0.5 },
    newId: () => `${++ids}`,
    report: (where, cause) => {
      throw new Error(where, { cause })
    },
    after: (milliseconds, run) => void waiting.push({ milliseconds, run }),
    senders: { email: send, telegram: send, webhook: send },
  })
  context = { ...house.context, notices }
  notices.start(context)
}
const rule = (more = {}) => {
  const {
    id: _,
    paused: __,
    mutedUntil: ___,
    changedBy: ____,
    changedAt: _____,
    ...rest
  } = aRule({
    ...{ threshold: 2, recovery: 2, recipients: [] },
    ...more,
  })
  return rest
}
const recipient = (more = {}) => {
  const { id: _, ...rest } = aRecipient({
    channel: 'email',
    address: 'ivanov@city.example',
    ...more,
  })
  return rest
}
const by = 'А. Серикова'

test('a new city is told of the usual things, on its page alone, and only once', async () => {
  const before = notices.rules.rules()
  expect(before.map(({ kind, severity, recipients: to }) => [kind, severity, to])).toEqual([
    ['emergencyAge', 'danger', []],
    ['outageSuspected', 'watch', []],
    ['sourceSilent', 'watch', []],
    ['overdueGrowth', 'watch', []],
    ['openAboveUsual', 'news', []],
  ])
  for (const { id } of before) notices.rules.dropRule(id)
  await notices.stop()
  open()
  expect(notices.rules.rules()).toEqual([])
})

test('what changes the city is looked at after two seconds, a crowd of changes once', async () => {
  const [first] = waiting.splice(0)
  first?.run()
  await notices.touch()
  waiting.length = 0
  await house.append([
    event('request.registered', NOW, { request: 'look-1', building: 'b-1' } as never),
  ])
  await house.append([
    event('request.registered', NOW, { request: 'look-2', building: 'b-1' } as never),
  ])
  expect(waiting.map(({ milliseconds }) => milliseconds)).toEqual([2000])
})

test('a rule that is saved is looked at at once, and its letter leaves', async () => {
  const { id: to } = await saveRecipient(context, { id: null, draft: recipient(), by })
  const revision = notices.revision()
  await saveRule(context, { id: null, draft: rule({ recipients: [to] }), by })
  await expect
    .poll(() => deliveries(context).channels[0], SOON)
    .toMatchObject({ sent: 1, waiting: 0 })
  expect(letters.map(({ message: { kind } }) => kind)).toEqual(['news'])
  expect(notices.revision()).toBeGreaterThan(revision)
  const own = bell(context).lines.filter(({ kind }) => kind === 'emergencyOpen')
  expect(own).toMatchObject([{ severity: 'watch', firedAt: NOW, evidence: { value: 2 } }])
})

test('after a restart nothing is lost and nothing is told twice', async () => {
  const { id: to } = await saveRecipient(context, { id: null, draft: recipient(), by })
  await saveRule(context, { id: null, draft: rule({ recipients: [to] }), by })
  await expect.poll(() => letters.length, SOON).toBe(1)
  const before = standing(context, null)
  await notices.stop()
  time += 10 * MINUTE
  open()
  await notices.touch()
  expect(standing(context, null).open).toEqual(before.open)
  expect(letters).toHaveLength(1)
})

test('the bell counts what stands as the page lists it', async () => {
  await saveRule(context, { id: null, draft: rule(), by })
  await saveRule(context, { id: null, draft: rule({ severity: 'danger' }), by })
  const { open } = standing(context, null)
  const told = bell(context)
  expect(told.lines).toEqual(open.slice(0, 12))
  expect(told).toMatchObject({ count: open.length, unacknowledged: open.length, danger: true })
  expect(told.fired.toSorted()).toEqual(open.map(({ firedAt }) => firedAt).toSorted())
  const all = open.filter(({ severity }) => severity === 'danger').map(({ id }) => id)
  await acknowledge(context, { ids: all, by })
  expect(bell(context)).toMatchObject({
    ...{ count: open.length, unacknowledged: open.length - all.length, danger: false },
    newest: NOW,
  })
})

test('all rules together tell at most five hundred recipients; fewer is always taken', async () => {
  const to: string[] = []
  for (let i = 0; i < 50; i++) {
    const id = `to-many-${i}`
    notices.rules.putRecipient({ ...recipient(), id }, by, NOW)
    to.push(id)
  }
  const draft = { ...rule(), recipients: to }
  const base = { paused: true, mutedUntil: null, changedBy: by, changedAt: NOW }
  for (let i = 0; i < 11; i++) notices.rules.putRule({ ...draft, ...base, id: `r-many-${i}` })
  await expect(saveRule(context, { id: null, draft, by })).rejects.toThrow('at most 500 are told')
  const less = { ...draft, recipients: to.slice(1) }
  expect(await saveRule(context, { id: 'r-many-0', draft: less, by })).toEqual({ id: 'r-many-0' })
})

test('who took it on is kept with the hour, and the first stands', async () => {
  await saveRule(context, { id: null, draft: rule(), by })
  const line = standing(context, null).open.find(({ kind }) => kind === 'emergencyOpen')
  const ids = [line?.id ?? '']
  expect(await acknowledge(context, { ids, by })).toEqual({ acknowledged: 1 })
  expect(await acknowledge(context, { ids, by: 'Б. Другой' })).toEqual({ acknowledged: 0 })
  const kept = standing(context, null).open.find(({ kind }) => kind === 'emergencyOpen')
  expect(kept?.acknowledged).toEqual({ by, at: NOW })
})

test('a test message goes the way of all others; what did not arrive is sent again by a person', async () => {
  answer = refused('HTTP 410')
  const { id } = await saveRecipient(context, { id: null, draft: recipient(), by })
  const { message } = await testRecipient(context, { id, by })
  await expect.poll(() => deliveries(context).channels[0]?.dead, SOON).toBe(1)
  expect(notices.faults()).toEqual([
    'email: the last attempt failed: HTTP 410',
    'email: 1 messages could not be delivered; see /notices',
  ])
  answer = sent('taken')
  await sendAgain(context, { id: message, by })
  await expect.poll(() => deliveries(context).channels[0], SOON).toMatchObject({ dead: 0, sent: 1 })
  expect(letters.map(({ message: one }) => [one.id, one.kind])).toEqual([
    [message, 'test'],
    [message, 'test'],
  ])
  await expect(sendAgain(context, { id: message, by })).rejects.toThrow('was sent already')
})

describe('addresses of people at work', () => {
  test('are masked for an official and shown to an operator', async () => {
    await saveRecipient(context, { id: null, draft: recipient(), by })
    await saveRecipient(context, {
      id: null,
      draft: recipient({ channel: 'telegram', address: '-100987' }),
      by,
    })
    const as = (role: Context['role']) =>
      recipients({ ...context, role }).recipients.map(({ address }) => address)
    expect(as('official')).toEqual(['i•••@city.example', '•••87'])
    expect(as('operator')).toEqual(['ivanov@city.example', '-100987'])
  })
  test('stand in no other list, and in no file but their own', async () => {
    const { id } = await saveRecipient(context, { id: null, draft: recipient(), by })
    await saveRule(context, { id: null, draft: rule({ recipients: [id] }), by })
    await expect.poll(() => letters.length, SOON).toBe(1)
    for (const list of [
      bell(context),
      standing(context, null),
      rules(context),
      deliveries(context),
    ])
      expect(JSON.stringify(list)).not.toContain('ivanov')
    expect(
      house.context.log.read(0, 100_000).some((told) => JSON.stringify(told).includes('ivanov')),
    ).toBe(false)
  })
  test('are gone from the disk when the recipient is removed', async () => {
    const { id } = await saveRecipient(context, { id: null, draft: recipient(), by })
    await dropRecipient(context, { id, by })
    await notices.stop()
    for (const name of readdirSync(folder))
      expect([name, readFileSync(join(folder, name)).includes('ivanov')]).toEqual([name, false])
    open()
  })
  test('stay as they are when a recipient is changed without entering them anew', async () => {
    const { id } = await saveRecipient(context, { id: null, draft: recipient(), by })
    await saveRecipient(context, { id, draft: recipient({ address: '', language: 'kk' }), by })
    expect(notices.rules.recipients()).toMatchObject([
      { address: 'ivanov@city.example', language: 'kk' },
    ])
  })
})

describe('what is refused, with why', () => {
  test.for([
    [
      'a webhook to a host that nobody allowed',
      { channel: 'webhook', address: 'http://169.254.169.254/' },
      'not among the webhooks',
    ],
    [
      'a name with a phone',
      { name: 'Иванов +7 701 555 01 02' },
      'looks as if it held a phone number (…02)',
    ],
  ] as const)('%s', async ([, more, said]) => {
    await expect(saveRecipient(context, { id: null, draft: recipient(more), by })).rejects.toThrow(
      said,
    )
  })
  test('a signature that is a mail address', async () => {
    await expect(saveRule(context, { id: null, draft: rule(), by: 'a@b.example' })).rejects.toThrow(
      'the signature looks as if it held an e-mail address',
    )
  })
  test('a district that is not registered, and a recipient that is not there', async () => {
    const scope = { of: 'district', ids: ['atlantis'] } as const
    await expect(saveRule(context, { id: null, draft: rule({ scope }), by })).rejects.toThrow(
      'atlantis',
    )
    await expect(
      saveRule(context, { id: null, draft: rule({ recipients: ['to-x'] }), by }),
    ).rejects.toThrow('removed')
  })
  test('a second test message while the first is on its way', async () => {
    answer = { ok: false, final: false, retryAfterMs: null, detail: 'HTTP 503' }
    const { id } = await saveRecipient(context, { id: null, draft: recipient(), by })
    await testRecipient(context, { id, by })
    await expect(testRecipient(context, { id, by })).rejects.toThrow('on its way')
  })
})
