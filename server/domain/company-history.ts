import type { OrganizationKind, PhonePurpose } from '#server/contract/vocabulary.ts'
import {
  holdsAt,
  type RegistryTold,
  type Since,
  type Standing,
  spansOf,
  standing,
} from './knowledge.ts'
import type { Merger } from './tenure.ts'

export interface Named extends Since {
  name: string
  kind: OrganizationKind
}
/** A self-regulatory body or association it belonged to. */
export interface Membership extends Since {
  body: string
}
export interface Phone {
  phone: string
  /** null where only a register names the number. */
  purpose: PhonePurpose | null
  /** When somebody last called it and was answered. */
  verifiedAt: number | null
}
export interface CompanyHistory extends Standing {
  /** By start; a name told again goes on. */
  names: Named[]
  merger: (Merger & { recordedAt: number; event: string }) | null
  memberships: Membership[]
  /** The number of the register first, then the latest verified. */
  phones: Phone[]
}

/** An organization as it was known at an instant. */
export function companyHistory(told: Iterable<RegistryTold>, knownAt: number): CompanyHistory {
  const known = standing(told, knownAt)
  const { events } = known
  const registered = events.filter((event) => event.type === 'organization.registered')
  const merged = events.findLast((event) => event.type === 'organization.merged')
  const memberships = spansOf(
    events.filter((event) => event.type === 'organization.membership_changed'),
    ({ body }) => ({ body }),
  )
  const phones = new Map<string, Phone>()
  const registerPhone = registered.findLast((event) => event.phone !== undefined)?.phone
  if (registerPhone !== undefined)
    phones.set(registerPhone, { phone: registerPhone, purpose: null, verifiedAt: null })
  for (const event of events.toReversed())
    if (event.type === 'organization.phone_verified') {
      const { phone, purpose, occurredAt: verifiedAt } = event
      if (phones.get(phone)?.verifiedAt == null) phones.set(phone, { phone, purpose, verifiedAt })
    }
  return {
    ...known,
    names: joined(spansOf(registered, ({ name, kind }) => ({ name, kind }))),
    merger: merged
      ? {
          into: merged.into,
          at: merged.occurredAt,
          recordedAt: merged.recordedAt,
          event: merged.id,
        }
      : null,
    memberships: memberships.flatMap(({ body, ...span }) =>
      body === null ? [] : [{ ...span, body }],
    ),
    phones: [...phones.values()],
  }
}

/** The name it bore at that instant; before the first that is told, that one. */
export const namedAt = (names: readonly Named[], asOf: number): Named | undefined =>
  names.find((name) => holdsAt(name, asOf)) ?? names[0]

function joined(names: readonly Named[]): Named[] {
  const found: Named[] = []
  for (const name of names) {
    const last = found.at(-1)
    if (last && last.name === name.name && last.kind === name.kind)
      found[found.length - 1] = { ...last, end: name.end }
    else found.push(name)
  }
  return found
}
