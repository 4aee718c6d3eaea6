import * as z from 'zod/mini'

export const REGISTRY_TABS = ['buildings', 'organizations', 'districts', 'import'] as const

const A_DAY = z.iso.date()
const AN_INSTANT = z.iso.datetime({ offset: true })
const when = z.optional(
  z
    .string()
    .check(
      z.refine(
        (text) => A_DAY.safeParse(text).success || AN_INSTANT.safeParse(text).success,
        'expected a day such as 2026-02-10, or an instant such as 2026-02-10T09:30:00Z',
      ),
    ),
)

/** Both clocks of a question about responsibility: local days, to their ends, or instants; without one it is now. */
export const Clocks = z.object({
  /** What was true then. */
  asOf: when,
  /** What was recorded by then. */
  knownAt: when,
})
export type Clocks = z.output<typeof Clocks>

/** Both clocks in the address of a page; a mistyped one is now. */
export const ClocksAddress = z.object({
  asOf: z.catch(when, undefined),
  knownAt: z.catch(when, undefined),
})

export const RegistryFilter = z.extend(Clocks, {
  /** Parts of an address or a name in any order, or an id. */
  q: z.optional(z.coerce.string().check(z.maxLength(200))),
  /** Only organizations none of whose phones was called and answered within a year. */
  stale: z._default(z.boolean(), false),
})
export type RegistryFilter = z.output<typeof RegistryFilter>

/** The address of the registry; `of` is the thing whose history is open. */
export const RegistrySearch = z.extend(RegistryFilter, {
  ...ClocksAddress.shape,
  tab: z._default(z.enum(REGISTRY_TABS), 'buildings'),
  of: z.optional(z.coerce.string().check(z.maxLength(128))),
})
export type RegistrySearch = z.output<typeof RegistrySearch>

/** A phone that nobody called and was answered for so long is not one to rely on. */
export const STALE_PHONE_DAYS = 365
