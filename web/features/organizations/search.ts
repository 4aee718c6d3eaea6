import * as z from 'zod/mini'
import { EVERYTHING, Filter } from '#server/contract/filter.ts'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { ORGANIZATION_KINDS } from '#server/contract/vocabulary.ts'

export const HOUSES = ['none', 'few', 'some', 'many', 'most'] as const
export type Houses = (typeof HOUSES)[number]
export const housesOf = (buildings: number): Houses =>
  buildings === 0
    ? 'none'
    : buildings <= 5
      ? 'few'
      : buildings <= 20
        ? 'some'
        : buildings <= 60
          ? 'many'
          : 'most'

export const ORDERS = ['lower', 'name', 'n', 'raw', 'response', 'withinNorm', 'confirmed'] as const
export type Order = (typeof ORDERS)[number]
export const MOST_SELECTED = 6

const { from, to, district, category } = Filter.shape
const scope = { from, to, district, category }
const measure = z.catch(z._default(z.enum(JUDGED), 'reopened'), 'reopened')

/** The address of Organizations. Scope and period narrow the requests compared; kind and houses only what is shown. */
export const OrganizationsSearch = z.object({
  ...scope,
  measure,
  kinds: z.catch(z._default(z.array(z.enum(ORGANIZATION_KINDS)), []), []),
  houses: z.catch(z._default(z.array(z.enum(HOUSES)), []), []),
  /** Organizations compared; left out: those that are called out. */
  select: z.catch(z.optional(z.array(z.string()).check(z.maxLength(MOST_SELECTED))), undefined),
  sort: z.catch(z._default(z.enum(ORDERS), 'lower'), 'lower'),
})
export type OrganizationsSearch = z.output<typeof OrganizationsSearch>

/** The address of one organization. */
export const OrganizationSearch = z.object({
  ...scope,
  measure,
  /** Minutes allowed, of the requests whose resolution is drawn; 0 draws all. */
  norm: z.catch(z.optional(z.int().check(z.nonnegative())), undefined),
})
export type OrganizationSearch = z.output<typeof OrganizationSearch>

export const filterOf = (search: OrganizationsSearch | OrganizationSearch): Filter => ({
  ...EVERYTHING,
  from: search.from,
  to: search.to,
  district: search.district,
  category: search.category,
})
