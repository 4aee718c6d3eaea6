import * as z from 'zod/mini'

export const PresetsSearch = z.object({
  /** The definition in preview; absent = the first. */
  preset: z.optional(z.string().check(z.maxLength(40))),
  /** How many months it looks back; absent = as the definition says. */
  months: z.optional(z.number().check(z.int(), z.gte(1), z.lte(36))),
})
