import { afterEach, beforeEach, expect, test } from 'vitest'
import { CITY } from '#test/city.ts'
import { openTestHouse, type TestHouse } from '#test/house.ts'
import { type FetchPeer, PeerFault } from './peer-fetch.ts'
import { readPage } from './peer-read.ts'
import { pollPeer } from './poll.ts'
import { createPoller } from './poller.ts'
import type { Peer } from './sources.ts'

const NOW = Date.parse('2010-04-20T12:00:00Z')
const PEER: Peer = {
  ...{ kind: 'open311', name: 'sf', url: 'https://311.test/open311/v2', format: 'json' },
  ...{
    everySeconds: 300,
    lookBackDays: 30,
    categories: { '6': 'lighting' },
    privateNetwork: false,
  },
}
/** The example of the published schema, with the types that endpoints send. */
const ROW = {
  service_request_id: 638349,
  status: 'open',
  status_notes: null,
  service_name: 'Sidewalk and Curb Issues',
  service_code: 6,
  description: 'call Mary Smith, 415 555 0102',
  agency_responsible: null,
  service_notice: null,
  requested_datetime: '2010-04-19T06:37:38-08:00',
  updated_datetime: '2010-04-19T06:37:38-08:00',
  expected_datetime: '2010-04-25T06:37:38-08:00',
  address: '8TH AVE and JUDAH ST, apt 5',
  address_id: 545483,
  zipcode: 94122,
  lat: 51.10525,
  long: 71.40125,
  media_url: 'http://city.gov.s3.amazonaws.com/requests/media/638344.jpg',
}
const REQUESTED = Date.parse('2010-04-19T14:37:38Z')

let house: TestHouse
beforeEach(async () => {
  house = await openTestHouse(CITY, { now: NOW })
})
afterEach(() => house.close())

const page = (rows: unknown): ReturnType<FetchPeer> =>
  Promise.resolve({ type: 'application/json', body: Buffer.from(JSON.stringify(rows)) })
/** Tells these rows in the window that holds them, once. */
const telling =
  (...rows: object[]): FetchPeer =>
  (url) =>
    page(url.searchParams.has('page') ? [] : rows)
const poll = (fetch: FetchPeer, peer: Peer = PEER, caughtUpTo: number | null = null) =>
  pollPeer(house.context, { peer, caughtUpTo, fetch })
const events = () =>
  house.context.log.read(CITY.length, 10_000).map(({ seq: _, recordedAt: __, ...event }) => event)

test('a request of a peer becomes ours: its house by the point, its category by the mapping, no person', async () => {
  expect(await poll(telling(ROW))).toMatchObject({
    ...{ in: 1, stored: 1, known: 0, quarantined: 0, fault: null, caughtUpTo: NOW },
    lastEventAt: REQUESTED,
  })
  expect(events()).toEqual([
    {
      id: 'sf:sf-638349:registered',
      type: 'request.registered',
      source: 'sf',
      request: 'sf-638349',
      occurredAt: REQUESTED,
      category: 'lighting',
      channel: 'unknown',
      priority: 'ordinary',
      kind: 'work_request',
      lat: 51.10525,
      lon: 71.40125,
      building: 'b-1',
      place: '8TH AVE and JUDAH ST',
      dueAt: Date.parse('2010-04-25T14:37:38Z'),
    },
  ])
})

test('asked again it stores nothing; closed and opened again it stores one event each', async () => {
  await poll(telling(ROW))
  expect(await poll(telling(ROW))).toMatchObject({ in: 1, stored: 0, known: 1 })
  const closedAt = '2010-04-20T10:00:00Z'
  const closed = { ...ROW, status: 'closed', updated_datetime: closedAt }
  for (const _ of [1, 2]) await poll(telling(closed))
  await poll(telling({ ...ROW, updated_datetime: '2010-04-20T11:00:00Z' }))
  await poll(telling({ ...closed, updated_datetime: null, service_code: 7 }))
  expect(events().slice(1)).toMatchObject([
    { id: 'sf:sf-638349:closed:1', type: 'request.closed', occurredAt: Date.parse(closedAt) },
    { id: 'sf:sf-638349:reopened:1', type: 'request.reopened' },
    { id: 'sf:category:7', name: { ru: 'Sidewalk and Curb Issues' } },
    { id: 'sf:sf-638349:closed:2', occurredAt: NOW, timeUnknown: true },
    { id: 'sf:sf-638349:category:1', type: 'request.category_changed', category: '7' },
  ])
})

test('a deadline or an address that the peer changes is corrected, what stood stays readable, and the same again is known', async () => {
  await poll(telling(ROW))
  const changed = {
    ...{ ...ROW, expected_datetime: '2010-05-25T06:37:38-08:00', address: '9TH AVE' },
    ...{ lat: undefined, long: undefined, updated_datetime: '2010-04-20T06:00:00-08:00' },
  }
  const before = events().length
  expect(await poll(telling(changed))).toMatchObject({ stored: 1, known: 0 })
  const [corrected, registered] = events().slice(before)
  expect(corrected).toMatchObject({
    ...{ type: 'request.corrected', event: 'sf:sf-638349:registered' },
    occurredAt: Date.parse('2010-04-20T14:00:00Z'),
  })
  expect(registered).toMatchObject({
    ...{ id: 'sf:sf-638349:registered:2', occurredAt: REQUESTED, category: 'lighting' },
    ...{ place: '9TH AVE', dueAt: Date.parse('2010-05-25T14:37:38Z') },
  })
  expect(registered).not.toHaveProperty('building')
  expect(await poll(telling(changed))).toMatchObject({ stored: 0, known: 1 })
  expect(await poll(telling({ ...changed, expected_datetime: null }))).toMatchObject({ known: 1 })
})

test('a service that nobody maps is called as the peer calls it, and who answers is found by name', async () => {
  const row = { ...ROW, service_code: 77, agency_responsible: 'ук прибрежная' }
  await poll(telling(row, { ...row, service_request_id: 'other' }))
  expect(events()).toMatchObject([
    { type: 'category.registered', category: '77', name: { ru: 'Sidewalk and Curb Issues' } },
    { type: 'request.registered', category: '77', organization: 'pribrezhnaya' },
    { type: 'request.registered', category: '77' },
  ])
  await poll(telling({ ...row, service_request_id: 'third', service_name: 'Otherwise' }))
  expect(events()).toHaveLength(4)
})

test.for([
  [
    { requested_datetime: '2010-04-19T06:37:38' },
    'requested_datetime: is not a date and time with a zone',
  ],
  [{ requested_datetime: '19.04.2010' }, 'requested_datetime: is not a date and time with a zone'],
  [{ status: 'fixed' }, 'status: Invalid option'],
  [{ service_request_id: null }, 'service_request_id: Invalid input'],
  [{ lat: 'north' }, 'lat: Invalid input'],
] as const)(
  'a row with %o is not right: it is told of, and the others are stored',
  async ([wrong, why]) => {
    const other = { ...ROW, service_request_id: 'other' }
    const round = await poll(telling({ ...ROW, ...wrong }, other))
    expect(round).toMatchObject({ in: 2, stored: 1, known: 0, quarantined: 1, fault: null })
    expect(round.problems).toEqual([
      { id: 'service_request_id' in wrong ? '' : '638349', why: expect.stringContaining(why) },
    ])
  },
)

test('it is caught up with in windows of at most ninety days, page by page, and looks back each time', async () => {
  const asked: string[] = []
  const fetch: FetchPeer = (url) => {
    const { start_date, end_date, page: number = '1' } = Object.fromEntries(url.searchParams)
    asked.push(`${start_date}/${end_date} ${number}`)
    return page(number === '3' ? [] : [{ ...ROW, service_request_id: `${start_date}-${number}` }])
  }
  await poll(fetch, { ...PEER, since: '2009-12-01' })
  expect(asked).toEqual(
    [
      // Midnight of the city, which was six hours ahead of UTC then.
      '2009-11-30T18:00:00Z/2010-02-28T18:00:00Z',
      '2010-02-28T18:00:00Z/2010-04-20T12:00:00Z',
    ].flatMap((window) => [1, 2, 3].map((number) => `${window} ${number}`)),
  )
  asked.length = 0
  await poll(fetch, PEER, NOW - 1000)
  expect(asked[0]).toBe('2010-03-21T12:00:00Z/2010-04-20T12:00:00Z 1')
})

test('a peer that knows no pages and cuts its list is asked for shorter windows until all is told', async () => {
  const start = NOW - 30 * 86_400_000
  const all = Array.from({ length: 2500 }, (_, n) => ({
    ...ROW,
    service_request_id: String(n),
    requested_datetime: new Date(start + n * 1_000_000).toISOString(),
  }))
  const cutting: FetchPeer = (url) => {
    const [from, to] = ['start_date', 'end_date'].map((name) =>
      Date.parse(url.searchParams.get(name) ?? ''),
    )
    return page(
      all
        .filter(
          ({ requested_datetime: at }) =>
            Date.parse(at) >= Number(from) && Date.parse(at) <= Number(to),
        )
        .slice(0, 1000),
    )
  }
  await poll(cutting)
  expect(new Set(events().map((event) => ('request' in event ? event.request : ''))).size).toBe(
    2500,
  )
})

test.for([
  ['text/html', '<html>hello</html>', 'neither JSON nor XML'],
  ['application/json', '{"error":1}', 'not a list of requests'],
  ['application/json', '[{', 'is not JSON'],
  [
    'text/xml',
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><service_requests><request>&x;</request></service_requests>',
    'declares entities',
  ],
  ['text/xml', '<html/>', 'not a list of requests'],
] as const)('an answer of %s %s is refused whole', ([type, body, why]) => {
  expect(() => readPage({ type, body: Buffer.from(body) })).toThrow(why)
})

test('a peer is read in XML as the text of the protocol writes it', () => {
  const body = Buffer.from(`<?xml version="1.0" encoding="utf-8"?>
    <service_requests>
      <request>
        <service_request_id>638344</service_request_id>
        <status>closed</status>
        <status_notes>Duplicate request.</status_notes>
        <service_code>006</service_code>
        <description></description>
        <requested_datetime>2010-04-14T06:37:38-08:00</requested_datetime>
        <updated_datetime></updated_datetime>
        <address>8TH AVE &amp; JUDAH ST</address>
        <lat>37.762221815</lat>
        <long>-122.4651145</long>
      </request>
    </service_requests>`)
  expect(readPage({ type: 'text/xml', body }).rows).toEqual([
    {
      service_request_id: '638344',
      status: 'closed',
      service_code: '006',
      requested_datetime: Date.parse('2010-04-14T14:37:38Z'),
      address: '8TH AVE & JUDAH ST',
      lat: 37.762221815,
      long: -122.4651145,
    },
  ])
})

test('a failing peer is asked more and more seldom, told of by its fault, and catches up when it is well again', async () => {
  let now = NOW
  let well = false
  let asked = 0
  const poller = createPoller({
    context: { ...house.context, now: () => now, report: () => {} },
    dataDir: house.path('.'),
    sources: () => ({ jurisdiction: null, keys: [], peers: [PEER], fault: null }),
    fetchOf: () => (url) => {
      asked += 1
      if (!well) return Promise.reject(new PeerFault('it answered with 500'))
      return telling(ROW)(url)
    },
  })
  const waits: number[] = []
  for (const _ of [1, 2, 3]) {
    await poller.round()
    const [health] = poller.health()
    waits.push((health?.nextAt ?? 0) - now)
    now = health?.nextAt ?? 0
  }
  expect(waits).toEqual([600_000, 1_200_000, 2_400_000])
  expect(poller.health()).toMatchObject([
    {
      name: 'sf',
      kind: 'open311',
      lastSuccessAt: null,
      lastError: { message: 'it answered with 500' },
    },
  ])
  well = true
  now -= 1
  await poller.round()
  expect(asked).toBe(3)
  now += 1
  await poller.round()
  now += 300_000
  await poller.round()
  const [health] = poller.health()
  expect(health).toMatchObject({ lastSuccessAt: now, lastEventAt: REQUESTED })
  expect(Object.values(health?.days ?? {})).toEqual([
    { in: 2, stored: 1, known: 1, quarantined: 0 },
  ])
})
