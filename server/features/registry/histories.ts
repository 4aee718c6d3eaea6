import type { Clocks } from '#server/contract/registry-search.ts'
import type { OrganizationKind, RepresentativeRole, Words } from '#server/contract/vocabulary.ts'
import { instantsOf } from '#server/domain/clocks.ts'
import {
  companyHistory,
  type Membership,
  type Named,
  type Phone,
} from '#server/domain/company-history.ts'
import {
  type Correction,
  type RegistryTold,
  type Standing,
  standing,
} from '#server/domain/knowledge.ts'
import type { Registry } from '#server/domain/registry.ts'
import {
  answeringAt,
  type Belief,
  beliefs,
  buildingHistory,
  type Fact,
  factsAt,
  type Held,
  throughMergers,
} from '#server/domain/tenure.ts'
import { type Context, Refusal } from '#server/trpc.ts'

type Asked = Pick<Context, 'registry' | 'now' | 'city'>

/** One line of what was told, in the order of recording. */
export interface StatementLine {
  event: string
  type: RegistryTold['type']
  occurredAt: number
  recordedAt: number
  timeUnknown: boolean
  source: string
  /** What it says, where that is an organization. */
  organization: { id: string; name: string } | null
  /** Names, roles, contracts; never of a person. */
  text: string | null
  /** It was wrong from the start: who said so, when, and why. */
  corrected: { recordedAt: number; reason: string } | null
  /** A correction of what nobody has told. */
  unknown: boolean
}
/** Who answered, as drawn: half-open, organization null = nobody. */
export interface Stretch {
  organization: { id: string; name: string } | null
  start: number
  end: number | null
  contract: string | null
  event: string
  recordedAt: number
  timeUnknown: boolean
  merger: boolean
}
export interface BuildingRecord {
  id: string
  address: Words
  now: number
  /** Both instants of the question; knownAt null = everything recorded. */
  asOf: number
  knownAt: number | null
  answers: Stretch | null
  stretches: Stretch[]
  /** What was believed, one line for each change of mind, the last first. */
  beliefs: { since: number; until: number | null; stretches: Stretch[] }[]
  facts: Fact[]
  /** Role and consent; who it is, is behind personal data. */
  representatives: {
    role: RepresentativeRole
    consent: boolean
    start: number
    end: number | null
  }[]
  phones: (Phone & { organization: string })[]
  statements: StatementLine[]
}

export function buildingRecord(context: Asked, id: string, clocks: Clocks): BuildingRecord {
  const { registry } = context
  const building = registry.buildingById(id)
  if (!building)
    throw new Refusal('NOT_FOUND', `no building "${id}" is known; look for its address in the list`)
  const { now, asOf, knownAt } = instantsOf(clocks, context.now(), context.city.zone)
  const told = registry.told(building.key)
  const history = buildingHistory(told, knownAt)
  const known = told.filter(({ recordedAt }) => recordedAt <= knownAt)
  const drawn = drawing(registry, knownAt)
  const stretches = drawn(history.held)
  const answers = answeringAt(throughMergers(history.held, registry.mergers(knownAt)), asOf)
  const believed = beliefs(known)
  const organization = answers?.organization
    ? registry.organizationById(answers.organization)
    : undefined
  const phones = organization ? companyHistory(registry.told(organization.key), knownAt).phones : []
  return {
    ...{ id, address: building.address, now, asOf },
    knownAt: Number.isFinite(knownAt) ? knownAt : null,
    answers:
      stretches.find(({ start, end }) => start <= asOf && (end === null || asOf < end)) ?? null,
    stretches,
    beliefs: believed
      .map(({ since, held }: Belief, index) => ({
        since,
        until: believed[index + 1]?.since ?? null,
        // With the mergers that were known when this was last believed.
        stretches: drawing(registry, (believed[index + 1]?.since ?? knownAt + 1) - 1)(held),
      }))
      .reverse(),
    facts: factsAt(history.events, asOf),
    representatives: history.representatives.map(({ role, consent, start, end }) => ({
      role,
      consent,
      start,
      end,
    })),
    phones: phones.map((phone) => ({ ...phone, organization: organization?.name ?? '' })),
    statements: statementsOf(registry, known, history),
  }
}

/** Spans with the names that organizations bore at their start. */
function drawing(registry: Registry, knownAt: number) {
  const mergers = registry.mergers(knownAt)
  return (held: readonly Held[]): Stretch[] =>
    throughMergers(held, mergers).map(({ organization, ...span }) => ({
      ...span,
      organization: organization === null ? null : named(registry, organization),
    }))
}

const named = (registry: Registry, id: string) => ({
  id,
  name: registry.organizationById(id)?.name ?? id,
})

function statementsOf(
  registry: Registry,
  known: readonly RegistryTold[],
  { corrected, unknown }: Standing,
): StatementLine[] {
  const by = new Map<string, Correction>(corrected.map(({ event, by }) => [event.id, by]))
  const lost = new Set(unknown.map(({ id }) => id))
  return known
    .map((event) => {
      const wrong = by.get(event.id)
      return {
        event: event.id,
        type: event.type,
        occurredAt: event.occurredAt,
        recordedAt: event.recordedAt,
        timeUnknown: event.timeUnknown === true,
        source: event.source,
        organization: organizationIn(registry, event),
        text: textOf(event),
        corrected: wrong ? { recordedAt: wrong.recordedAt, reason: wrong.reason } : null,
        unknown: lost.has(event.id),
      }
    })
    .reverse()
}

function organizationIn(registry: Registry, event: RegistryTold) {
  if (event.type === 'tenure.changed')
    return event.organization === null ? null : named(registry, event.organization)
  return event.type === 'organization.merged' ? named(registry, event.into) : null
}

function textOf(event: RegistryTold): string | null {
  switch (event.type) {
    case 'building.corrected':
    case 'organization.corrected':
      return event.reason
    case 'tenure.changed':
      return event.contract ?? null
    case 'organization.registered':
      return event.name
    case 'organization.membership_changed':
      return event.body
    case 'organization.phone_verified':
      return event.phone
    default:
      return null
  }
}

export interface OrganizationRecord {
  id: string
  name: string
  kind: OrganizationKind
  now: number
  asOf: number
  knownAt: number | null
  names: Named[]
  memberships: Membership[]
  phones: Phone[]
  merger: { id: string; name: string; at: number } | null
  /** Those that went into it. */
  merged: { id: string; name: string; at: number }[]
  statements: StatementLine[]
}

export function organizationRecord(context: Asked, id: string, clocks: Clocks): OrganizationRecord {
  const { registry } = context
  const organization = registry.organizationById(id)
  if (!organization)
    throw new Refusal('NOT_FOUND', `no organization "${id}" is registered; look for it by its name`)
  const { now, asOf, knownAt } = instantsOf(clocks, context.now(), context.city.zone)
  const told = registry.told(organization.key)
  const { names, memberships, phones, merger } = companyHistory(told, knownAt)
  const known = told.filter(({ recordedAt }) => recordedAt <= knownAt)
  const merged = [...registry.organizations()].flatMap((other) => {
    const gone = other.id === id ? null : registry.mergers(knownAt)(other.id)
    return gone?.into === id ? [{ id: other.id, name: other.name, at: gone.at }] : []
  })
  return {
    ...{ id, name: organization.name, kind: organization.kind, now, asOf },
    knownAt: Number.isFinite(knownAt) ? knownAt : null,
    ...{ names, memberships, phones, merged },
    merger: merger && { ...named(registry, merger.into), at: merger.at },
    statements: statementsOf(registry, known, standing(told, knownAt)),
  }
}
