import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readXml } from 'hucre/xml'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { patternsOf, searchFile } from '#server/subjects/byte-search.ts'
import { event, NOW } from '#test/city.ts'
import { FORM, KEY, type Open311City, openOpen311 } from '#test/open311.ts'
import { DATA_MISSING, OPEN311_SCHEMAS } from '#test/real-data.ts'

let city: Open311City
beforeAll(async () => {
  city = await openOpen311()
})
afterAll(() => city.house.close())

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
      'services.json': (await city.json('services.json')).body,
      'service-definition.json': (await city.json('services/leak.json')).body,
      'requests.json': (await city.json('requests.json')).body,
      'request.json': (await city.json('request/1-1.json')).body,
    }
    const all = (await city.json('requests.json')).body.map(({ service_request_id: id }) =>
      String(id),
    )
    answers['request.json'] = (await city.json(`request/${all[0]}.json`)).body
    for (const [name, answer] of Object.entries(answers))
      expect([name, schema(name).safeParse(answer).error?.issues]).toEqual([name, undefined])
    const [first] = answers['requests.json']
    for (const broken of [{ status: 'done' }, { lat: '51.1' }, { requested_datetime: undefined }])
      expect(schema('requests.json').safeParse([{ ...first, ...broken }]).success).toBe(false)
  },
)

test('a client that knows only the protocol lists, sends and follows a request', async () => {
  const services = (await city.json('services.json')).body
  expect(services.find((service) => service.service_code === 'leak')).toEqual({
    service_code: 'leak',
    service_name: 'Протечка',
    description: null,
    metadata: true,
    type: 'realtime',
    keywords: 'Су ағу, Leak',
    group: null,
  })
  const sent = await city.post({
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
  const followed = async () => (await city.json(`requests/${id}.json`)).body[0]
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
  await city.house.append([event('request.refused', NOW, { request: id, ground: 'x' })])
  expect(await followed()).toMatchObject({ status: 'closed', status_notes: 'отказано' })

  const personal = ['Айгүл', 'Сәрсенова', '701 555 01 02', 'aigul@example.kz', 'Қасымов', 'tPAMRJ']
  const events = city.house.context.log
    .read(0, 1000)
    .filter((it) => JSON.stringify(it).includes(id))
  for (const word of [...personal, '417']) expect(JSON.stringify(events)).not.toContain(word)
  expect(events[0]).toMatchObject({ entrance: 2, place: 'ул. Набережная, 1', channel: 'app' })
  const patterns = personal.flatMap((word) => patternsOf(word, word))
  for (const file of ['log.sqlite', 'log.sqlite-wal', 'facts.duckdb', 'sources.json'])
    expect([file, searchFile(city.house.path(file), patterns).found]).toEqual([file, []])
  expect(searchFile(city.house.path('sources.json'), patternsOf('key', KEY)).found).toEqual([])
  expect(city.house.context.subjects.contact(`${id}:asks`)).toEqual({
    name: 'Сәрсенова Айгүл',
    phone: '+7 701 555 01 02',
    email: 'aigul@example.kz',
    flat: '417',
    texts: { [id]: 'Сосед Ерлан Қасымов затопил меня, приходите после шести' },
  })
})

test('XML says the same as JSON, under the names of the protocol, and escapes what a source wrote', async () => {
  await city.house.append([
    event('request.registered', NOW - 5000, {
      ...{ request: 'x<&>"1', place: 'a ]]> \u0001 <b>&amp;', category: 'lift' },
      ...({ channel: 'phone', priority: 'ordinary', kind: 'work_request' } as const),
    }),
  ])
  const path = `requests/${encodeURIComponent('x<&>"1')}`
  const response = await city.get(`${path}.xml`)
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8')
  const text = await response.text()
  expect(text).toContain('<service_requests><request><service_request_id>x&lt;&amp;&gt;&quot;1</')
  expect(text).toContain('<address>a ]]&gt; \uFFFD &lt;b&gt;&amp;amp;</address>')
  expect(text).toContain('<description/>')
  for (const [where, row] of [
    ['services', 'service'],
    ['requests', 'request'],
  ] as const) {
    const { data } = readXml(await (await city.get(`${where}.xml`)).text(), { rowTag: row })
    const plain = (rows: Record<string, unknown>[]) =>
      rows.map((item) =>
        Object.entries(item).flatMap(([name, value]) =>
          value === null || value === '' ? [] : [[name, String(value)]],
        ),
      )
    const expected = plain((await city.json(`${where}.json`)).body)
    expect(data.length).toBe(expected.length)
    if (where === 'services') expect(plain(data)).toEqual(expected)
  }
  expect(await (await city.get('services/leak.xml')).text()).toMatch(
    /<service_definition><service_code>leak<\/service_code><attributes><attribute><variable>true/,
  )
})

test('a list is narrowed by number, code, status and time, and paged', async () => {
  const ids = async (query: string) =>
    (await city.json(`requests.json?${query}`)).body.map(({ service_request_id: id }) => String(id))
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
  const states = (await city.json('requests.json')).body
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

test('while the facts cannot show a request it is told by a token, which later leads to its number', async () => {
  city.facts.shown = false
  const [told] = (await (await city.post(FORM)).json()) as [Record<string, string>]
  city.facts.shown = true
  expect(Object.keys(told)).not.toContain('service_request_id')
  const [found] = (await city.json(`tokens/${told.token}.json`)).body
  expect(found).toEqual({ token: told.token, service_request_id: String(told.token).slice(2) })
})

test('discovery leads to the endpoint in both formats', async () => {
  expect((await city.json('discovery.json')).body).toMatchObject({
    endpoints: [
      {
        specification: 'http://wiki.open311.org/GeoReport_v2',
        url: 'http://city.test/open311/v2',
        formats: ['text/xml', 'application/json'],
      },
    ],
  })
  expect(await (await city.get('discovery.xml')).text()).toContain(
    '<formats><format>text/xml</format><format>application/json</format></formats>',
  )
})

test('the language is the one asked for among those of the city', async () => {
  const names = async (language: string) =>
    (
      (await (await city.get('services.json', { 'accept-language': language })).json()) as {
        service_name: string
      }[]
    ).map((service) => service.service_name)
  expect(await names('kk-KZ,ru;q=0.8')).toContain('Су ағу')
  expect(await names('de')).toContain('Протечка')
})

test('the locale of an address goes before the language of the client', async () => {
  const asked = await city.get('services.json?locale=kk-KZ', { 'accept-language': 'ru' })
  const services = (await asked.json()) as { service_name: string }[]
  expect(services.map((service) => service.service_name)).toContain('Су ағу')
})

test('who sends a request is told what to expect, in their language', async () => {
  const [told] = (await (await city.post({ ...FORM, locale: 'kk' })).json()) as [
    Record<string, string>,
  ]
  expect(told.service_notice).toBe('Өтінім тіркелді. Жауап беретін: УК Прибрежная.')
})

test('a request whose parameters all stand in the query is taken like a form', async () => {
  const sent = await city.postQuery({ ...FORM, 'attribute[entrance]': '3' })
  expect(sent.status).toBe(200)
  const [{ service_request_id: id }] = (await sent.json()) as [{ service_request_id: string }]
  const key = city.house.context.log.key(`request:${id}`) ?? 0
  expect(city.house.context.log.stream(key)).toMatchObject([{ category: 'leak', entrance: 3 }])
  expect((await city.postQuery({ ...FORM, api_key: 'none' })).status).toBe(403)
})

test('a list is told in the language that is asked for', async () => {
  const namesIn = async (locale: string) =>
    (await city.json(`requests.json?locale=${locale}`)).body.map((row) => row.service_name)
  expect(await namesIn('en')).toContain('Leak')
  expect(await namesIn('ru')).toContain('Протечка')
})
