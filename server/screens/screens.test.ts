import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { USUAL_SETTING } from '#server/contract/screens.ts'
import { screenRoutes } from './routes.ts'
import { openScreens, type Screens } from './screens.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const DESK = '10.0.0.9'
const CALLED = { name: 'Дежурная часть', setting: USUAL_SETTING }
let folder: string
let file: string
let now: number
let drawn: number
let screens: Screens
/** Different each time, and the same in each run. */
const random = (bytes: number) => {
  drawn += 7
  return Buffer.alloc(bytes, drawn)
}
const open = () => openScreens({ file, now: () => now, random })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'domovoi-screens-'))
  file = join(folder, 'screens.sqlite')
  now = Date.parse('2026-02-10T12:00:00Z')
  drawn = 0
  screens = open()
})
afterEach(() => {
  screens.close()
  rmSync(folder, { recursive: true })
})

const ask = () => {
  const waiting = screens.ask('10.0.0.1')
  if (!waiting) throw new Error('not let in to wait')
  return waiting
}
const letIn = () => {
  const { code, secret } = ask()
  const asked = screens.approve(code, CALLED, DESK)
  const claim = screens.claim(secret)
  if (asked.state !== 'approved' || claim.state !== 'approved') throw new Error('not let in')
  return { screen: asked.screen, token: claim.token }
}

test('a screen waits until an official names its code, and is given its token once', () => {
  const { code, secret } = ask()
  expect(code).toMatch(/^\d{6}$/)
  expect(screens.claim(secret)).toEqual({ state: 'waiting' })
  expect(screens.approve('999999', CALLED, DESK)).toEqual({ state: 'wrong' })
  expect(screens.approve(code, CALLED, DESK)).toMatchObject({
    screen: { ...CALLED, approvedAt: now, seenAt: null },
  })
  expect(screens.approve(code, CALLED, DESK)).toEqual({ state: 'wrong' })
  expect(screens.claim(secret)).toMatchObject({ state: 'approved' })
  expect(screens.claim(secret)).toEqual({ state: 'expired' })
})

test('a code that nobody named for ten minutes is forgotten', () => {
  const { code, secret } = ask()
  now += 10 * MINUTE
  expect(screens.approve(code, CALLED, DESK)).toEqual({ state: 'wrong' })
  expect(screens.claim(secret)).toEqual({ state: 'expired' })
})

test('the roster says when each screen was last heard and what it showed, after a restart too', () => {
  const { screen, token } = letIn()
  now += MINUTE
  expect(screens.hear(token, 'map')).toMatchObject({ id: screen.id, seenAt: now, shows: 'map' })
  screens.close()
  screens = open()
  expect(screens.roster()).toEqual([{ ...screen, seenAt: now, shows: 'map' }])
  expect(screens.hear(token, 'city')).toMatchObject({ shows: 'city' })
})

test('a revoked screen is heard no more and stays in the roster', () => {
  const { screen, token } = letIn()
  now += MINUTE
  expect(screens.revoke(screen.id)).toMatchObject({ revokedAt: now })
  now += MINUTE
  expect(screens.revoke(screen.id)).toMatchObject({ revokedAt: now - MINUTE })
  expect(screens.hear(token, 'city')).toBeNull()
  expect(screens.roster().map(({ id, seenAt }) => [id, seenAt])).toEqual([[screen.id, null]])
})

test('a revoked screen is forgotten after 90 days, one never heard after 30, a silent one after 400', () => {
  const [revoked, never, silent, alive] = [letIn(), letIn(), letIn(), letIn()]
  screens.revoke(revoked.screen.id)
  screens.hear(silent.token, 'map')
  const left = (days: number) => {
    now = Date.parse('2026-02-10T12:00:00Z') + days * DAY
    screens.hear(alive.token, 'map')
    return screens.roster().map(({ id }) => id)
  }
  const all = left(30)
  expect(all).toHaveLength(4)
  expect(left(31)).toEqual(all.filter((id) => id !== never.screen.id))
  expect(left(90)).toContain(revoked.screen.id)
  expect(left(91)).toEqual(all.filter((id) => id === silent.screen.id || id === alive.screen.id))
  expect(left(400)).toContain(silent.screen.id)
  expect(left(401)).toEqual([alive.screen.id])
  expect(screens.hear(never.token, 'map')).toBeNull()
})

const guess = (from: string) => screens.approve('999999', CALLED, from)

test('after five wrong codes in a minute an address waits for the rest of it, with the right one too', () => {
  const { code } = ask()
  for (let i = 0; i < 5; i++) {
    expect(guess(DESK)).toEqual({ state: 'wrong' })
    now += 1000
  }
  const refused = { state: 'wait', milliseconds: 55_000 }
  expect(guess(DESK)).toEqual(refused)
  expect(screens.approve(code, CALLED, DESK)).toEqual(refused)
  now += 55_000
  expect(screens.approve(code, CALLED, DESK)).toMatchObject({ state: 'approved' })
})

test('whoever guesses on while refused does not make the wait longer', () => {
  for (let i = 0; i < 5; i++) guess(DESK)
  for (let i = 0; i < 59; i++) {
    now += 1000
    expect(guess(DESK)).toMatchObject({ state: 'wait' })
  }
  now += 1000
  expect(guess(DESK)).toEqual({ state: 'wrong' })
})

test('under guesses from everywhere each address has one a minute, and the right code is let in', () => {
  const { code } = ask()
  for (let i = 0; i < 60; i++) expect(guess(`10.1.${i % 12}.1`)).toEqual({ state: 'wrong' })
  expect(guess('10.2.0.1')).toEqual({ state: 'wrong' })
  expect(guess('10.2.0.1')).toEqual({ state: 'wait', milliseconds: MINUTE })
  expect(screens.approve(code, CALLED, DESK)).toMatchObject({ state: 'approved' })
})

test('a clock that was set back lets guess again', () => {
  for (let i = 0; i < 5; i++) guess(DESK)
  now -= DAY
  expect(guess(DESK)).toEqual({ state: 'wrong' })
})

test('a changed setting reaches the screen with its next word', () => {
  const { screen, token } = letIn()
  const setting = { ...USUAL_SETTING, scenes: [{ scene: 'outages' as const, seconds: 60 }] }
  screens.change(screen.id, { name: 'Холл', setting })
  expect(screens.hear(token, null)).toMatchObject({ name: 'Холл', setting })
})

test('a screen that was let in before scenes had times of their own keeps what it showed', () => {
  const { screen, token } = letIn()
  const earlier = { scenes: ['map', 'city'], seconds: 45, languages: ['kk'], scheme: 'light' }
  screens.close()
  const db = new DatabaseSync(file)
  db.prepare('UPDATE screen SET setting = ? WHERE id = ?').run(JSON.stringify(earlier), screen.id)
  db.close()
  screens = open()
  expect(screens.hear(token, null)?.setting).toEqual({
    scenes: [
      { scene: 'map', seconds: 45 },
      { scene: 'city', seconds: 45 },
    ],
    district: null,
    languages: ['kk'],
    scheme: 'light',
  })
})

test('no token is in the file', () => {
  const { token } = letIn()
  screens.close()
  expect(readFileSync(file).includes(token)).toBe(false)
  screens = open()
})

/** Every drawing is another number. */
function openCounting() {
  let count = 0
  screens.close()
  screens = openScreens({
    file,
    now: () => now,
    random(bytes) {
      const drawn = Buffer.alloc(bytes)
      drawn.writeUIntBE(++count, bytes - 6, 6)
      return drawn
    },
  })
}

test('who asks without end finds the door shut, and open again when the codes are old', () => {
  openCounting()
  const asked = Array.from({ length: 201 }, (_, i) => screens.ask(`10.0.${i % 40}.1`))
  expect(asked.indexOf(null)).toBe(200)
  now += 10 * MINUTE
  expect(screens.ask('10.0.0.1')).not.toBeNull()
})

test('one machine that asks without end does not shut the door for the others', () => {
  openCounting()
  const asked = Array.from({ length: 21 }, () => screens.ask('10.0.0.66'))
  expect(asked.indexOf(null)).toBe(20)
  expect(screens.ask('10.0.0.1')).not.toBeNull()
})

test('over the wire the token is a cookie that no script reads, and a stranger is told nothing', async () => {
  const routes = screenRoutes(screens)
  const post = (path: string, body: object, cookie = '') =>
    routes.request(`/screens/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', cookie },
    })
  expect((await post('here', { shows: 'city' })).status).toBe(401)
  const { code, secret } = (await (await post('ask', {})).json()) as Record<string, string>
  expect(await (await post('claim', { secret })).json()).toEqual({ state: 'waiting' })
  screens.approve(String(code), CALLED, DESK)
  const claimed = await post('claim', { secret })
  const cookie = claimed.headers.get('set-cookie') ?? ''
  expect(cookie).toMatch(/^domovoi-screen=[\w-]{43}; .*HttpOnly; SameSite=Strict/)
  expect(await claimed.json()).toEqual({ state: 'approved' })
  const here = await post('here', { shows: 'map' }, cookie.split(';')[0])
  // Each word gives the cookie again: a wall hangs for longer than a browser keeps one.
  expect(here.headers.get('set-cookie')).toBe(cookie)
  expect(await here.json()).toEqual(CALLED)
  expect((await post('here', { shows: 'bank' }, cookie.split(';')[0])).status).toBe(400)
  screens.revoke(screens.roster()[0]?.id ?? '')
  expect((await post('here', { shows: 'map' }, cookie.split(';')[0])).status).toBe(401)
})
