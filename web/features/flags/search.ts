import * as z from 'zod/mini'
import { FLAGGED } from '#server/contract/flags.ts'

/** What the queue of flags is narrowed to; absent = everything. */
export const FlagsSearch = z.object({
  level: z.optional(z.enum(['inspect', 'watch', 'good', 'insufficient'])),
  status: z.optional(z.enum(['proposed', 'issued', 'withdrawn'])),
  measure: z.optional(z.enum(FLAGGED)),
})
export type FlagsSearch = z.output<typeof FlagsSearch>
