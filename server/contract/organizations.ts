import * as z from 'zod/mini'
import { EVERYTHING, Filter } from './filter.ts'
import { EVALUATED } from './flags.ts'
import { JUDGED } from './measures/shape.ts'
import { ClocksAddress } from './registry-search.ts'
import { ORGANIZATION_KINDS, type OrganizationKind } from './vocabulary.ts'

/** Whose work is judged: each is a field of the filter and a column of the facts. */
export const UNIT_KINDS = ['organization', 'contractor', 'district'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]
export interface UnitId {
  unit: UnitKind
  id: string
}

/** Contractors answer for no house: theirs are the requests that were assigned to them. */
export const unitKindOf = (kind: OrganizationKind): UnitKind =>
  kind === 'contractor' ? 'contractor' : 'organization'

/** Requests of one unit. */
export const requestsOf = (filter: Filter, { unit, id }: UnitId): Filter => ({
  ...filter,
  [unit]: [id],
})

/** Words of the filter that open the requests that went through a stage; closed without a word about the work is no stage. */
export const STAGE_ROWS = {
  routing: ['routed'],
  acknowledgement: ['acknowledged'],
  assignment: ['assigned'],
  arrival: ['arrived'],
  work: ['workDone'],
  closing: ['workDone', 'closed'],
} as const satisfies Record<string, Filter['is']>

/** Classes of organizations by the number of houses they answer for. */
export const HOUSES = ['none', 'few', 'some', 'many', 'most'] as const
export type Houses = (typeof HOUSES)[number]
const LAST_OF_CLASS = [0, 5, 20, 60]
export const housesOf = (buildings: number): Houses =>
  HOUSES[LAST_OF_CLASS.findIndex((last) => buildings <= last)] ?? 'most'

export const ORDERS = [
  'lower',
  'shrunken',
  'name',
  'n',
  'raw',
  'response',
  'withinNorm',
  'confirmed',
] as const
export type OrganizationOrder = (typeof ORDERS)[number]
export const MOST_SELECTED = 6

const { from, to, district, category } = Filter.shape
const scope = { from, to, district, category }
const measure = z.catch(z._default(z.enum(JUDGED), 'reopened'), 'reopened')
const evaluated = z.catch(z._default(z.enum(EVALUATED), 'reopened'), 'reopened')

/** The address of Organizations. Scope and period narrow the requests compared; kind and houses only what is shown. */
export const OrganizationsSearch = z.object({
  ...scope,
  measure: evaluated,
  /** Who is compared. */
  unit: z.catch(z._default(z.enum(UNIT_KINDS), 'organization'), 'organization'),
  kinds: z.catch(z._default(z.array(z.enum(ORGANIZATION_KINDS)), []), []),
  houses: z.catch(z._default(z.array(z.enum(HOUSES)), []), []),
  /** Organizations compared; left out: those that are called out. */
  select: z.catch(z.optional(z.array(z.string()).check(z.maxLength(MOST_SELECTED))), undefined),
  sort: z.catch(z._default(z.enum(ORDERS), 'lower'), 'lower'),
  /** The chosen ones compared by their curves, by the response or the resolution. */
  curves: z.catch(z.optional(z.enum(['response', 'resolution'])), undefined),
})
export type OrganizationsSearch = z.output<typeof OrganizationsSearch>

/** The address of one organization. */
export const OrganizationSearch = z.object({
  ...scope,
  measure,
  /** Minutes allowed, of the requests whose resolution is drawn; 0 draws all. */
  norm: z.catch(z.optional(z.int().check(z.nonnegative())), undefined),
  /** Of its territory and history. */
  ...ClocksAddress.shape,
})
export type OrganizationSearch = z.output<typeof OrganizationSearch>

export const scopeOf = (search: Pick<Filter, 'from' | 'to' | 'district' | 'category'>): Filter => ({
  ...EVERYTHING,
  from: search.from,
  to: search.to,
  district: search.district,
  category: search.category,
})

interface Named {
  id: string
  name: string
  /** null: a district. */
  kind: OrganizationKind | null
}
interface Compared extends Named {
  buildings: number
  n: number
  lower: number
  share: { share: number } | null
  shrunken: { mean: number }
}
interface Shared extends Named {
  withinNorm: { share: number } | null
  confirmed: { share: number } | null
}
interface Responding {
  id: string
  median: { value: number | null } | null
}

/** One line of the table: an organization with whatever is known of it. */
export interface OrganizationRow<U, S, R> extends Named {
  buildings: number
  unit: U | null
  shares: S | null
  response: R | null
  resolution: R | null
}

interface Known<U, S, R> {
  units: readonly U[]
  shares: readonly S[]
  responses: readonly R[]
  /** Where the pace is compared: what stands beside it as it is. */
  resolutions?: readonly R[] | undefined
}

/** Those that the address shows, in its order; what cannot be ordered comes last. */
export function organizationRows<U extends Compared, S extends Shared, R extends Responding>(
  { units, shares, responses, resolutions = [] }: Known<U, S, R>,
  { kinds, houses, sort }: Pick<OrganizationsSearch, 'kinds' | 'houses' | 'sort'>,
): OrganizationRow<U, S, R>[] {
  const all = new Map<string, OrganizationRow<U, S, R>>()
  const rowOf = ({ id, name, kind }: Named) => {
    const row = all.get(id) ?? {
      id,
      name,
      kind,
      buildings: 0,
      unit: null,
      shares: null,
      response: null,
      resolution: null,
    }
    all.set(id, row)
    return row
  }
  for (const unit of units) Object.assign(rowOf(unit), { unit, buildings: unit.buildings })
  for (const one of shares) rowOf(one).shares = one
  for (const response of responses) {
    const row = all.get(response.id)
    if (row) row.response = response
  }
  for (const resolution of resolutions) {
    const row = all.get(resolution.id)
    if (row) row.resolution = resolution
  }
  return [...all.values()]
    .filter(
      (row) =>
        (kinds.length === 0 || (row.kind !== null && kinds.includes(row.kind))) &&
        (houses.length === 0 || houses.includes(housesOf(row.buildings))),
    )
    .sort(
      (a, b) =>
        compare(keyOf(a, sort), keyOf(b, sort)) ||
        compare(keyOf(a, 'lower'), keyOf(b, 'lower')) ||
        (a.id < b.id ? -1 : 1),
    )
}

/** Larger first, but shares in time and confirmed smaller first; names by the alphabet. */
function keyOf(
  row: OrganizationRow<Compared, Shared, Responding>,
  order: OrganizationOrder,
): number | string | null {
  switch (order) {
    case 'name':
      return row.name
    case 'lower':
      return largerFirst(row.unit?.lower)
    case 'shrunken':
      return largerFirst(row.unit?.shrunken.mean)
    case 'n':
      return largerFirst(row.unit?.n)
    case 'raw':
      return largerFirst(row.unit?.share?.share ?? row.resolution?.median?.value)
    case 'response':
      return largerFirst(row.response?.median?.value)
    case 'withinNorm':
      return row.shares?.withinNorm?.share ?? null
    case 'confirmed':
      return row.shares?.confirmed?.share ?? null
  }
}
const largerFirst = (value: number | null | undefined) => (value == null ? null : -value)

function compare(a: number | string | null, b: number | string | null): number {
  if (a === b) return 0
  if (a === null) return 1
  if (b === null) return -1
  if (typeof a === 'string' || typeof b === 'string')
    return String(a).localeCompare(String(b), 'ru', { numeric: true })
  return a - b
}
