import type { DomainEvent } from '#server/contract/events.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** Noon of the day of the outage, in Almaty. */
export const NOON = Date.parse('2026-02-10T12:00:00+05:00')
const HISTORY_DAYS = 40
const ACROSS = 10
const HOUSES = 60
/** A hundred metres at this latitude. */
const STEP = { lon: 0.00137, lat: 0.0009 }

export const house = (n: number) => `b-${n}`
let told = 0
const event = (type: string, occurredAt: number, body: object): DomainEvent =>
  ({ id: `t:${++told}`, source: '109', type, occurredAt, ...body }) as DomainEvent

/** One call about cold radiators, or about another category, from an apartment of its own. */
export const calling = (request: string, n: number, at: number, more: object = {}): DomainEvent =>
  event('request.registered', at, {
    ...{ request, building: house(n), category: 'heat', subjectId: `p-${request}` },
    ...more,
  })

/**
 * Sixty houses, ten in a row, a hundred metres apart, and forty days in which six call about cold radiators a day, now here and now
 * there, and three about hot water; nobody on the morning of the outage. Houses 0 to 3 and 10 to 13 are one corner of it, on one heating point.
 */
export function quietCity(): DomainEvent[] {
  const start = NOON - HISTORY_DAYS * DAY
  const houses = Array.from({ length: HOUSES }, (_, n) =>
    event('building.registered', start, {
      building: house(n),
      address: { ru: `Тестовая, ${n + 1}`, kk: `Сынақ, ${n + 1}` },
      lon: 71.4 + (n % ACROSS) * STEP.lon * 3,
      lat: 51.1 + Math.floor(n / ACROSS) * STEP.lat,
      apartments: 100,
      heatingPoint: n % ACROSS < 5 ? 'ЦТП-1' : 'ЦТП-2',
    }),
  )
  const calls = Array.from({ length: HISTORY_DAYS }, (_, day) =>
    Array.from({ length: 9 }, (_, nth) => {
      const at = start + day * DAY + (nth * 83 + day * 37) * MINUTE - 5 * HOUR
      const n = (day * 17 + nth * 23) % HOUSES
      return calling(`0-${day}-${nth}`, n, at, { category: nth < 6 ? 'heat' : 'hot' })
    }),
  )
  return [
    ...houses,
    event('category.registered', start, { category: 'heat', name: { ru: 'Холодные батареи' } }),
    event('category.registered', start, { category: 'hot', name: { ru: 'Нет горячей воды' } }),
    event('category.registered', start, { category: 'door', name: { ru: 'Входная дверь' } }),
    event('organization.registered', start, {
      ...{ organization: 's-heat', name: 'Тест-Тепло', kind: 'supplier' },
    }),
    ...calls.flat().filter(({ occurredAt }) => occurredAt < NOON - 6 * HOUR),
  ].sort((a, b) => a.occurredAt - b.occurredAt)
}

/** The corner goes cold at noon: eight apartments of six houses call within twenty minutes. */
export const coldCorner = (at = NOON): DomainEvent[] =>
  [0, 1, 10, 11, 0, 2, 12, 1].map((n, nth) =>
    calling(`1-${nth + 1}`, n, at + (nth * 2 + 1) * MINUTE),
  )
