import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Hono } from 'hono'
import { readXml } from 'hucre/xml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { patternsOf, searchFile } from '#server/subjects/byte-search.ts'
import { CITY, event, NOW } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { DATA_MISSING, OPEN311_SCHEMAS } from '#test/real-data.ts'
import { open311Routes } from './routes.ts'
import { addKey, readSources } from './sources.ts'

const KEY = 'the-key-of-the-city-app-0000000000'
let house: TestHouse
let app: Hono
let shown = true
beforeAll(async () => {
  house = await openTestHouse(CITY, { now: NOW })
  addKey(house.path('.'), 'city-app', KEY)
  app = open311Routes({
    context: house.context,
    gate: { pass: (work) => work(), look: async () => {}, full: () => false },
    sources: () => ({ ...readSources(house.path('.')), jurisdiction: 'domograd.kz' }),
    settled: async () => {
      await house.settle()
      return shown
    },
  })
})
afterAll(() => house.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  Promise.resolve(app.request(`http://city.test/open311/v2/${path}`, { headers }))
const json = async (path: string) => {
  const response = await get(path)
  // Whatever a server answers is first unknown to its client.
  return { status: response.status, body: (await response.json()) as Record<string, unknown>[] }
}
const post = (form: Record<string, string> | string, ending = 'json', headers = {}) =>
  Promise.resolve(
    app.request(`http://city.test/open311/v2/requests.${ending}`, {
      method: 'POST',
      body: typeof form === 'string' ? form : new URLSearchParams(form),
      headers,
    }),
  )
const FORM = { api_key: KEY, service_code: 'leak', lat: '51.10525', long: '71.40125' }

type Schema = Record<string, unknown>
/** The published schemas name no `type` where they name properties, and refer to each other by file. */
function completed(node: unknown, read: (name: string) => Schema): unknown {
  if (Array.isArray(node)) return node.map((inner) => completed(inner, read))
  if (typeof node !== 'object' || node === null) return node
  const { $ref, ...rest } = node as Schema
  if (typeof $ref === 'string') return completed(read($ref), read)
  const whole = 'properties' in rest && !('type' in rest) ? { type: 'object', ...rest } : rest
  return Object.fromEntries(
    Object.entries(whole).map(([name, inner]) => [
      name,
      name === 'properties'
        ? Object.fromEntries(
            Object.entries(inner as Schema).map(([field, its]) => [field, completed(its, read)]),
          )
        : completed(inner, read),
    ]),
  )
}
function schema(name: string): z.ZodType {
  const read = (file: string): Schema =>
    JSON.parse(readFileSync(join(OPEN311_SCHEMAS, file), 'utf8')) as Schema
  return z.fromJSONSchema(completed(read(name), read) as z.core.JSONSchema.JSONSchema)
}

test.skipIf(DATA_MISSING)(
  'every answer is of the published schemas, and what is not is seen',
  async () => {
    const answers = {
      'services.json': (await json('services.json')).body,
      'service-definition.json': (await json('services/leak.json')).body,
      'requests.json': (await json('requests.json')).body,
      'request.json': (await json('request/1-1.json')).body,
    }
    const all = (await json('requests.json')).body.map(({ service_request_id: id }) => String(id))
    answers['request.json'] = (await json(`request/${all[0]}.json`)).body
    for (const [name, answer] of Object.entries(answers))
      expect([name, schema(name).safeParse(answer).error?.issues]).toEqual([name, undefined])
    const [first] = answers['requests.json']
    for (const broken of [{ status: 'done' }, { lat: '51.1' }, { requested_datetime: undefined }])
      expect(schema('requests.json').safeParse([{ ...first, ...broken }]).success).toBe(false)
  },
)

test('a client that knows only the protocol lists, sends and follows a request', async () => {
  const services = (await json('services.json')).body
  expect(services.find((service) => service.service_code === 'leak')).toEqual({
    service_code: 'leak',
    service_name: 'Протечка',
    description: null,
    metadata: true,
    type: 'realtime',
    keywords: 'Су ағу, Leak',
    group: null,
  })
  const sent = await post({
    ...FORM,
    jurisdiction_id: 'domograd.kz',
    'attribute[entrance]': '2',
    'attribute[flat]': '417',
    address_string: 'ул. Набережная, 1, кв. 417, тел. +7 701 555 01 02',
    first_name: 'Айгүл',
    last_name: 'Сәрсенова',
    phone: '+7 701 555 01 02',
    email: 'aigul@example.kz',
    description: 'Сосед Ерлан Қасымов затопил меня, приходите после шести',
    device_id: 'tPAMRJbYUVT4KzIL',
  })
  expect(sent.status).toBe(200)
  const [{ service_request_id: id }] = (await sent.json()) as [{ service_request_id: string }]
  const followed = async () => (await json(`requests/${id}.json`)).body[0]
  expect(await followed()).toEqual({
    service_request_id: id,
    status: 'open',
    status_notes: 'зарегистрирована',
    service_name: 'Протечка',
    service_code: 'leak',
    description: null,
    agency_responsible: 'УК Прибрежная',
    service_notice: null,
    requested_datetime: '2026-02-10T12:00:00.000Z',
    updated_datetime: '2026-02-10T12:00:00.000Z',
    expected_datetime: null,
    address: 'ул. Набережная, 1',
    address_id: 'b-1',
    zipcode: null,
    lat: 51.10525,
    long: 71.40125,
    media_url: null,
  })
  await house.append([event('request.refused', NOW, { request: id, ground: 'x' })])
  expect(await followed()).toMatchObject({ status: 'closed', status_notes: 'отказано' })

  const personal = ['Айгүл', 'Сәрсенова', '701 555 01 02', 'aigul@example.kz', 'Қасымов', 'tPAMRJ']
  const events = house.context.log.read(0, 1000).filter((it) => JSON.stringify(it).includes(id))
  for (const word of [...personal, '417']) expect(JSON.stringify(events)).not.toContain(word)
  expect(events[0]).toMatchObject({ entrance: 2, place: 'ул. Набережная, 1, тел.', channel: 'app' })
  const patterns = personal.flatMap((word) => patternsOf(word, word))
  for (const file of ['log.sqlite', 'log.sqlite-wal', 'facts.duckdb', 'sources.json'])
    expect([file, searchFile(house.path(file), patterns).found]).toEqual([file, []])
  expect(searchFile(house.path('sources.json'), patternsOf('key', KEY)).found).toEqual([])
  expect(house.context.subjects.contact(`${id}:asks`)).toEqual({
    name: 'Сәрсенова Айгүл',
    phone: '+7 701 555 01 02',
    email: 'aigul@example.kz',
    flat: '417',
    texts: { [id]: 'Сосед Ерлан Қасымов затопил меня, приходите после шести' },
  })
})

test('XML says the same as JSON, under the names of the protocol, and escapes what a source wrote', async () => {
  await house.append([
    event('request.registered', NOW - 5000, {
      ...{ request: 'x<&>"1', place: 'a ]]> \u0001 <b>&amp;', category: 'lift' },
      ...({ channel: 'phone', priority: 'ordinary', kind: 'work_request' } as const),
    }),
  ])
  const path = `requests/${encodeURIComponent('x<&>"1')}`
  const response = await get(`${path}.xml`)
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8')
  const text = await response.text()
  expect(text).toContain('<service_requests><request><service_request_id>x&lt;&amp;&gt;&quot;1</')
  expect(text).toContain('<address>a ]]&gt; \uFFFD &lt;b&gt;&amp;amp;</address>')
  expect(text).toContain('<description/>')
  for (const [where, row] of [
    ['services', 'service'],
    ['requests', 'request'],
  ] as const) {
    const { data } = readXml(await (await get(`${where}.xml`)).text(), { rowTag: row })
    const plain = (rows: Record<string, unknown>[]) =>
      rows.map((item) =>
        Object.entries(item).flatMap(([name, value]) =>
          value === null || value === '' ? [] : [[name, String(value)]],
        ),
      )
    const expected = plain((await json(`${where}.json`)).body)
    expect(data.length).toBe(expected.length)
    if (where === 'services') expect(plain(data)).toEqual(expected)
  }
  expect(await (await get('services/leak.xml')).text()).toMatch(
    /<service_definition><service_code>leak<\/service_code><attributes><attribute><variable>true/,
  )
})

test('a list is narrowed by number, code, status and time, and paged', async () => {
  const ids = async (query: string) =>
    (await json(`requests.json?${query}`)).body.map(({ service_request_id: id }) => String(id))
  const all = await ids('page_size=1000')
  const [first, second] = all
  expect(
    new Set(
      await ids(
        `service_request_id=${[second, first, 'none'].map((id) => encodeURIComponent(String(id))).join()}`,
      ),
    ),
  ).toEqual(new Set([first, second]))
  expect(await ids('page_size=2&page=2')).toEqual(all.slice(2, 4))
  const states = (await json('requests.json')).body
  const open = states.filter(({ status }) => status === 'open').map((it) => it.service_request_id)
  expect(await ids('status=open')).toEqual(open)
  expect(await ids('status=open,closed')).toEqual(all)
  const leaks = states.filter((it) => it.service_code === 'leak').map((it) => it.service_request_id)
  expect(await ids('service_code=leak')).toEqual(leaks)
  const [at] = states.slice(3).map((it) => String(it.requested_datetime))
  const same = states
    .filter((it) => it.requested_datetime === at)
    .map((it) => it.service_request_id)
  expect(await ids(`start_date=${at}&end_date=${at}`)).toEqual(same)
})

test.for([
  [
    'requests.json?start_date=2026-02-10T12:00:00',
    400,
    'start_date is not a W3C date and time with a zone',
  ],
  ['requests.json?start_date=2026-02-10', 400, 'start_date is not a W3C'],
  [
    'requests.json?start_date=2025-01-01T00:00:00Z&end_date=2026-01-01T00:00:00Z',
    400,
    'more than 90 days',
  ],
  [
    'requests.json?start_date=2026-02-02T00:00:00Z&end_date=2026-01-01T00:00:00Z',
    400,
    'later than',
  ],
  ['requests.json?status=done', 400, 'status is "open" or "closed"'],
  ['requests.json?status=open&page=0', 400, 'page is not a whole number'],
  ['requests.json?q=1', 400, '"q" cannot be asked for'],
  ['requests.json?service_code=none', 404, 'service_code "none" was not found'],
  ['requests.json?jurisdiction_id=other.kz', 404, 'jurisdiction_id was not found'],
  ['requests/none.json', 404, 'service_request_id "none" was not found'],
  ['services/none.json', 404, 'service_code "none" was not found'],
  ['tokens/none.json', 404, 'token "none" was not found'],
  ['anything.json', 404, 'no such address'],
] as const)('%s is refused with %i in the body of the protocol', async ([path, status, words]) => {
  const answer = await json(path)
  expect(answer.status).toBe(status)
  expect(answer.body).toEqual([{ code: status, description: expect.stringContaining(words) }])
  const xml = await get(path.replace('.json', '.xml'))
  expect(xml.status).toBe(status)
  expect(await xml.text()).toMatch(
    new RegExp(
      `^<\\?xml[^>]*>\n<errors><error><code>${status}</code><description>[^<]+</description></error></errors>\n$`,
    ),
  )
})

const BOMB = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]><r>&b;&x;</r>`
test.for([
  [BOMB, { 'content-type': 'text/xml' }, 415, 'send the request as application/x-www-form'],
  [JSON.stringify(FORM), { 'content-type': 'application/json' }, 415, 'send the request as'],
  [{ ...FORM, api_key: 'wrong' }, {}, 403, 'api_key is missing or not known'],
  [{ service_code: 'leak' }, {}, 403, 'api_key is missing'],
  [{ ...FORM, service_code: '' }, {}, 400, 'service_code was not provided'],
  [{ ...FORM, service_code: 'none' }, {}, 404, 'service_code "none" was not found'],
  [{ api_key: KEY, service_code: 'leak' }, {}, 400, 'no location'],
  [{ ...FORM, lat: '95' }, {}, 400, 'lat is not in degrees'],
  [{ ...FORM, long: '' }, {}, 400, 'long is not in degrees'],
  [{ ...FORM, address_id: 'none' }, {}, 404, 'address_id "none" was not found'],
  [{ ...FORM, 'attribute[colour]': 'red' }, {}, 400, 'the service has no attribute "colour"'],
  [{ ...FORM, 'attribute[entrance]': 'второй' }, {}, 400, 'attribute[entrance] is not a whole'],
  [{ ...FORM, phone: 'позвоните' }, {}, 400, 'phone is not right'],
  [{ ...FORM, role: 'operator' }, {}, 400, 'there is no parameter "role"'],
  [{ ...FORM, jurisdiction_id: 'other.kz' }, {}, 404, 'jurisdiction_id was not found'],
  [
    `${new URLSearchParams(FORM)}&lat=1`,
    { 'content-type': 'application/x-www-form-urlencoded' },
    400,
    'lat is given more than once',
  ],
] as const)(
  'sending %o %o is refused with %i, and nothing is stored',
  async ([form, headers, status, words]) => {
    const before = house.context.log.lastSeq()
    const answer = await post(form, 'json', headers)
    expect([answer.status, await answer.json()]).toEqual([
      status,
      [{ code: status, description: expect.stringContaining(words) }],
    ])
    expect(house.context.log.lastSeq()).toBe(before)
  },
)

test('while the facts cannot show a request it is told by a token, which later leads to its number', async () => {
  shown = false
  const [told] = (await (await post(FORM)).json()) as [Record<string, string>]
  shown = true
  expect(Object.keys(told)).not.toContain('service_request_id')
  const [found] = (await json(`tokens/${told.token}.json`)).body
  expect(found).toEqual({ token: told.token, service_request_id: String(told.token).slice(2) })
})

test('discovery leads to the endpoint in both formats', async () => {
  expect((await json('discovery.json')).body).toMatchObject({
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: 'http://city.test/open311/v2',
        formats: ['text/xml', 'application/json'],
      },
    ],
  })
  expect(await (await get('discovery.xml')).text()).toContain(
    '<formats><format>text/xml</format><format>application/json</format></formats>',
  )
})

test('the language is the one asked for among those of the city', async () => {
  const names = async (language: string) =>
    (
      (await (await get('services.json', { 'accept-language': language })).json()) as {
        service_name: string
      }[]
    ).map((service) => service.service_name)
  expect(await names('kk-KZ,ru;q=0.8')).toContain('Су ағу')
  expect(await names('de')).toContain('Протечка')
})
