import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FORM, KEY, type Open311City, openOpen311 } from '#test/open311.ts'

let city: Open311City
beforeAll(async () => {
  city = await openOpen311()
})
afterAll(() => city.house.close())

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
  const answer = await city.json(path)
  expect(answer.status).toBe(status)
  expect(answer.body).toEqual([{ code: status, description: expect.stringContaining(words) }])
  const xml = await city.get(path.replace('.json', '.xml'))
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
    const before = city.house.context.log.lastSeq()
    const answer = await city.post(form, 'json', headers)
    expect([answer.status, await answer.json()]).toEqual([
      status,
      [{ code: status, description: expect.stringContaining(words) }],
    ])
    expect(city.house.context.log.lastSeq()).toBe(before)
  },
)

test('while sources.json is not right questions are answered, and an unknown key is asked to come again', async () => {
  const file = city.house.path('sources.json')
  const before = readFileSync(file)
  writeFileSync(file, JSON.stringify({ sources: [{ kind: 'open311', name: 'x' }] }))
  expect((await city.get('requests.json')).status).toBe(200)
  expect((await city.post(FORM)).status).toBe(503)
  writeFileSync(file, before)
})
