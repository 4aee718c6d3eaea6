import type { DomainEvent } from '#server/contract/events.ts'
import { CITY, event } from './city.ts'

export const LEAKY_NOW = Date.parse('2026-11-21T18:00:00+05:00')
const START = Date.parse('2025-12-01T00:00:00+05:00')
const HOUR = 3_600_000
const YEAR_HOURS = 330 * 24
/** Houses do not call at the same hour: no day is silent. */
const laterBy = (building: string) =>
  Array.from(building).reduce((sum, letter) => sum * 7 + 13 * letter.charCodeAt(0), 0) % 66

/** So many leaks in a house, evenly over eleven months, of which every `every`-th comes back two days after it was closed. */
export const leaks = (building: string, count: number, every: number): DomainEvent[] =>
  Array.from({ length: count }, (_, i) => {
    const request = `${building}-${i}`
    const at = START + (laterBy(building) + Math.floor((i * YEAR_HOURS) / count)) * HOUR
    return [
      event('request.registered', at, {
        request,
        building,
        category: 'leak',
        channel: 'phone',
        priority: 'ordinary',
        // Complaints, each for itself: work requests of one house and day would be one incident.
        kind: 'complaint',
      }),
      event('request.closed', at + 5 * HOUR, { request }),
      ...(i % every === 0 ? [event('request.reopened', at + 53 * HOUR, { request })] : []),
      ...(i % every === 0 ? [event('request.closed', at + 60 * HOUR, { request })] : []),
    ]
  }).flat()

const house = (building: string, organization: string): DomainEvent[] => [
  event('building.registered', 0, { building, address: { ru: building }, year: 1975 }),
  event('tenure.changed', 0, { building, organization }),
]

/**
 * From December 2025 to October 2026 «УК Северный ветер» takes back every third of 150 leaks, fifty in each of three houses of
 * 1975; twenty-five other companies every tenth of 120, each in one house of 1975; «ТСЖ Садовое» every third of 30 in b-8 of 1995.
 */
export const LEAKY_CITY: readonly DomainEvent[] = [
  ...CITY.filter(({ type }) => !type.startsWith('request.')),
  ...Array.from({ length: 25 }, (_, i) => [
    event('organization.registered', 0, {
      ...{ organization: `o-${i}`, name: `o-${i}`, kind: 'uk' as const },
    }),
    ...house(`h-${i}`, `o-${i}`),
    ...leaks(`h-${i}`, 120, 10),
  ]).flat(),
  ...['s-1', 's-2', 's-3'].flatMap((name) => [...house(name, 'sever'), ...leaks(name, 50, 3)]),
  ...leaks('b-8', 30, 3),
]
