import { beforeAll, expect, test } from 'vitest'
import type { DomainEvent } from '#server/contract/events.ts'
import { isRequestEvent } from '#server/contract/events.ts'
import { createCity } from '../city.ts'
import { dueOf } from './reading.ts'

const END = Date.parse('2026-11-18T12:00:00+05:00')
const HOUR = 3_600_000
const DAY = 24 * HOUR
const city = createCity({ preset: 'demo', seed: 7, end: END })

/** What a reader of the log sees of one request. */
interface Seen {
  company: string
  building: string
  emergency: boolean
  category: string
  at: number
  dueAt: number
  accepted?: number
  arrived?: number
  done?: number
  closed?: number
  reopened?: true
  downgraded?: true
  scan?: string
}
const seen = new Map<string, Seen>()
const inspections: DomainEvent[] = []
const holders = new Map<string, { from: number; organization: string | null }[]>()

const holderAt = (building: string, at: number) =>
  holders.get(building)?.findLast(({ from }) => from <= at)?.organization ?? ''

beforeAll(() => {
  const days = [...city.history()].map((day) => day.map(({ event }) => event))
  const all = [city.registry, ...days]
  const struck = new Set<string>()
  for (const day of all)
    for (const event of day) if (event.type === 'building.corrected') struck.add(event.event)
  for (const day of all)
    for (const event of day) {
      if (event.type !== 'tenure.changed' || struck.has(event.id)) continue
      const own = holders.get(event.building) ?? []
      own.push({ from: event.occurredAt, organization: event.organization })
      holders.set(
        event.building,
        own.sort((a, b) => a.from - b.from),
      )
    }
  for (const day of days)
    for (const event of day) {
      if (event.type.startsWith('inspection.')) inspections.push(event)
      if (isRequestEvent(event)) note(event)
    }
}, 120_000)

function note(event: DomainEvent & { request: string }) {
  const { occurredAt: at, request } = event
  if (event.type === 'request.registered') {
    const { building = '', kind, category = '', priority } = event
    if (kind !== 'work_request') return
    const company = holderAt(building, at)
    seen.set(request, {
      company,
      building,
      category,
      at,
      dueAt: dueOf(category, at) ?? 0,
      emergency: priority === 'emergency',
    })
    return
  }
  const one = seen.get(request)
  if (!one) return
  if (event.type === 'request.category_changed') {
    one.category = event.category
    one.dueAt = dueOf(event.category, one.at) ?? 0
  }
  if (event.type === 'request.acknowledged') one.accepted ??= at
  if (event.type === 'request.arrived') one.arrived ??= at
  if (event.type === 'request.work_done') {
    one.done ??= at
    if (event.scan) one.scan ??= event.scan
  }
  if (event.type === 'request.closed') one.closed ??= at
  if (event.type === 'request.reopened') one.reopened = true
  if (event.type === 'request.priority_changed') one.downgraded = true
}

type Planted = { organization: string }
const truth = () =>
  city.truth() as Record<
    'prematureCloser' | 'deadlineCloser' | 'burstCloser' | 'scanReuser' | 'emergencyDowngrader',
    [Planted]
  > & {
    hiddenRepeats: { hider: string; repeats: { request: string; of: string }[] }
    inspections: { organization: string; helped: boolean | null; from: number }[]
    silentDistrict: { district: string }
    growing: Planted
    blameless: string[]
    badCompanies: { organization: string; kind: string; reopenOdds: number; times: number }[]
  }
const worksOf = (organization: string) =>
  [...seen.values()].filter(({ company, done }) => company === organization && done !== undefined)
const share = <T>(items: readonly T[], test: (item: T) => boolean) =>
  items.filter(test).length / Math.max(1, items.length)
/** Of the one company, and the largest of those that do nothing of the sort. */
function beside(organization: string, test: (one: Seen) => boolean, of = (_: Seen) => true) {
  const others = truth()
    .blameless.map((id) => worksOf(id).filter(of))
    .filter((works) => works.length > 300)
    .map((works) => share(works, test))
  expect(others.length).toBeGreaterThan(8)
  return { own: share(worksOf(organization).filter(of), test), others: Math.max(...others) }
}
const ordinary = ({ emergency }: Seen) => !emergency

/** Work of those who play no part, by category. */
const usual = () => Map.groupBy(truth().blameless.flatMap(worksOf), ({ category }) => category)
/** Of one company over those, each category against its own (Mantel and Haenszel 1959). */
function oddsOf(organization: string): number {
  const others = usual()
  let [above, below] = [0, 0]
  for (const [category, own] of Map.groupBy(worksOf(organization), ({ category }) => category)) {
    const rest = others.get(category) ?? []
    const [a, c] = [own, rest].map((works) => works.filter(({ reopened }) => reopened).length)
    const all = own.length + rest.length
    above += ((a ?? 0) * (rest.length - (c ?? 0))) / all
    below += ((own.length - (a ?? 0)) * (c ?? 0)) / all
  }
  return above / below
}
/** Geometric means of the times of emergencies, which no night and no backlog delays. */
function timesOf(organization: string): number {
  const others = usual()
  const log = ({ at, done = 0 }: Seen) => Math.log(done - at)
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const urgent = worksOf(organization).filter(({ emergency }) => emergency)
  const apart = [...Map.groupBy(urgent, ({ category }) => category)].flatMap(([category, own]) => {
    const rest = mean((others.get(category) ?? []).map(log))
    return own.map((one) => log(one) - rest)
  })
  return Math.exp(mean(apart))
}

test('who was planted to be bad is so in the data: half as many odds again of a return, times longer by four tenths', () => {
  const bad = truth().badCompanies.filter(({ kind }) => kind === 'bad')
  expect(bad.map(({ reopenOdds, times }) => [reopenOdds, times])).toEqual([
    [1.5, 1.4],
    [1.5, 1],
    [1, 1.4],
  ])
  for (const { organization, reopenOdds, times } of bad) {
    const [odds, slower] = [oddsOf(organization), timesOf(organization)]
    expect([organization, Math.abs(odds / reopenOdds - 1) < 0.17]).toEqual([organization, true])
    expect([organization, Math.abs(slower / times - 1) < 0.1]).toEqual([organization, true])
  }
})

test('the premature closer declares work done within an hour without a visit, and residents reject it', () => {
  const [{ organization }] = truth().prematureCloser
  const early = ({ accepted = 0, done = 0, arrived }: Seen) =>
    arrived === undefined && done - accepted < HOUR
  const { own, others } = beside(organization, early, ordinary)
  expect(own).toBeGreaterThan(0.25)
  expect(others).toBeLessThan(0.1)
  const sham = worksOf(organization).filter(ordinary).filter(early)
  expect(share(sham, ({ reopened }) => reopened === true)).toBeGreaterThan(0.3)
})

test('the deadline closer closes a third of its work in the last half hour', () => {
  const [{ organization }] = truth().deadlineCloser
  const last = ({ closed = 0, dueAt }: Seen) => closed <= dueAt && dueAt - closed < HOUR / 2
  const { own, others } = beside(organization, last, ordinary)
  expect(own).toBeGreaterThan(0.3)
  expect(others).toBeLessThan(0.05)
})

test('the burst closer enters most of its closings in a few minutes of the evening', () => {
  const [{ organization }] = truth().burstCloser
  const crowded = (works: readonly Seen[]) => {
    const slots = new Map<number, number>()
    for (const { closed = 0 } of works.filter(ordinary))
      slots.set(
        Math.floor(closed / (HOUR / 6)),
        (slots.get(Math.floor(closed / (HOUR / 6))) ?? 0) + 1,
      )
    return [...slots.values()].filter((count) => count >= 5).reduce((sum, count) => sum + count, 0)
  }
  const own = worksOf(organization)
  expect(crowded(own) / own.filter(ordinary).length).toBeGreaterThan(0.5)
  const largest = truth()
    .blameless.map(worksOf)
    .toSorted((a, b) => b.length - a.length)
  for (const works of largest.slice(0, 5).filter((works) => works.length < 5_000))
    expect(crowded(works) / works.length).toBeLessThan(0.1)
})

test('the scan reuser proves hundreds of works with four documents; everybody else has one each', () => {
  const [{ organization }] = truth().scanReuser
  const scans = (works: readonly Seen[]) => works.flatMap(({ scan }) => scan ?? [])
  const own = scans(worksOf(organization))
  const counts = [...Map.groupBy(own, (scan) => scan).values()].map(({ length }) => length)
  expect(counts.filter((count) => count > 50)).toHaveLength(4)
  for (const id of truth().blameless) {
    const theirs = scans(worksOf(id))
    expect(new Set(theirs).size).toBeGreaterThanOrEqual(theirs.length - 1)
  }
})

test('the downgrader calls nearly half of its emergencies ordinary, and nobody else does', () => {
  const [{ organization }] = truth().emergencyDowngrader
  const all = [...seen.values()].filter(({ emergency }) => emergency)
  const [own, others] = [
    all.filter(({ company }) => company === organization),
    all.filter(({ company }) => company !== organization),
  ]
  expect(own.length).toBeGreaterThan(100)
  expect(share(own, ({ downgraded }) => downgraded === true)).toBeGreaterThan(0.3)
  expect(others.filter(({ downgraded }) => downgraded).length).toBeLessThan(5)
})

test('the company that hides repeats opens little again, and its residents call anew', () => {
  const { hider, repeats } = truth().hiddenRepeats
  expect(share(worksOf(hider), ({ reopened }) => reopened === true)).toBeLessThan(0.04)
  const numbers = repeats.filter(({ request }) => seen.get(request)?.company === hider).length
  const rate = numbers / worksOf(hider).length
  const city = repeats.length / seen.size
  expect(rate / city).toBeGreaterThan(5)
})

test('one inspection helped and one did not', () => {
  const slow = (organization: string, from: number, until: number) =>
    share(
      worksOf(organization).filter(({ at, emergency }) => !emergency && at >= from && at < until),
      ({ closed = END, dueAt }) => closed > dueAt,
    )
  const planted = truth().inspections
  for (const helped of [true, false]) {
    const one = planted.find((inspection) => inspection.helped === helped)
    if (!one) throw new Error('it is not planted')
    const { organization, from } = one
    const change =
      slow(organization, from, END - 30 * DAY) / slow(organization, from - 150 * DAY, from)
    if (helped) expect(change).toBeLessThan(0.6)
    else expect(change).toBeGreaterThan(0.75)
    const types = inspections
      .filter(({ id }) => id.includes(`inspection-${organization}:`))
      .map(({ type }) => type)
    expect(types).toEqual(['inspection.ordered', 'inspection.done', 'inspection.released'])
  }
})

test('the silent district tells of half as much as others, but of its emergencies as they do', () => {
  const { district } = truth().silentDistrict
  const flats = new Map<string, number>()
  const of = new Map<string, string>()
  for (const event of city.registry)
    if (event.type === 'building.registered') {
      of.set(event.building, event.district ?? '')
      const sum = flats.get(event.district ?? '') ?? 0
      flats.set(event.district ?? '', sum + (event.apartments ?? 0))
    }
  const rate = (test: (one: Seen) => boolean, inside: boolean) => {
    const here = (id: string | undefined) => (id === district) === inside
    const told = [...seen.values()].filter((one) => here(of.get(one.building)) && test(one))
    let homes = 0
    for (const [id, count] of flats) if (here(id)) homes += count
    return told.length / homes
  }
  expect(rate(ordinary, true) / rate(ordinary, false)).toBeLessThan(0.6)
  const emergencies = ({ emergency }: Seen) => emergency
  expect(rate(emergencies, true) / rate(emergencies, false)).toBeGreaterThan(0.75)
})

test('one company has grown by some three tenths in a year, and one has two houses', () => {
  const held = (organization: string, at: number) =>
    [...holders.keys()].filter((building) => holderAt(building, at) === organization).length
  const { organization } = truth().growing
  const growth = held(organization, END) / held(organization, city.start)
  expect(growth).toBeGreaterThan(1.2)
  expect(growth).toBeLessThan(1.45)
  const two = city.companies.find(({ name }) => name === 'УК Два дома')
  expect([held(two?.id ?? '', city.start), held(two?.id ?? '', END)]).toEqual([2, 2])
})

test('most companies are blameless, and say so in truth', () => {
  const managing = city.companies.filter(({ houses }) => houses > 0)
  expect(truth().blameless.length).toBeGreaterThan(0.75 * managing.length)
  expect(truth().blameless).not.toContain(truth().prematureCloser[0].organization)
})
