import { type Filter, IS_WORDS, type IsWord, TEST_CHOICES } from '#server/contract/filter.ts'
import {
  CHANNELS,
  KINDS,
  markBit,
  OUTCOMES,
  PRIORITIES,
  STATES,
} from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import { IS } from '#server/metrics.ts'
import type { Params } from './engine.ts'

const MINUTE = 60_000
const list = (name: string, value = name) => ({
  name,
  text: `(len($${name}) = 0 OR list_contains($${name}, ${value}))`,
  restricts: (params: Params) => (params[name] as readonly unknown[] | undefined)?.length !== 0,
})
const flag = (name: string, condition: string) => ({
  name,
  text: `($${name} = 0 OR ${condition})`,
  restricts: (params: Params) => params[name] !== 0,
})
/** `closedByDue` is asked for by the parameter `isClosedByDue`. */
const nameOf = (word: IsWord) => `is${word.charAt(0).toUpperCase()}${word.slice(1)}`
/** Local days before and after all others. */
export const NO_FROM = -1_000_000
export const NO_TO = 1_000_000

const CONDITIONS = [
  {
    name: 'from',
    text: 'registered_on >= $from',
    restricts: (params: Params) => params.from !== NO_FROM,
  },
  {
    name: 'to',
    text: 'registered_on < $to',
    restricts: (params: Params) => params.to !== NO_TO,
  },
  list('district'),
  list('organization'),
  list('contractor'),
  list('about'),
  list('building'),
  list('category'),
  list('channel'),
  list('priority'),
  list('kind'),
  list('state'),
  list('outcome'),
  list('source'),
  list('account'),
  list('scan'),
  list('hour', 'registered_hour'),
  list('closedMinute', 'first_closed_minute % 60'),
  list('closedIn', `first_closed_at // ${MINUTE}`),
  flag('marks', '(marks & $marks) <> 0'),
  {
    name: 'norm',
    text: `(len($norm) = 0 OR list_has_any(string_split(norms, ' '), $norm))`,
    restricts: (params: Params) => (params.norm as readonly string[] | undefined)?.length !== 0,
  },
  ...IS_WORDS.map((word) => flag(nameOf(word), IS[word])),
]
const COUNTED = `($test = ${TEST_CHOICES.indexOf('with')} OR test = ($test = ${TEST_CHOICES.indexOf('only')}))`
const COUNTED_AS = ['test = false', 'true', 'test = true']
const within = (conditions: readonly { text: string }[], counted = COUNTED) =>
  [counted, ...conditions.map(({ text }) => text)].join('\n  AND ')

/**
 * Rows of `request` that a filter lets through; parameters come from bindFilter. An empty list restricts nothing; an id
 * that the registry does not know becomes key -1 and matches nothing, so a mistyped filter never widens an answer.
 */
export const WITHIN_FILTER = within(CONDITIONS)

/** The same question without the conditions that these values make true for every row: twenty of them cost more than the count. */
export const onlyRestricting = (sql: string, params: Params): string =>
  sql.includes(WITHIN_FILTER)
    ? sql.replaceAll(
        WITHIN_FILTER,
        within(
          CONDITIONS.filter(({ restricts }) => restricts(params)),
          COUNTED_AS[Number(params.test)],
        ),
      )
    : sql

/** Each condition by which these values leave a row out, by the name of its parameter. */
export const restricting = (params: Params): { name: string; text: string }[] => [
  { name: 'test', text: COUNTED_AS[Number(params.test)] ?? 'true' },
  ...CONDITIONS.filter(({ restricts }) => restricts(params)),
]

const positions = (words: readonly string[], all: readonly string[]) =>
  words.map((word) => all.indexOf(word))

/** Minutes since 1970 of `2026-03-02T12:34Z`, or the ten of `2026-03-02T12:30Z/PT10M`. */
function minutesIn(time: string): number[] {
  const [start = '', length] = time.split('/')
  const first = Math.floor(Date.parse(start) / MINUTE)
  return Array.from({ length: length ? 10 : 1 }, (_, i) => first + i)
}

/** Days since 1970-01-01 of a local date `YYYY-MM-DD`. */
export const dayOf = (date: string) => Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000)

/** Values for WITHIN_FILTER; `now` is UTC epoch milliseconds, cut to the minute so that answers can be shared; a filter's own cut stands in its place. */
export function bindFilter(filter: Filter, registry: Registry, now: number): Params {
  const keys = (ids: readonly string[], find: (id: string) => { key: number } | undefined) =>
    ids.map((id) => find(id)?.key ?? -1)
  return {
    from: filter.from ? dayOf(filter.from) : NO_FROM,
    to: filter.to ? dayOf(filter.to) : NO_TO,
    district: keys(filter.district, (id) => registry.districtById(id)),
    organization: keys(filter.organization, (id) => registry.organizationById(id)),
    about: keys(filter.about, (id) => registry.organizationById(id)),
    contractor: keys(filter.contractor, (id) => registry.organizationById(id)),
    building: keys(filter.building, (id) => registry.buildingById(id)),
    category: keys(filter.category, (id) => registry.categoryById(id)),
    channel: positions(filter.channel, CHANNELS),
    priority: positions(filter.priority, PRIORITIES),
    kind: positions(filter.kind, KINDS),
    state: positions(filter.state, STATES),
    outcome: positions(filter.outcome, OUTCOMES),
    source: filter.source,
    account: filter.account.map(Number),
    scan: filter.scan,
    hour: (filter.hour ?? []).map(Number),
    closedMinute: filter.closedMinute.map(Number),
    closedIn: filter.closedIn.flatMap(minutesIn),
    test: TEST_CHOICES.indexOf(filter.test ?? 'without'),
    marks: filter.mark.reduce((bits, mark) => bits | markBit(mark), 0),
    norm: filter.norm,
    ...Object.fromEntries(IS_WORDS.map((word) => [nameOf(word), filter.is.includes(word) ? 1 : 0])),
    now: filter.cut ? Date.parse(filter.cut) : minuteOf(now),
  }
}

/** The minute that contains an instant. Every question and the board take the same minute, so that their numbers agree. */
export const minuteOf = (now: number) => Math.floor(now / MINUTE) * MINUTE
