import { type UnitId, type UnitKind, unitKindOf } from '#server/contract/organizations.ts'
import type { OrganizationKind, Words } from '#server/contract/vocabulary.ts'
import { isAuthority } from '#server/domain/addressees.ts'
import { type Context, Refusal } from '#server/trpc.ts'

/** A unit as the registry knows it. A district has its name in the city's languages, and no kind. */
export interface Unit {
  unit: UnitKind
  key: number
  id: string
  name: string | Words
  kind: OrganizationKind | null
}

/** Throws a Refusal where nobody registered such a unit. */
export function unitBy({ registry }: Pick<Context, 'registry'>, { unit, id }: UnitId): Unit {
  if (unit === 'district') {
    const district = registry.districtById(id)
    if (district) return { unit, key: district.key, id, name: district.name, kind: null }
    throw new Refusal(
      'NOT_FOUND',
      `no district "${id}" is registered; see the districts of the map`,
    )
  }
  const organization = registry.organizationById(id)
  if (organization) {
    const { key, name, kind } = organization
    return { unit, key, id, name, kind }
  }
  throw new Refusal(
    'NOT_FOUND',
    `no organization "${id}" is registered; look for it by name on the Organizations page`,
  )
}

/** A unit by its key in the facts; undefined for 0 and for keys that the registry does not know. */
export function unitOfKey(
  { registry }: Pick<Context, 'registry'>,
  unit: UnitKind,
  key: number,
): Unit | undefined {
  if (unit === 'district') {
    const district = registry.district(key)
    return district && { unit, key, id: district.id, name: district.name, kind: null }
  }
  const organization = registry.organization(key)
  return (
    organization && {
      unit,
      key,
      id: organization.id,
      name: organization.name,
      kind: organization.kind,
    }
  )
}

/** The same, of those that stand beside each other: who takes complaints about companies is compared with nobody. */
export function comparedUnit(
  context: Pick<Context, 'registry'>,
  unit: UnitKind,
  key: number,
): Unit | undefined {
  const found = unitOfKey(context, unit, key)
  return found?.kind && isAuthority({ kind: found.kind }) ? undefined : found
}

/** How an organization is judged: a contractor by what was assigned to it. */
export const unitIdOf = ({ registry }: Pick<Context, 'registry'>, id: string): UnitId => {
  const kind = registry.organizationById(id)?.kind
  return { unit: kind === undefined ? 'organization' : unitKindOf(kind), id }
}
