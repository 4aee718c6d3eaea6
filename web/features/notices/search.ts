import * as z from 'zod/mini'

export const VIEWS = ['now', 'rules', 'recipients', 'deliveries'] as const

/** Which part of the page is shown, and from when its history is. */
export const NoticesSearch = z.object({
  view: z.optional(z.enum(VIEWS)),
  /** UTC ms: history before it. */
  before: z.optional(z.number()),
  /** Only messages that did not arrive. */
  dead: z.optional(z.boolean()),
})
export type NoticesSearch = z.output<typeof NoticesSearch>
