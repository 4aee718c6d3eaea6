import type { RequestSort } from '#server/contract/requests.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Params } from '#server/store/engine.ts'
import { WITHIN_FILTER } from '#server/store/within.ts'

/**
 * What rows are ordered by: a column of `request`, or a name that the registry knows. `registered_on` leads where local
 * days are counted, so that the order of days and the order of instants are one order.
 */
const COLUMN: Record<RequestSort, string> = {
  registeredAt: 'registered_at',
  dueAt: 'due_at',
  // Of open ones; what is closed has no time left.
  remaining: 'CASE WHEN closed_at IS NULL THEN due_at END',
  closedAt: 'closed_at',
  address: 'building',
  district: 'district',
  category: 'category',
  responsibleNow: 'current_organization',
  channel: 'channel',
  priority: 'priority',
  state: 'state',
  reopenings: 'reopenings',
}

/** Joined to put names in the order of the reader's language. */
const RANKS = `LEFT JOIN (SELECT unnest($rankedKeys) AS ranked, unnest($ranks) AS rank) AS names
      ON names.ranked = within.sorted`
const ADDRESSES = `LEFT JOIN (SELECT building AS known, address AS rank FROM building) AS names
      ON names.known = within.sorted`

/**
 * Registered more than a day from now: a source's slip of the pen. It counts, it is marked (`future_time`), and it does not stand
 * above what really came last: by registration it comes after everything else, in both directions.
 */
const AHEAD = 'registered_at > $now + 86400000'
export const PAST = `NOT (${AHEAD})`
const WHOSE = { past: PAST, ahead: AHEAD } as const

/**
 * Keys of the requests that a filter lets through, in order; what has no value comes last, and the key settles ties. By
 * registration the order has two parts, asked one after the other.
 */
export function keysInOrder(
  sort: RequestSort,
  descending: boolean,
  part: keyof typeof WHOSE = 'past',
): string {
  const way = descending ? 'DESC' : 'ASC'
  const column = COLUMN[sort]
  if (sort === 'registeredAt')
    return `
    SELECT request
    FROM request
    WHERE ${WITHIN_FILTER} AND ${WHOSE[part]}
    ORDER BY registered_on ${way}, registered_at ${way}, request ${way}`
  const ranked = isNamed(sort) ? RANKS : sort === 'address' ? ADDRESSES : ''
  return `
    SELECT within.request AS request
    FROM (SELECT request, ${column} AS sorted FROM request WHERE ${WITHIN_FILTER}) AS within
    ${ranked}
    ORDER BY ${ranked ? 'names.rank' : 'within.sorted'} ${way} NULLS LAST, within.request ${way}`
}

const NAMED = ['district', 'category', 'responsibleNow'] as const
type NamedSort = (typeof NAMED)[number]
export const isNamed = (sort: RequestSort): sort is NamedSort =>
  (NAMED as readonly string[]).includes(sort)

/** The parameters of keysInOrder beside those of the filter. */
export function ranksOf(sort: RequestSort, registry: Registry, language: Language): Params {
  if (!isNamed(sort)) return {}
  const names = new Map<number, string>()
  if (sort === 'district')
    for (const district of registry.districts())
      names.set(district.key, inLanguage(district.name, language))
  else if (sort === 'category')
    for (const category of registry.categories())
      names.set(category.key, inLanguage(category.name, language))
  else
    for (const organization of registry.organizations())
      names.set(organization.key, organization.name)
  const { compare } = new Intl.Collator(language, { numeric: true })
  const ordered = [...names].sort((a, b) => compare(a[1], b[1]) || a[0] - b[0])
  return { rankedKeys: ordered.map(([key]) => key), ranks: ordered.map((_, rank) => rank) }
}
