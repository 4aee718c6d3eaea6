import { isAuthority } from '#server/domain/addressees.ts'
import type { Organization } from '#server/domain/registry.ts'

interface Registered {
  registry: { organization(key: number): Pick<Organization, 'kind'> | undefined }
}

/** With whom an organization is compared: an authority that manages no house is nobody's peer. */
export const peersOf = <U extends { unit: number }>(
  { registry }: Registered,
  units: readonly U[],
): U[] =>
  units.filter(({ unit }) => {
    const known = registry.organization(unit)
    return !known || !isAuthority(known)
  })
