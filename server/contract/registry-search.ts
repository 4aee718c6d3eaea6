import * as z from 'zod/mini'

export const REGISTRY_TABS = ['buildings', 'organizations', 'districts', 'import'] as const

const day = z.catch(z.optional(z.iso.date()), undefined)

/** Both clocks of a question about responsibility: local days, to their ends; without one it is now. */
export const Clocks = z.object({
  /** What was true then. */
  asOf: day,
  /** What was recorded by then. */
  knownAt: day,
})
export type Clocks = z.output<typeof Clocks>

export const RegistryFilter = z.extend(Clocks, {
  /** Parts of an address or a name in any order, or an id. */
  q: z.optional(z.coerce.string().check(z.maxLength(200))),
  /** Only organizations none of whose phones was called and answered within a year. */
  stale: z._default(z.boolean(), false),
})
export type RegistryFilter = z.output<typeof RegistryFilter>

/** The address of the registry; `of` is the thing whose history is open. */
export const RegistrySearch = z.extend(RegistryFilter, {
  tab: z._default(z.enum(REGISTRY_TABS), 'buildings'),
  of: z.optional(z.coerce.string().check(z.maxLength(128))),
})
export type RegistrySearch = z.output<typeof RegistrySearch>

/** A phone that nobody called and was answered for so long is not one to rely on. */
export const STALE_PHONE_DAYS = 365
