import type { Evidence, ScopeOf } from '#server/contract/notices.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Rule } from './rule.ts'

/** A part of the city that a rule watches by itself. */
export interface Part {
  subject: string
  of: ScopeOf
  /** Key of the facts; 0 for the city. */
  key: number
  named: Pick<Evidence, 'district' | 'organization'>
}

const CITY: Part = {
  subject: 'city',
  of: 'city',
  key: 0,
  named: { district: null, organization: null },
}

/** What a rule looks at, each by itself; ids that nobody knows any more are left out. */
export function partsOf({ scope: { of, ids } }: Pick<Rule, 'scope'>, registry: Registry): Part[] {
  if (of === 'city') return [CITY]
  if (of === 'district') {
    const all = ids.length === 0
    const known = all ? registry.districts() : ids.flatMap((id) => registry.districtById(id) ?? [])
    return [...known].map(({ key, id, name }) => ({
      ...{ subject: `district:${id}`, of, key },
      named: { district: { id, name }, organization: null },
    }))
  }
  const known =
    ids.length === 0
      ? registry.organizations()
      : ids.flatMap((id) => registry.organizationById(id) ?? [])
  return [...known].map(({ key, id, name }) => ({
    ...{ subject: `organization:${id}`, of, key },
    named: { district: null, organization: { id, name: { ru: name } } },
  }))
}

/** Key under which requests of a part are counted. */
export const keyIn = (
  of: ScopeOf,
  { district, organization }: { district: number; organization: number },
): number => (of === 'city' ? 0 : of === 'district' ? district : organization)
