import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createApp } from '#server/app.ts'
import {
  WallCity,
  WallMap,
  WallOrganizations,
  WallOutages,
  WallToday,
} from '#server/features/wall/schema.ts'
import { ingestKey } from '#server/ingest/key.ts'
import { type House, openHouse } from '#server/open.ts'
import { filesUnder, patternsOf, searchFile } from '#server/subjects/byte-search.ts'
import { createTelemetry } from '#server/telemetry.ts'
import { CITY, NOW, ZONE } from './city.ts'

/** People as a source tells of them; none of these may be anywhere but behind their keys. */
const PEOPLE = [
  {
    subjectId: 's-1',
    name: 'Айгүл Сәрсенова',
    phone: '+7 701 555 01 02',
    email: 'aigul.sarsenova@example.kz',
    flat: 'кв. 417 код 1234К',
    request: '9-1',
    text: 'Сосед Ерлан Қасымов из 418-й затопил меня, приходите после шести вечера',
  },
  { subjectId: 's-2', name: 'Ёлкин-Хмельницкий Пётр', phone: '8 (705) 555-77-88' },
]
const VALUES = PEOPLE.flatMap(({ subjectId: _, request: __, ...fields }: Record<string, unknown>) =>
  Object.values(fields).map(String),
)
const PATTERNS = VALUES.flatMap((value) => patternsOf(value, value))

let folder: string
let house: House
let app: ReturnType<typeof createApp>
const logged: string[] = []
const KEY = 'a-key-of-the-test-only'
const send = (path: string, rows: readonly unknown[]) =>
  app.request(path, {
    method: 'POST',
    body: rows.map((row) => JSON.stringify(row)).join('\n'),
    headers: { authorization: `Bearer ${KEY}` },
  })

const asks = (request: string, subjectId: string) => ({
  ...{ id: `t:${request}`, type: 'request.registered', source: 'city', occurredAt: NOW - 60_000 },
  ...{ request, subjectId, building: 'b-4', category: 'leak' },
})

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'personal-'))
  house = await openHouse({
    dataDir: folder,
    city: {
      name: { ru: 'Тест' },
      zone: ZONE,
      languages: ['ru', 'kk', 'en'],
      centre: [71.43, 51.13],
    },
    now: () => NOW,
    newId: randomUUID,
    clock: () => 0,
    report: (where, cause) => logged.push(`${where} ${String(cause)}`),
  })
  const telemetry = createTelemetry(house)
  const key = ingestKey(folder, KEY, () => randomBytes(32))
  app = createApp({ house, telemetry, key, dist: folder, clock: () => 0 })
  await send('/ingest/events', CITY)
  expect((await send('/ingest/events', [asks('9-1', 's-1'), asks('9-2', 's-2')])).status).toBe(200)
  const told = await send('/ingest/subjects', PEOPLE)
  expect([told.status, await told.json()]).toEqual([200, { stored: 2, erased: [] }])
  await house.projector.settle()
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true })
})

const found = (text: string) =>
  PATTERNS.filter(({ bytes }) => Buffer.from(text).includes(bytes)).map(({ of }) => of)

test('a person told by a source is in no file that can be read', () => {
  for (const path of filesUnder(folder))
    expect([path, searchFile(path, PATTERNS).found]).toEqual([path, []])
})

test('no answer of the server tells a person: pages, walls, exports, measures, the protocol for others', async () => {
  const trpc = (name: string, input?: object) =>
    `/trpc/${name}${input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''}`
  const addresses = [
    '/metrics',
    '/healthz',
    '/totals',
    '/ingest/schema',
    '/ingest/subjects/schema',
    trpc('wall.city'),
    trpc('wall.map'),
    trpc('wall.organizations'),
    trpc('wall.outages'),
    trpc('wall.today'),
    trpc('requests.one', { number: '9-1' }),
    trpc('contacts.ofRequest', { number: '9-1' }),
    trpc('buildings.one', { building: 'b-4' }),
    '/open311/v2/requests.json',
    '/open311/v2/requests/9-1.xml',
    '/export/requests.csv',
    '/export/requests.xlsx',
  ]
  for (const address of addresses) {
    const answer = await app.request(address)
    expect([address, answer.status, found(await answer.text())]).toEqual([address, 200, []])
  }
  expect(logged).toEqual([])
})

test('what the live feed says of a new request holds no person', async () => {
  const said: string[] = []
  const leave = house.hub.join({
    write: (bytes) => void said.push(Buffer.from(bytes).toString()),
    pending: () => 0,
    end() {},
  })
  const begun = said.length
  const first = said.join('')
  await send('/ingest/subjects', [{ ...PEOPLE[0], request: '9-3' }])
  await send('/ingest/events', [asks('9-3', 's-1')])
  await house.projector.settle()
  await expect.poll(() => said.length).toBeGreaterThan(begun)
  leave()
  const second = said.slice(begun).join('')
  expect(second).toContain('data:')
  expect(found(first + second)).toEqual([])
})

test('a record of a person that is not right is refused without being repeated', async () => {
  const answer = await send('/ingest/subjects', [
    { ...PEOPLE[0], phone: 'звоните Айгүл Сәрсенова' },
    { ...PEOPLE[1], passport: '044123456' },
  ])
  const text = await answer.text()
  expect(answer.status).toBe(400)
  expect(found(text)).toEqual([])
  expect(text).not.toContain('044123456')
  expect(text).toContain('a phone is written in digits')
})

/** Every field that a schema can carry, by its path. */
function fieldsOf(schema: unknown, path = ''): string[] {
  const node = schema as {
    properties?: object
    items?: unknown
    prefixItems?: unknown[]
    anyOf?: unknown[]
  }
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([name, inner]) => [
      `${path}${name}`,
      ...fieldsOf(inner, `${path}${name}.`),
    ]),
    ...[node.items, ...(node.prefixItems ?? []), ...(node.anyOf ?? [])].flatMap((inner) =>
      inner && typeof inner === 'object' ? fieldsOf(inner, path) : [],
    ),
  ]
}

type Keys<T> = T extends readonly (infer I)[]
  ? Keys<I>
  : T extends object
    ? keyof T | { [K in keyof T]: Keys<T[K]> }[keyof T]
    : never
type Personal =
  | 'phone'
  | 'email'
  | 'flat'
  | 'text'
  | 'subjectId'
  | 'contact'
  | 'number'
  | 'request'
  | 'description'
/** Does not compile once a wall could be told one of these. */
type WallTells = Extract<
  Keys<WallCity> | Keys<WallMap> | Keys<WallOrganizations> | Keys<WallOutages> | Keys<WallToday>,
  Personal
>
const tells: [WallTells] extends [never] ? 'nothing' : WallTells = 'nothing'

test('no field of a wall can hold a person, and what is added to its answer does not pass', () => {
  expect(tells).toBe('nothing')
  const schemas = [WallCity, WallMap, WallOrganizations, WallOutages, WallToday]
  const fields = schemas.flatMap((schema) => fieldsOf(z.toJSONSchema(schema)))
  expect(fields.length).toBeGreaterThan(40)
  const last = fields.map((field) => field.split('.').at(-1))
  for (const word of [
    'phone',
    'email',
    'flat',
    'text',
    'subjectId',
    'contact',
    'number',
    'request',
  ])
    expect(last).not.toContain(word)
  const row = { name: 'УК', ratio: 1, lower: 1, upper: 1, level: 'watch', n: 1 } as const
  const counts = { inspect: 0, watch: 0, good: 0, none: 0, insufficient: 0 }
  const told = {
    measure: 'late',
    from: 'a',
    to: 'b',
    cut: 0,
    rows: [{ ...row, phone: VALUES[1] }],
    counts,
  }
  expect(JSON.stringify(WallOrganizations.parse({ ...told, subjectId: 's-1' }))).not.toMatch(
    /555|s-1/,
  )
})
