import type { Filter } from '#server/contract/filter.ts'
import type { Judged } from '#server/contract/measures/shape.ts'
import type { Answer } from '#web/api.ts'
import { housesOf, type Order, type OrganizationsSearch } from './search.ts'

export type Comparison = Answer['organizations']['comparison']
export type Unit = Comparison['units'][number]
type Shares = Answer['organizations']['shares']
type Responses = Answer['organizations']['responses']

/** One line of the table: an organization with whatever is known of it; null where nothing could be judged. */
export interface OrganizationRow {
  id: string
  name: string
  kind: Unit['kind']
  buildings: number
  unit: Unit | null
  shares: Shares['units'][number] | null
  response: Responses['units'][number] | null
}

/** Those that the address shows, in its order; those that cannot be ordered come last. */
export function rowsOf(
  comparison: Comparison,
  shares: Shares | undefined,
  responses: Responses | undefined,
  { kinds, houses, sort }: Pick<OrganizationsSearch, 'kinds' | 'houses' | 'sort'>,
): OrganizationRow[] {
  const units = new Map(comparison.units.map((unit) => [unit.id, unit]))
  const response = new Map(responses?.units.map((unit) => [unit.id, unit]))
  const known = new Map(shares?.units.map((unit) => [unit.id, unit]))
  const all = new Map<string, { id: string; name: string; kind: Unit['kind'] }>()
  for (const unit of [...comparison.units, ...(shares?.units ?? [])]) all.set(unit.id, unit)
  return [...all.values()]
    .map(({ id, name, kind }) => ({
      id,
      name,
      kind,
      buildings: units.get(id)?.buildings ?? 0,
      unit: units.get(id) ?? null,
      shares: known.get(id) ?? null,
      response: response.get(id) ?? null,
    }))
    .filter(
      (row) =>
        (kinds.length === 0 || kinds.includes(row.kind)) &&
        (houses.length === 0 || houses.includes(housesOf(row.buildings))),
    )
    .sort(
      (a, b) =>
        compare(keyOf(a, sort), keyOf(b, sort)) ||
        compare(keyOf(a, 'lower'), keyOf(b, 'lower')) ||
        (a.id < b.id ? -1 : 1),
    )
}

/** Larger first, names by the alphabet, none last. */
function keyOf(row: OrganizationRow, order: Order): number | string | null {
  switch (order) {
    case 'name':
      return row.name
    case 'lower':
      return negated(row.unit?.lower)
    case 'n':
      return negated(row.unit?.n)
    case 'raw':
      return negated(row.unit?.share?.share)
    case 'response':
      return negated(row.response?.median?.value)
    case 'withinNorm':
      return row.shares?.withinNorm?.share ?? null
    case 'confirmed':
      return row.shares?.confirmed?.share ?? null
  }
}
const negated = (value: number | null | undefined) => (value == null ? null : -value)

function compare(a: number | string | null, b: number | string | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  if (typeof a === 'string' || typeof b === 'string')
    return String(a).localeCompare(String(b), 'ru', { numeric: true })
  return a - b
}

/** The filter that opens the rows of a judged figure. */
export function rowsFilter(
  filter: Filter,
  period: Comparison['period'],
  measure: Judged,
): Record<'among' | 'events', Filter> {
  const frozen = { ...filter, ...period, cut: new Date(period.cut).toISOString() }
  return {
    among: { ...frozen, is: [measure === 'reopened' ? 'mature' : 'due'] },
    events: { ...frozen, is: measure === 'reopened' ? ['mature', 'returned'] : ['due', 'late'] },
  }
}
