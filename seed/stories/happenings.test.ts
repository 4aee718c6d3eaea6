import { expect, test } from 'vitest'
import { isRequestEvent } from '#server/contract/events.ts'
import { createCity } from '../city.ts'
import { firstOf, type Life, readEvents } from './reading.ts'

const END = Date.parse('2026-11-21T14:32:00+05:00')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const city = createCity({ preset: 'tiny', seed: 7, end: END })
const { all, of, requests } = readEvents(city)
interface Outage {
  id: string
  outage: string
  category: string
  buildings: string[]
  from: number
  until: number
  declaredEnd: number
  wrongEnd: boolean
  underWayAtEnd: boolean
  requests: string[]
}
const truth = city.truth() as {
  undeclaredOutages: Outage[]
  declaredOutages: Outage[]
  burstPipe: { building: string; category: string; from: number; requests: string[] }
  duplicates: { request: string; of: string; noticed: boolean }[]
  misdirected: { request: string; addressee: string }[]
  hiddenRepeats: { repeats: { request: string; of: string; linked: boolean }[] }
  silentSource: { source: string; from: number; until: number; events: number }
  testSource: { source: string; from: number; until: number }
  unaddressed: { request: string; building: string; found: boolean }[]
  dirtyRecords: Record<string, string[]>
}
const dirty = new Set(Object.values(truth.dirtyRecords).flat())
const lives = [...requests.values()]
const buildings = new Map(of('building.registered').map((one) => [one.building, one]))

/** Requests of these buildings and this category that came within a time. */
const told = (on: readonly string[], category: string, from: number, until: number) =>
  lives.filter(
    ({ registered: { building, category: about, occurredAt } }) =>
      on.includes(building ?? '') && about === category && occurredAt >= from && occurredAt < until,
  )

test('an outage that nobody declared is told by four flats of a hundred, and by few on another day', () => {
  expect(truth.undeclaredOutages.length).toBeGreaterThan(2)
  for (const { buildings: on, category, from, until } of truth.undeclaredOutages) {
    expect(on.length).toBeGreaterThanOrEqual(8)
    expect(on.length).toBeLessThanOrEqual(30)
    if (until > END) continue
    const flats = on.reduce((sum, id) => sum + (buildings.get(id)?.apartments ?? 0), 0)
    const calls = told(on, category, from, until).length
    expect(calls / flats).toBeGreaterThan(0.02)
    expect(calls / flats).toBeLessThan(0.07)
    expect(told(on, category, from - 7 * DAY, until - 7 * DAY).length).toBeLessThan(calls / 4)
    const announced = of('outage.declared').filter(
      (one) => one.startsAt < until && (one.endsAt ?? until) > from,
    )
    expect(announced.filter((one) => one.buildings.some((id) => on.includes(id)))).toEqual([])
  }
})

test('one undeclared outage is under way when the history ends, and its calls are open', () => {
  const [now] = truth.undeclaredOutages.filter(({ underWayAtEnd }) => underWayAtEnd)
  if (!now) throw new Error('there is none')
  const calls = told(now.buildings, now.category, now.from, END)
  expect(calls.length).toBeGreaterThan(3)
  for (const { events } of calls)
    expect(events.map(({ type }) => type)).not.toContain('request.closed')
})

test('one declared outage was said to be over while its calls went on', () => {
  const [wrong] = truth.declaredOutages.filter(({ wrongEnd }) => wrongEnd)
  if (!wrong) throw new Error('there is none')
  const ended = of('outage.ended').find(({ outage }) => outage === wrong.outage)
  expect(ended?.occurredAt).toBe(wrong.declaredEnd)
  expect(
    told(wrong.buildings, wrong.category, wrong.declaredEnd, wrong.until).length,
  ).toBeGreaterThan(8)
  for (const { outage, until, wrongEnd } of truth.declaredOutages)
    if (!wrongEnd)
      expect(of('outage.ended').find((one) => one.outage === outage)?.occurredAt).toBe(until)
})

test('sixty call about one burst pipe within two hours', () => {
  const { building, category, from, requests: numbers } = truth.burstPipe
  const calls = told([building], category, from, from + 2 * HOUR)
  expect(calls.length).toBeGreaterThanOrEqual(60)
  expect(numbers).toHaveLength(60)
  const found = new Set(calls.map(({ registered }) => registered.request))
  expect(numbers.filter((number) => !found.has(number) && !dirty.has(number))).toEqual([])
})

const pair = (request: string, first: string): [Life, Life] => {
  const [later, earlier] = [requests.get(request), requests.get(first)]
  if (!later || !earlier) throw new Error(`${request} or ${first} is not in the data`)
  return [later, earlier]
}
const clean = ({ request, of: first }: { request: string; of: string }) =>
  !dirty.has(request) && !dirty.has(first)
/** Where it is, as far as the request says: a house that an operator found counts. */
const whereOf = (life: Life) =>
  life.registered.building ?? firstOf(life, 'request.address_resolved')?.building

test('duplicates come from the same entrance by another channel on the same day; operators notice most', () => {
  expect(truth.duplicates.length).toBeGreaterThan(25)
  for (const { request, of: first, noticed } of truth.duplicates.filter(clean)) {
    const [later, earlier] = pair(request, first)
    expect(later.registered.entrance).toBe(earlier.registered.entrance)
    if (whereOf(later) && whereOf(earlier)) expect(whereOf(later)).toBe(whereOf(earlier))
    expect(later.registered.channel).not.toBe(earlier.registered.channel)
    expect(later.registered.occurredAt - earlier.registered.occurredAt).toBeLessThan(DAY)
    const mark = later.events.find((event) => event.type === 'request.marked_duplicate')
    if (noticed) expect(mark && 'of' in mark && mark.of).toBe(first)
    else expect(mark).toBeUndefined()
  }
  expect(truth.duplicates.filter(({ noticed }) => !noticed).length).toBeGreaterThan(5)
})

test('a hidden repeat tells the same fault of the same flat within two weeks of its closing, under a new number', () => {
  const repeats = truth.hiddenRepeats.repeats.filter(clean)
  expect(repeats.length).toBeGreaterThan(8)
  let known = 0
  for (const { request, of: first, linked } of repeats) {
    const [later, earlier] = pair(request, first)
    expect(later.registered.entrance).toBe(earlier.registered.entrance)
    expect(later.registered.riser).toBe(earlier.registered.riser)
    const closed = earlier.events.findLast((event) => event.type === 'request.closed')
    const after = later.registered.occurredAt - (closed?.occurredAt ?? 0)
    expect(after).toBeGreaterThan(0)
    expect(after).toBeLessThanOrEqual(14 * DAY)
    const [one, other] = [later.registered.subjectId, earlier.registered.subjectId]
    if (one && other) {
      known++
      expect(one).toBe(other)
    }
    if (!linked) expect(later.events.map(({ type }) => type)).not.toContain('request.repeat_linked')
  }
  expect(known).toBeGreaterThan(3)
})

test('misdirected requests name whom they concern, and are passed on', () => {
  expect(truth.misdirected.length).toBeGreaterThan(5)
  const organizations = new Set(
    of('organization.registered').map(({ organization }) => organization),
  )
  for (const { request, addressee } of truth.misdirected) {
    const life = requests.get(request)
    if (!life) throw new Error(`${request} is not in the data`)
    expect(firstOf(life, 'request.misdirected')?.addressee).toBe(addressee)
    expect(organizations).toContain(addressee)
  }
})

test('one source delivered nothing for a day, and the whole day at once after it', () => {
  const { source, from, until } = truth.silentSource
  const own = all.filter((event) => event.source === source && isRequestEvent(event))
  expect(own.filter(({ recordedAt }) => recordedAt >= from && recordedAt < until)).toEqual([])
  const late = own.filter(({ occurredAt }) => occurredAt >= from && occurredAt < until)
  expect(late.length).toBeGreaterThan(8)
  for (const { recordedAt } of late) expect(recordedAt).toBeGreaterThan(until)
})

test('a new source was in test mode for its first weeks and told requests then and later', () => {
  const { source, from, until } = truth.testSource
  expect(of('source.test_mode_changed').map((one) => [one.of, one.test, one.occurredAt])).toEqual([
    [source, true, from],
    [source, false, until],
  ])
  const times = lives
    .filter(({ registered }) => registered.source === source)
    .map(({ registered }) => registered.occurredAt)
  expect(Math.min(...times)).toBeGreaterThan(from)
  expect(times.filter((at) => at < until).length).toBeGreaterThan(2)
  expect(times.filter((at) => at >= until).length).toBeGreaterThan(10)
})

test('some addresses match no building; operators found the house of most', () => {
  expect(truth.unaddressed.length).toBeGreaterThan(4)
  for (const { request, building, found } of truth.unaddressed) {
    const life = requests.get(request)
    if (!life || dirty.has(request)) continue
    expect(life.registered.building).toBeUndefined()
    expect(life.registered.place).toMatch(/\d/)
    const resolved = firstOf(life, 'request.address_resolved')
    if (resolved) expect(resolved.building).toBe(building)
    else expect(found && life.registered.occurredAt < END - 2 * DAY).toBe(false)
    const beforeIt = life.events.filter(
      ({ occurredAt }) => occurredAt < (resolved?.occurredAt ?? 0),
    )
    expect(beforeIt.map(({ type }) => type)).toEqual(resolved ? ['request.registered'] : [])
  }
})

test('posts of social networks are messages without a person; an operator confirms some of them', () => {
  const posts = lives.filter(({ registered }) => registered.kind === 'message')
  expect(posts.length).toBeGreaterThan(25)
  for (const { registered } of posts) {
    expect(registered.url).toMatch(/^https:\/\/social\.example\//)
    expect(registered.subjectId).toBeUndefined()
  }
  const confirmed = posts.filter((life) => firstOf(life, 'request.identity_verified'))
  expect(confirmed.length / posts.length).toBeGreaterThan(0.2)
  expect(confirmed.length / posts.length).toBeLessThan(0.6)
})

test('a complaint about a company is never in the hands of that company', () => {
  const complaints = lives.filter(({ registered }) => registered.kind === 'complaint')
  expect(complaints.length).toBeGreaterThan(5)
  for (const { events } of complaints)
    expect(events.filter(({ actor }) => actor?.party === 'organization')).toEqual([])
})

test('questions, advice and proposals have lives without crews, and work has them', () => {
  for (const kind of ['question', 'consultation', 'proposal'] as const) {
    const own = lives.filter(({ registered }) => registered.kind === kind)
    expect(own.length).toBeGreaterThan(3)
    const types = new Set(own.flatMap(({ events }) => events.map(({ type }) => type)))
    for (const type of ['request.assigned', 'request.arrived', 'request.work_done'] as const)
      expect(types).not.toContain(type)
  }
  const works = lives.filter(({ registered }) => registered.kind === 'work_request')
  const assigned = works.flatMap(({ events }) => {
    const at = (type: string) => events.find((event) => event.type === type)?.occurredAt
    const [taken, given] = [at('request.acknowledged'), at('request.assigned')]
    return taken && given ? [given - taken] : []
  })
  expect(assigned.filter((after) => after >= 0 && after <= 10_000).length).toBeGreaterThan(
    assigned.length / 8,
  )
})

test('late events are learned hours after they happened, shuffled ones in another order, and nearly all others at once', () => {
  const { late = [], outOfOrder = [], sentTwice = [] } = truth.dirtyRecords
  expect(late.length).toBeGreaterThan(0)
  for (const number of late) {
    const { events } = requests.get(number) ?? { events: [] }
    for (const { occurredAt, recordedAt } of events)
      expect(recordedAt - occurredAt).toBeGreaterThanOrEqual(2 * HOUR)
  }
  expect(outOfOrder.length + sentTwice.length).toBeGreaterThan(0)
  for (const number of outOfOrder) {
    const { events } = requests.get(number) ?? { events: [] }
    const learned = events.toSorted((a, b) => a.recordedAt - b.recordedAt).map(({ id }) => id)
    if (events.length > 2) expect(learned).not.toEqual(events.map(({ id }) => id))
  }
  const told = all.filter(isRequestEvent)
  const atOnce = told.filter(({ occurredAt, recordedAt }) => occurredAt === recordedAt)
  expect(atOnce.length / told.length).toBeGreaterThan(0.98)
  expect(atOnce.length).toBeLessThan(told.length)
})

test('whoever closes has an account of the company, and a third of works a scan of its own', () => {
  const closings = of('request.closed').filter(({ actor }) => actor?.party === 'organization')
  const accounts = new Set(closings.map(({ actor }) => actor?.id))
  expect(accounts.size).toBeGreaterThan(city.companies.filter(({ houses }) => houses > 0).length)
  const works = of('request.work_done')
  const scans = works.flatMap(({ scan }) => scan ?? [])
  expect(scans.length / works.length).toBeGreaterThan(0.25)
  expect(new Set(scans).size).toBe(scans.length)
})
