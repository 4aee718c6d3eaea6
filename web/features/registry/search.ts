import type { Clocks, RegistryFilter, RegistrySearch } from '#server/contract/registry-search.ts'
import { writeAddress } from '#web/lib/address.ts'

export const clocksOf = ({ asOf, knownAt }: Clocks): Clocks => ({ asOf, knownAt })

export const filterOf = ({ asOf, knownAt, q, stale }: RegistrySearch): RegistryFilter => ({
  asOf,
  knownAt,
  q,
  stale,
})

export const exportSearch = (search: RegistrySearch): string =>
  writeAddress(filterOf(search)).replace(/^\?/, '')
