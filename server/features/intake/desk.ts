import type { DeskQueue } from '#server/contract/desk.ts'
import {
  CHANNELS,
  type Channel,
  KINDS,
  type Kind,
  type Words,
} from '#server/contract/vocabulary.ts'
import { isKeeper, properAddressee } from '#server/domain/addressees.ts'
import { distance } from '#server/domain/distance.ts'
import type { Registry } from '#server/domain/registry.ts'
import { wilson } from '#server/stats/proportion.ts'
import { ask } from '#server/store/ask.ts'
import { minuteOf, NO_FROM, NO_TO } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { COUNTS, type DeskFacts, MISDIRECTED_SHARES, queueQuestion, UNMATCHED } from './queries.ts'

type Asked = Pick<Context, 'engine' | 'registry' | 'log' | 'now'>
const DAY = 86_400_000
export const WINDOW_DAYS = 90
const RECENT_DAYS = 31
/** A person works from the top; what is beyond shows when the top is done. */
const ON_SCREEN = 100

interface Named {
  id: string
  name: string
}
export interface Suggestion {
  building: string
  address: Words
  /** In [0, 1]. */
  score: number
  /** Metres from the point that the source gave; null where it gave none. */
  metres: number | null
  lon: number | null
  lat: number | null
}
export interface DeskLine {
  number: string
  registeredAt: number
  acknowledgedAt: number | null
  source: string | null
  channel: Channel
  kind: Kind
  category: Words | null
  building: { id: string; address: Words } | null
  organization: Named | null
  /** The organization that a complaint is about. */
  about: Named | null
  place: string | null
  /** The id of a house that the source gave and nobody knows. */
  unknownHouse: string | null
  lon: number | null
  lat: number | null
  /** Where a post of a social network stands. */
  url: string | null
  /** Houses that the address may mean, best first. */
  suggestions: Suggestion[]
  /** Whom it should have been sent to, and whether a person or the rule of its category says so. */
  addressee: (Named & { by: 'person' | 'category' }) | null
}

/** What the misdirected queue compares: categories that belong to somebody else, and companies that look after houses. */
const bounds = (registry: Registry) => {
  const organizations = [...registry.organizations()]
  const keepers = organizations.filter(isKeeper)
  return {
    foreign: [...registry.categories()]
      .filter((category) => properAddressee(category, organizations))
      .map(({ key }) => key),
    keepers: keepers.map(({ key }) => key),
    keeperIds: keepers.map(({ id }) => id),
  }
}

const NOTHING = { complaints: 0, unattended: 0, addresses: 0, messages: 0, misdirected: 0 }

/** Every page asks after every change: what is older than a month is counted again only where something of it changed. */
export async function deskCounts({ engine, registry, now }: Asked) {
  const recent = Math.floor(now() / DAY) - RECENT_DAYS
  const count = (days: { from: number; to: number }) =>
    ask(engine, COUNTS, { ...bounds(registry), ...days })
  const [[older = NOTHING], [newer = NOTHING]] = await Promise.all([
    count({ from: NO_FROM, to: recent }),
    count({ from: recent, to: NO_TO }),
  ])
  return {
    complaints: older.complaints + newer.complaints,
    unattended: older.unattended + newer.unattended,
    addresses: older.addresses + newer.addresses,
    messages: older.messages + newer.messages,
    misdirected: older.misdirected + newer.misdirected,
  }
}

export async function deskQueue(context: Asked, queue: DeskQueue, limit = ON_SCREEN) {
  const { engine, registry, log, now } = context
  const params = { limit, ...(queue === 'misdirected' && bounds(registry)) }
  const rows = await ask(engine, queueQuestion(queue), params)
  const urlOf = (request: number) => {
    if (queue !== 'messages') return null
    const event = log.stream(request).find((told) => told.type === 'request.registered')
    return event?.url ?? null
  }
  return {
    rows: rows.map((row) => lineOf(row, queue, registry, urlOf(row.request))),
    now: minuteOf(now()),
  }
}

function lineOf(
  row: DeskFacts,
  queue: DeskQueue,
  registry: Registry,
  url: string | null,
): DeskLine {
  const named = (key: number): Named | null => {
    const found = registry.organization(key)
    return found ? { id: found.id, name: found.name } : null
  }
  const building = registry.building(row.building)
  return {
    number: row.number,
    registeredAt: row.registered_at,
    acknowledgedAt: row.acknowledged_at,
    source: row.source,
    channel: CHANNELS[row.channel] ?? 'unknown',
    kind: KINDS[row.kind] ?? 'work_request',
    category: registry.category(row.category)?.name ?? null,
    building: building ? { id: building.id, address: building.address } : null,
    organization: named(row.current_organization),
    about: named(row.about),
    place: row.place,
    unknownHouse: row.building_ref,
    lon: row.lon,
    lat: row.lat,
    url,
    suggestions: queue === 'addresses' ? suggestionsOf(row, registry) : [],
    addressee: queue === 'misdirected' ? addresseeOf(row, registry) : null,
  }
}

function suggestionsOf({ place, lon, lat }: DeskFacts, registry: Registry): Suggestion[] {
  if (place === null) return []
  return registry.addressed(place).suggestions.flatMap(({ building: key, score }) => {
    const building = registry.building(key)
    if (!building) return []
    const placed = lon !== null && lat !== null && building.lon !== null && building.lat !== null
    return [
      {
        building: building.id,
        address: building.address,
        score,
        metres: placed
          ? Math.round(distance([lon, lat], [building.lon as number, building.lat as number]))
          : null,
        lon: building.lon,
        lat: building.lat,
      },
    ]
  })
}

function addresseeOf(row: DeskFacts, registry: Registry): DeskLine['addressee'] {
  const told = row.addressee === null ? undefined : registry.organizationById(row.addressee)
  if (told) return { id: told.id, name: told.name, by: 'person' }
  const proper = properAddressee(registry.category(row.category), registry.organizations())
  return proper ? { id: proper.id, name: proper.name, by: 'category' } : null
}

interface Rate {
  n: number
  cases: number
  lower: number
  upper: number
}
const rateOf = (cases: number, n: number): Rate => {
  const [lower, upper] = wilson(cases, n)
  return { n, cases, lower, upper }
}

/** How often requests stand without a house, by source, and how often requests were sent to the wrong one, by channel. */
export async function deskRates({ engine, now }: Asked) {
  const until = Math.floor(now() / DAY) * DAY + DAY
  const since = until - 2 * WINDOW_DAYS * DAY
  const middle = until - WINDOW_DAYS * DAY
  const [unmatched, misdirected] = await Promise.all([
    ask(engine, UNMATCHED, { since: middle }),
    ask(engine, MISDIRECTED_SHARES, { since, middle, until }),
  ])
  return {
    days: WINDOW_DAYS,
    unmatched: unmatched.map(({ source, n, unmatched }) => ({ source, ...rateOf(unmatched, n) })),
    misdirected: misdirected.map((row) => ({
      channel: CHANNELS[row.channel] ?? 'unknown',
      ...rateOf(row.misdirected, row.n),
      before: rateOf(row.before, row.before_n),
    })),
  }
}
