import * as z from 'zod/mini'
import { Filter, LIST_FIELDS } from '#server/contract/filter.ts'
import { inLanguage, type Language } from '#server/contract/vocabulary.ts'
import { type Context, Refusal } from '#server/trpc.ts'
import { instantText } from './city-text.ts'
import { DOMAIN_WORDS, EXPORT_WORDS } from './words.ts'

/**
 * A filter as a person reads it: `Район: Заводской, Приречный; Только: просроченные`. An id that nobody knows is shown as it is; an
 * instant is the city's.
 */
export function filterInWords(
  filter: Filter,
  { registry, city }: Pick<Context, 'registry' | 'city'>,
  language: Language,
): string {
  const words = DOMAIN_WORDS[language]
  const named: Record<keyof Filter, readonly string[]> = {
    from: filter.from ? [filter.from] : [],
    to: filter.to ? [filter.to] : [],
    district: filter.district.map((id) => name(registry.districtById(id)?.name, id)),
    organization: filter.organization.map((id) => registry.organizationById(id)?.name ?? id),
    about: filter.about.map((id) => registry.organizationById(id)?.name ?? id),
    contractor: filter.contractor.map((id) => registry.organizationById(id)?.name ?? id),
    building: filter.building.map((id) => name(registry.buildingById(id)?.address, id)),
    category: filter.category.map((id) => name(registry.categoryById(id)?.name, id)),
    channel: filter.channel.map((word) => words.channel[word]),
    priority: filter.priority.map((word) => words.priority[word]),
    kind: filter.kind.map((word) => words.kind[word]),
    state: filter.state.map((word) => words.state[word]),
    outcome: filter.outcome.map((word) => words.outcome[word]),
    mark: filter.mark.map((word) => words.mark[word]),
    account: filter.account,
    scan: filter.scan,
    hour: (filter.hour ?? []).map((hour) => `${hour}–${Number(hour) + 1}`),
    closedMinute: filter.closedMinute,
    closedIn: filter.closedIn,
    norm: filter.norm,
    source: filter.source,
    test: !filter.test || filter.test === 'without' ? [] : [words.test[filter.test]],
    is: filter.is.map((word) => words.is[word]),
    cut: filter.cut ? [instantText(city.zone)(Date.parse(filter.cut))] : [],
  }
  function name(words: Parameters<typeof inLanguage>[0] | undefined, id: string) {
    return (words && inLanguage(words, language)) || id
  }
  const parts = Object.entries(named)
    .filter(([, values]) => values.length > 0)
    .map(([field, values]) => `${words.field[field as keyof Filter]}: ${values.join(', ')}`)
  return parts.length > 0 ? parts.join('; ') : EXPORT_WORDS[language].everything
}

/** Of every file; and what the address of a page says of its looks alone. */
const OF_A_FILE = ['lang', 'raw']
const OF_A_PAGE = ['cols', 'tab', 'of']

/** A parameter that nobody knows, such as a filter misspelt, would answer more than was asked for. Throws a Refusal that names it and those that there are. */
export function refuseUnknown(search: URLSearchParams, known: readonly string[]): void {
  const unknown = [...new Set(search.keys())].find(
    (name) => !known.includes(name) && !OF_A_FILE.includes(name) && !OF_A_PAGE.includes(name),
  )
  if (unknown !== undefined)
    throw new Refusal(
      'BAD_REQUEST',
      `the address says something unknown: ${unknown.slice(0, 64)}; there are ${[...known, ...OF_A_FILE].join(', ')}`,
    )
}

const NEEDED: Readonly<Record<string, string>> = {
  id: "the organization's id",
  at: 'the instant at which the interval begins, such as 2026-01-10T10:00:00Z',
  to: 'the instant at which the interval ends, such as 2026-01-12T10:00:00Z',
}

const LISTS = new Set<string>(LIST_FIELDS)

/** The search part of an address as a page writes it (web/lib/address.ts): lists are repeated, fields of the filter are text, others are JSON where they are JSON. Throws a Refusal that names the field. */
export function readFilter<Schema extends z.ZodMiniObject>(
  schema: Schema,
  search: URLSearchParams,
): z.output<Schema> {
  refuseUnknown(search, Object.keys(schema.shape))
  const values = [...new Set(search.keys())].map((name) => {
    const value = search.get(name) ?? ''
    if (!Object.hasOwn(Filter.shape, name)) return [name, fromJson(value)]
    return [name, LISTS.has(name) ? search.getAll(name) : value]
  })
  const read = z.safeParse(schema, Object.fromEntries(values))
  if (read.success) return read.data
  const [fault] = read.error.issues
  const field = String(fault?.path[0])
  if (fault && !search.has(field))
    throw new Refusal('BAD_REQUEST', `${field} is needed: ${NEEDED[field] ?? fault.message}`)
  throw new Refusal(
    'BAD_REQUEST',
    `the address says something unknown: ${fault?.path.join('.')}: ${fault?.message}`,
  )
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
