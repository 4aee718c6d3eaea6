import type { Filter } from '#server/contract/filter.ts'
import {
  CHANNELS,
  KINDS,
  markBit,
  OUTCOMES,
  PRIORITIES,
  STATES,
} from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import { DUE, LATE, MATURE, OVERDUE, RETURNED } from '#server/metrics.ts'
import type { Params } from './engine.ts'

/**
 * Rows of `request` that a filter lets through; parameters come from bindFilter. An empty list restricts nothing; an id
 * that the registry does not know becomes key -1 and matches nothing, so a mistyped filter never widens an answer.
 */
export const WITHIN_FILTER = `
  test = false
  AND registered_on >= $from AND registered_on < $to
  AND (len($district) = 0 OR list_contains($district, district))
  AND (len($organization) = 0 OR list_contains($organization, organization))
  AND (len($building) = 0 OR list_contains($building, building))
  AND (len($category) = 0 OR list_contains($category, category))
  AND (len($channel) = 0 OR list_contains($channel, channel))
  AND (len($priority) = 0 OR list_contains($priority, priority))
  AND (len($kind) = 0 OR list_contains($kind, kind))
  AND (len($state) = 0 OR list_contains($state, state))
  AND (len($outcome) = 0 OR list_contains($outcome, outcome))
  AND ($marks = 0 OR (marks & $marks) <> 0)
  AND ($isOpen = 0 OR closed_at IS NULL)
  AND ($isClosed = 0 OR closed_at IS NOT NULL)
  AND ($isOverdue = 0 OR ${OVERDUE})
  AND ($isLate = 0 OR ${LATE})
  AND ($isDue = 0 OR ${DUE})
  AND ($isMature = 0 OR ${MATURE})
  AND ($isReturned = 0 OR ${RETURNED})
  AND ($isReopened = 0 OR reopenings > 0)
  AND ($isMarked = 0 OR marks <> 0)
  AND ($isTransferred = 0 OR transfers > 0)`

const positions = (words: readonly string[], all: readonly string[]) =>
  words.map((word) => all.indexOf(word))

/** Days since 1970-01-01 of a local date `YYYY-MM-DD`. */
export const dayOf = (date: string) => Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000)

/** Values for WITHIN_FILTER; `now` is UTC epoch milliseconds, cut to the minute so that answers can be shared; a filter's own cut stands in its place. */
export function bindFilter(filter: Filter, registry: Registry, now: number): Params {
  const keys = (ids: readonly string[], find: (id: string) => { key: number } | undefined) =>
    ids.map((id) => find(id)?.key ?? -1)
  const is = (word: Filter['is'][number]) => (filter.is.includes(word) ? 1 : 0)
  return {
    from: filter.from ? dayOf(filter.from) : -1_000_000,
    to: filter.to ? dayOf(filter.to) : 1_000_000,
    district: keys(filter.district, (id) => registry.districtById(id)),
    organization: keys(filter.organization, (id) => registry.organizationById(id)),
    building: keys(filter.building, (id) => registry.buildingById(id)),
    category: keys(filter.category, (id) => registry.categoryById(id)),
    channel: positions(filter.channel, CHANNELS),
    priority: positions(filter.priority, PRIORITIES),
    kind: positions(filter.kind, KINDS),
    state: positions(filter.state, STATES),
    outcome: positions(filter.outcome, OUTCOMES),
    marks: filter.mark.reduce((bits, mark) => bits | markBit(mark), 0),
    isOpen: is('open'),
    isClosed: is('closed'),
    isOverdue: is('overdue'),
    isLate: is('late'),
    isReopened: is('reopened'),
    isMarked: is('marked'),
    isTransferred: is('transferred'),
    isDue: is('due'),
    isMature: is('mature'),
    isReturned: is('returned'),
    now: filter.cut ? Date.parse(filter.cut) : minuteOf(now),
  }
}

/** The minute that contains an instant. Every question and the board take the same minute, so that their numbers agree. */
export const minuteOf = (now: number) => Math.floor(now / 60_000) * 60_000
