import * as z from 'zod/mini'

/** How many days the completeness of sources is shown for. */
export const DAYS = [28, 90, 365] as const
export const SourcesSearch = z.object({
  days: z.catch(z._default(z.union([z.literal(28), z.literal(90), z.literal(365)]), 28), 28),
})
