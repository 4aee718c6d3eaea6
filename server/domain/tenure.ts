import type { RepresentativeRole, Words } from '#server/contract/vocabulary.ts'
import {
  holdsAt,
  type RegistryTold,
  type Since,
  type Standing,
  type Statement,
  spansOf,
  standing,
  type ToldOf,
} from './knowledge.ts'
import type { Tenure } from './registry.ts'

/** Who answers for a building by its contracts, null = nobody is known to. */
export interface Held extends Since {
  organization: string | null
  contract: string | null
}

/** From then on the successor answers for whatever the organization answered for. */
export interface Merger {
  into: string
  at: number
}
/** By id of the organization that went into another. */
export type Mergers = (organization: string) => Merger | undefined

export interface Answering extends Held {
  /** Begins with the merger of who answered until then: nobody chose it, so it is no transfer. */
  merger: boolean
}

export const isTenure = (event: RegistryTold): event is ToldOf<'tenure.changed'> =>
  event.type === 'tenure.changed'

export const heldBy = (events: readonly Statement[]): Held[] =>
  spansOf(events.filter(isTenure), ({ organization, contract }) => ({
    organization,
    contract: contract ?? null,
  }))

/** Who answers, mergers followed: a contract is cut where the organization it names, or its successor, goes into another. */
export function throughMergers(held: readonly Held[], mergers: Mergers): Answering[] {
  return held.flatMap((span) => {
    const parts: Answering[] = [{ ...span, merger: false }]
    const seen = new Set<string>()
    for (let last = parts[0]; last; last = parts.at(-1)) {
      if (last.organization === null) break
      seen.add(last.organization)
      const merger = mergers(last.organization)
      if (!merger || seen.has(merger.into) || (last.end !== null && merger.at >= last.end)) break
      const after = { ...last, organization: merger.into }
      if (merger.at <= last.start) parts[parts.length - 1] = after
      else
        parts.splice(
          -1,
          1,
          { ...last, end: merger.at },
          { ...after, start: merger.at, merger: true },
        )
    }
    return parts
  })
}

/** Who answers for what an organization answered for at that instant: itself, or its successor by then. */
export function successorAt(organization: string, instant: number, mergers: Mergers): string {
  const seen = new Set<string>()
  let answers = organization
  for (;;) {
    seen.add(answers)
    const merger = mergers(answers)
    if (!merger || merger.at > instant || seen.has(merger.into)) return answers
    answers = merger.into
  }
}

/** Who answered at `asOf`; undefined where no event speaks of that time. */
export const answeringAt = <T extends Since>(spans: readonly T[], asOf: number): T | undefined =>
  spans.find((span) => holdsAt(span, asOf))

/** What was believed from an instant on, until something else was recorded. */
export interface Belief {
  since: number
  held: Held[]
}

/** Each different history of tenures that was ever believed, the first first. */
export function beliefs(told: readonly RegistryTold[]): Belief[] {
  const instants = [...new Set(told.map(({ recordedAt }) => recordedAt))].sort((a, b) => a - b)
  const found: Belief[] = []
  let before = ''
  for (const since of instants) {
    const held = heldBy(standing(told, since).events)
    const said = held
      .map(({ organization, start, end, contract }) => [organization, start, end, contract].join())
      .join(';')
    if (said === before) continue
    before = said
    found.push({ since, held })
  }
  return found
}

/** Who speaks for the house; the person is known by `subjectId` only. */
export interface Representative extends Since {
  subjectId: string
  role: RepresentativeRole
  consent: boolean
}

export function representatives(events: readonly Statement[]): Representative[] {
  const bySubject = new Map<
    string,
    ToldOf<'building.representative_named' | 'building.representative_left'>[]
  >()
  for (const event of events)
    if (
      event.type === 'building.representative_named' ||
      event.type === 'building.representative_left'
    )
      bySubject.set(event.subjectId, [...(bySubject.get(event.subjectId) ?? []), event])
  return [...bySubject.values()]
    .flatMap((told) =>
      spansOf(told, (event) => ({
        subjectId: event.subjectId,
        ...(event.type === 'building.representative_named'
          ? { role: event.role, consent: event.consent, left: false as const }
          : { role: 'elder' as const, consent: false, left: true as const }),
      })),
    )
    .flatMap(({ left, ...span }) => (left ? [] : [span]))
    .sort((a, b) => a.start - b.start || (a.event < b.event ? -1 : 1))
}

/** What a register says of the building itself. */
export const FACTS = [
  'year',
  'series',
  'floors',
  'entrances',
  'apartments',
  'area',
  'lifts',
  'heatingPoint',
  'cityShare',
] as const
export type FactName = (typeof FACTS)[number]
export interface Fact {
  name: FactName
  value: number | string
  /** Valid from: the first of the registrations that say the same without a break. */
  since: number
  recordedAt: number
}

/** The facts that hold at `asOf`; a registration that does not speak of one leaves it as it was. */
export function factsAt(events: readonly Statement[], asOf: number): Fact[] {
  return FACTS.flatMap((name) => {
    let fact: Fact | undefined
    for (const event of events) {
      if (event.type !== 'building.registered' || event.occurredAt > asOf) continue
      const value = event[name]
      if (value === undefined || value === fact?.value) continue
      fact = { name, value, since: event.occurredAt, recordedAt: event.recordedAt }
    }
    return fact ? [fact] : []
  })
}

export interface BuildingHistory extends Standing {
  held: Held[]
  representatives: Representative[]
  addresses: (Since & { address: Words })[]
}

/** A building as it was known at an instant. */
export function buildingHistory(told: Iterable<RegistryTold>, knownAt: number): BuildingHistory {
  const known = standing(told, knownAt)
  const registered = known.events.filter((event) => event.type === 'building.registered')
  return {
    ...known,
    held: heldBy(known.events),
    representatives: representatives(known.events),
    addresses: spansOf(registered, ({ address }) => ({ address })),
  }
}

/** Who answers, by the key of whoever the registry knows. */
export function tenureOf(
  { organization, start, end, contract, merger, recordedAt }: Answering,
  keyOf: (id: string) => number | undefined,
): Tenure {
  const key = organization === null ? 0 : keyOf(organization)
  return {
    organization: key ?? 0,
    ...(key === undefined && organization !== null && { organizationRef: organization }),
    start,
    end,
    contract,
    ...(merger && { merger: true as const }),
    ...(recordedAt < start && { ahead: true as const }),
  }
}
