import { beforeAll, expect, test } from 'vitest'
import { isRequestEvent } from '#server/contract/events.ts'
import { FAULT_BITS } from '#server/contract/vocabulary.ts'
import { foldRequest } from '#server/domain/lifecycle.ts'
import type { RequestState } from '#server/domain/request-state.ts'
import { createCity } from './city.ts'
import { dueOf } from './stories/reading.ts'

const END = Date.parse('2026-11-18T12:00:00+05:00')
const DAY = 86_400_000
const city = createCity({ preset: 'demo', seed: 7, end: END })
const states: RequestState[] = []
let events = 0

/** Requests of the demo city, folded a few at a time: each whole before it is forgotten. */
beforeAll(() => {
  const streams = new Map<string, Parameters<typeof foldRequest>[0][number][]>()
  for (const day of city.history())
    for (const { event } of day) {
      events++
      if (!isRequestEvent(event)) continue
      const stream = streams.get(event.request) ?? []
      stream.push({ ...event, seq: events, recordedAt: END })
      streams.set(event.request, stream)
    }
  for (const stream of streams.values()) {
    const state = foldRequest(stream)
    if (state && (state.marks & FAULT_BITS) === 0)
      states.push({ ...state, dueAt: state.dueAt ?? dueOf(state.category, state.registeredAt) })
  }
}, 120_000)

const share = (part: readonly unknown[], whole: readonly unknown[]) => part.length / whole.length
const between = (value: number, low: number, high: number) => {
  expect(value).toBeGreaterThan(low)
  expect(value).toBeLessThan(high)
}

test('the demo city has the size it promises', () => {
  between(states.length, 125_000, 135_000)
  between(events / states.length, 6, 7)
  expect(city.place.houses).toHaveLength(1200)
  expect(city.companies).toHaveLength(60)
})

test('about a thousand requests are open, a tenth of them overdue, and few emergencies', () => {
  const open = states.filter(({ outcome }) => outcome === 'open')
  const overdue = open.filter(({ dueAt }) => dueAt !== null && dueAt < END)
  between(open.length, 900, 1_400)
  between(share(overdue, open), 0.04, 0.13)
  const emergencies = open.filter(({ priority }) => priority === 'emergency')
  between(emergencies.length, 0, 30)
  expect(
    emergencies.filter(({ dueAt }) => dueAt !== null && dueAt < END).length,
  ).toBeLessThanOrEqual(4)
})

test('five of six are closed in time, one of twelve is opened again, half are confirmed', () => {
  const due = states.filter(({ dueAt }) => dueAt !== null && dueAt < END)
  const inTime = due.filter(({ closedAt, dueAt }) => closedAt !== null && closedAt <= (dueAt ?? 0))
  between(share(inTime, due), 0.78, 0.87)
  const mature = states.filter(
    ({ workDoneAt, firstClosedAt }) =>
      workDoneAt !== null && (firstClosedAt ?? END) < END - 14 * DAY,
  )
  between(
    share(
      mature.filter(({ reopenings }) => reopenings > 0),
      mature,
    ),
    0.07,
    0.1,
  )
  between(
    share(
      mature.filter(({ outcome }) => outcome === 'confirmed'),
      mature,
    ),
    0.45,
    0.6,
  )
})

test('the companies that truth calls bad are so in the data, and the good one is', () => {
  const { badCompanies } = city.truth() as {
    badCompanies: {
      organization: string
      kind: 'bad' | 'good'
      reopenOdds: number
      times: number
    }[]
  }
  const holderOf = new Map(
    city.place.houses.map(({ id }, i) => [id, city.tenures[i]?.[0]?.company ?? -1]),
  )
  const closed = states.filter(
    ({ firstClosedAt, workDoneAt }) => workDoneAt !== null && firstClosedAt !== null,
  )
  // Companies differ in what they are asked to mend: expected is what the city reopens in the same categories.
  const rates = new Map<string, { reopened: number; all: number }>()
  for (const { category, reopenings } of closed) {
    const rate = rates.get(category ?? '') ?? { reopened: 0, all: 0 }
    rate.all++
    if (reopenings > 0) rate.reopened++
    rates.set(category ?? '', rate)
  }
  const reopenedOverExpected = (of: readonly RequestState[]) => {
    let expected = 0
    for (const { category } of of) {
      const { reopened, all } = rates.get(category ?? '') ?? { reopened: 0, all: 1 }
      expected += reopened / all
    }
    return of.filter(({ reopenings }) => reopenings > 0).length / expected
  }
  const late = (of: readonly RequestState[]) =>
    share(
      of.filter(({ closedAt, dueAt }) => (closedAt ?? END) > (dueAt ?? END)),
      of,
    )
  expect(badCompanies.filter(({ kind }) => kind === 'bad')).toHaveLength(3)
  for (const { organization, reopenOdds, times } of badCompanies) {
    const company = city.companies.findIndex(({ id }) => id === organization)
    const own = closed.filter(({ building }) => holderOf.get(building ?? '') === company)
    expect(own.length).toBeGreaterThan(400)
    if (reopenOdds > 1) expect(reopenedOverExpected(own)).toBeGreaterThan(1.2)
    if (reopenOdds < 1) expect(reopenedOverExpected(own)).toBeLessThan(0.75)
    if (times > 1) expect(late(own) / late(closed)).toBeGreaterThan(1.2)
  }
})

test('requests are passed on when a house changes hands, and mornings are busier than nights', () => {
  expect(states.filter(({ transfers }) => transfers > 0).length).toBeGreaterThan(10)
  const hours = (from: number, to: number) =>
    states.filter(({ registeredAt }) => {
      const hour = ((registeredAt + 5 * 3_600_000) % DAY) / 3_600_000
      return hour >= from && hour < to
    }).length
  expect(hours(9, 12)).toBeGreaterThan(8 * hours(1, 4))
})
