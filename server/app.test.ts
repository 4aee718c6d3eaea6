import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EVERYTHING } from '#server/contract/filter.ts'
import { CITY, NOW } from '#test/city.ts'
import { createApp } from './app.ts'
import { type House, openHouse } from './open.ts'
import { createTelemetry } from './telemetry.ts'

let folder: string
let house: House
let app: Hono
const faults: unknown[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'app-'))
  const dist = join(folder, 'dist')
  mkdirSync(join(dist, 'assets'), { recursive: true })
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(dist, 'icon.svg'), '<svg/>')
  writeFileSync(join(dist, 'assets/main-abc123.js'), 'let everything = 1')
  writeFileSync(join(dist, 'assets/main-abc123.js.gz'), 'packed')
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  house = await openHouse({
    dataDir: join(folder, 'data'),
    city: {
      name: { ru: 'Тест' },
      zone: 'Asia/Almaty',
      languages: ['ru'],
      centre: [71.43, 51.13],
    },
    now: () => NOW,
    clock: () => 0,
    newId: () => 'id',
    report: (_where, cause) => faults.push(cause),
  })
  await house.log.append(CITY)
  await house.projector.settle()
  const telemetry = createTelemetry(house)
  app = createApp({ house, telemetry, key: 'a-key-of-the-test-only', dist, clock: () => 0 })
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true })
})

const get = (path: string, headers: Record<string, string> = {}) => app.request(path, { headers })

/** Compared whole: a header that is added or lost is a decision, not an accident. */
const GUARDS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}

test.for([
  ['/', { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' }],
  ['/healthz', { 'content-type': 'application/json' }],
  ['/nothing.js', { 'content-type': 'application/json' }],
] as const)('%s carries exactly the guarding headers', async ([path, own]) => {
  expect(Object.fromEntries((await get(path)).headers)).toEqual({ ...GUARDS, ...own })
})

test.for(['/trpc/none', '/totals', '/ingest/events', '/export/none.csv', '/map/base', '/metrics'])(
  '%s carries the guarding headers',
  async (path) => {
    expect(Object.fromEntries((await get(path)).headers)).toMatchObject(GUARDS)
  },
)

test('hashed files are kept for ever and come packed; the page and the icon are asked for each time', async () => {
  const script = await get('/assets/main-abc123.js', { 'accept-encoding': 'gzip' })
  expect(await script.text()).toBe('packed')
  expect(script.headers.get('content-encoding')).toBe('gzip')
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect((await get('/icon.svg')).headers.get('cache-control')).toBe('no-cache')
})

test('addresses of pages give the page, missing files do not', async () => {
  for (const path of ['/', '/map', '/requests/1-284117', '/organizations?is=open'])
    expect(await (await get(path, { accept: 'text/html' })).text()).toContain('<title>page</title>')
  for (const path of ['/assets/gone-abc.js', '/favicon.ico', '/.git/config.json'])
    expect([path, (await get(path)).status]).toEqual([path, 404])
})

test.for([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets\\..\\..\\secret.txt',
  '/index.html%00.txt',
])('%s leads nowhere', async (path) => {
  const response = await get(path)
  expect(await response.text()).not.toContain('secret\n')
  expect(response.status).toBe(404)
})

test('a house that serves is ready; measures are told in words', async () => {
  const ready = await get('/readyz')
  const lastSeq = house.log.lastSeq()
  expect([ready.status, await ready.json()]).toEqual([
    200,
    {
      ready: true,
      status: 'ok',
      faults: [],
      lastSeq,
      projectedSeq: lastSeq,
      notices: [],
      sources: [],
    },
  ])
  const metrics = await (await get('/metrics')).text()
  expect(metrics).toContain(`domovoi_log_last_seq ${lastSeq}`)
  expect(metrics).toContain('domovoi_request_seconds_count{route="/readyz",status="200"} 1')
})

test('totals are those of the story of the city', async () => {
  expect(await (await get('/totals')).json()).toEqual({
    requests: 33,
    open: 13,
    overdue: 7,
    buildings: 8,
    buildingsGone: 0,
    organizations: 5,
    transfers: 1,
    quarantined: 3,
    quarantinedRows: 0,
    markedRecords: 3,
    events: CITY.length,
    lastSeq: CITY.length,
  })
})

test('in a year every open request is overdue but the one without a deadline', async () => {
  const later = await (await get(`/totals?now=${NOW + 365 * 86_400_000}`)).json()
  expect([later.open, later.overdue]).toEqual([13, 12])
})

test('rows by organization and by building add up to the totals, those of nobody included', async () => {
  expect(await (await get('/totals?by=organization')).json()).toEqual([
    { id: 'sever', name: 'УК Северный ветер', requests: 14, open: 7, overdue: 6 },
    { id: 'pribrezhnaya', name: 'УК Прибрежная', requests: 11, open: 3, overdue: 0 },
    { id: 'dva-doma', name: 'УК Два дома', requests: 3, open: 1, overdue: 1 },
    { id: 'sadovoe', name: 'ТСЖ Садовое', requests: 3, open: 1, overdue: 0 },
    { id: '', name: '', requests: 2, open: 1, overdue: 0 },
  ])
  const buildings = await (await get('/totals?by=building')).json()
  const sum = (field: string) =>
    buildings.reduce((total: number, row: Record<string, number>) => total + (row[field] ?? 0), 0)
  expect([sum('requests'), sum('open'), sum('overdue')]).toEqual([33, 13, 7])
  expect((await get('/totals?by=flat')).status).toBe(400)
})

test('measures and errors name routes, never ids', async () => {
  await get('/export/private-name.csv')
  const metrics = await (await get('/metrics')).text()
  expect(metrics).not.toContain('private-name')
})

test.for([
  'none',
  'requests.one?input={"number":"none"}',
  'requests.page?input={}',
  'flags.one?input={',
])(
  'what is wrong with /trpc/%s is told without a stack or a path of this machine',
  async (question) => {
    const response = await get(`/trpc/${question}`)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(await response.text()).not.toMatch(/"stack"|node_modules|file:|\.ts:\d/)
  },
)

test('a question of more than a megabyte is refused, not a fault', async () => {
  const body = JSON.stringify('x'.repeat(1024 * 1024))
  const headers = { 'content-type': 'application/json', 'content-length': String(body.length) }
  const response = await app.request('/trpc/flags.list', { method: 'POST', body, headers })
  expect(response.status).toBe(413)
})

test('nothing was reported on the way', () => {
  expect(faults).toEqual([])
})

test('a wrong line of sources.json stops neither the protocol nor the page of sources, and is told', async () => {
  const file = join(house.dataDir, 'sources.json')
  for (const content of ['{"sources":[{"kind":"open311","name":"x"}]}', '{"sources":']) {
    writeFileSync(file, content)
    expect((await get('/open311/v2/requests.json')).status).toBe(200)
    const ready = (await (await get('/readyz')).json()) as { sources: string[] }
    expect(ready.sources).toEqual([expect.stringMatching(/^sources\.json is not/)])
    const list = await get('/trpc/sources.list')
    expect([list.status, await list.text()]).toEqual([
      200,
      expect.stringContaining('"settingsFault":"sources.json is not'),
    ])
  }
  rmSync(file)
  faults.length = 0
})

test('a question of the wrong shape is answered by the field and what it may be, not by its value', async () => {
  const input = encodeURIComponent(JSON.stringify({ building: 'x'.repeat(200), secret: 'Petrov' }))
  const response = await get(`/trpc/buildings.one?input=${input}`)
  expect(response.status).toBe(400)
  const { error } = (await response.json()) as { error: { message: string } }
  expect(error.message).toMatch(/^the question is not right: building: .*128/)
  expect(error.message).not.toMatch(/Petrov|xxx|[{[]/)
})

test('a question too long for an address is asked in the body', async () => {
  const { is: _, ...filter } = EVERYTHING
  const building = Array.from({ length: 200 }, (_, i) => `building-with-a-long-name-${i}`)
  const response = await app.request('/trpc/map.deviation', {
    method: 'POST',
    body: JSON.stringify({ ...filter, building }),
    headers: { 'content-type': 'application/json' },
  })
  expect(response.status).toBe(200)
  expect(await response.json()).toMatchObject({ result: { data: { deviating: [] } } })
})

test('a POST that does not say what it holds is told what to say', async () => {
  const answer = await app.request('/trpc/requests.split', { method: 'POST' })
  expect(answer.status).toBe(403)
  expect(await answer.json()).toEqual({
    error: 'a POST needs the header content-type: application/json',
  })
})

test.for(['/trpc/requests.split', '/sources/import'])(
  'a form of another page to %s is refused in words, and is no fault of ours',
  async (path) => {
    const before = [house.log.lastSeq(), faults.length]
    const answer = await app.request(path, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', origin: 'https://elsewhere.example' },
      body: '{}',
    })
    expect(answer.status).toBe(403)
    expect(await answer.json()).toEqual({ error: expect.stringContaining('another origin') })
    expect([house.log.lastSeq(), faults.length]).toEqual(before)
  },
)

test('who asks a thousand questions at once is told how many are answered, and no answer is kept by a browser', async () => {
  const many = await get(`/trpc/${Array(41).fill('flags.list').join(',')}?batch=1`)
  expect([many.status, await many.json()]).toEqual([
    400,
    { error: 'at most 40 questions are asked at once' },
  ])
  expect((await get('/trpc/flags.list')).headers.get('cache-control')).toBe('no-store')
})
