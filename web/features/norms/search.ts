import * as z from 'zod/mini'

export const NormsSearch = z.object({
  /** Words looked for in names, acts and references. */
  q: z.optional(z.string().check(z.maxLength(200))),
  /** Year of the calendars; absent = this one. */
  year: z.optional(z.number().check(z.int(), z.gte(2000), z.lte(2050))),
})
export type NormsSearch = z.output<typeof NormsSearch>
