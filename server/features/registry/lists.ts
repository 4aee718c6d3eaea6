import { type RegistryFilter, STALE_PHONE_DAYS } from '#server/contract/registry-search.ts'
import {
  inLanguage,
  LANGUAGES,
  type Language,
  type OrganizationKind,
  type Words,
} from '#server/contract/vocabulary.ts'
import { answeringBy, goneAt } from '#server/domain/answering.ts'
import { type Instants, instantsOf } from '#server/domain/clocks.ts'
import { companyHistory, namedAt } from '#server/domain/company-history.ts'
import type { Building, Registry } from '#server/domain/registry.ts'
import type { Context } from '#server/trpc.ts'

type Asked = Pick<Context, 'registry' | 'now' | 'city'>
export interface Listing {
  filter: RegistryFilter
  language: Language
}

export interface BuildingLine {
  id: string
  address: Words
  district: Words | null
  answers: { id: string; name: string; since: number; merger: boolean } | null
  apartments: number | null
  /** Statements and corrections recorded of it. */
  told: number
  corrected: number
  /** The last of them. */
  recordedAt: number
  gone: boolean
}
export interface OrganizationLine {
  id: string
  name: string
  /** As of the other instant it bore another. */
  nameNow: string
  kind: OrganizationKind
  mergedInto: { id: string; name: string; at: number } | null
  member: string | null
  phone: string | null
  verifiedAt: number | null
  stale: boolean
  buildings: number
  apartments: number
}
export interface DistrictLine {
  id: string
  name: Words
  buildings: number
  apartments: number
  organizations: number
}

/** Buildings that were in the register as of and as known at the two instants. */
export function buildingLines(context: Asked, { filter, language }: Listing): BuildingLine[] {
  const { registry } = context
  const instants = instantsOf(filter, context.now(), context.city.zone)
  const who = answersOf(registry, instants)
  const matches = matcher(filter.q)
  const lines: BuildingLine[] = []
  for (const building of registry.buildings()) {
    const { id, key, address } = building
    if (!matches(id, address)) continue
    const gone = goneAt(registry, building, instants)
    if (gone === undefined) continue
    const told = registry.told(key).filter(({ recordedAt }) => recordedAt <= instants.knownAt)
    lines.push({
      ...{ id, address, gone, apartments: building.apartments },
      district: registry.district(building.district)?.name ?? null,
      answers: who(building),
      told: told.length,
      corrected: told.filter(({ type }) => type === 'building.corrected').length,
      recordedAt: told.reduce((last, { recordedAt }) => Math.max(last, recordedAt), 0),
    })
  }
  const { compare } = new Intl.Collator(language, { numeric: true })
  return lines.sort(
    (a, b) =>
      compare(inLanguage(a.address, language), inLanguage(b.address, language)) ||
      (a.id < b.id ? -1 : 1),
  )
}

/** Who answered for a building, by both clocks, under the name it bore. */
function answersOf(registry: Registry, instants: Instants) {
  const { asOf, knownAt } = instants
  const answering = answeringBy(registry, instants)
  const names = new Map<string, string>()
  const nameOf = (id: string) => {
    const known = names.get(id)
    if (known !== undefined) return known
    const organization = registry.organizationById(id)
    const told = organization ? registry.told(organization.key) : []
    const name =
      namedAt(companyHistory(told, knownAt).names, asOf)?.name ?? organization?.name ?? id
    names.set(id, name)
    return name
  }
  return (building: Pick<Building, 'key'>) => {
    const answers = answering(building)
    const id = answers?.organization
    if (!answers || id === null || id === undefined) return null
    return { id, name: nameOf(id), since: answers.start, merger: answers.merger }
  }
}

export function organizationLines(
  context: Asked,
  { filter, language }: Listing,
): OrganizationLine[] {
  const { registry } = context
  const instants = instantsOf(filter, context.now(), context.city.zone)
  const { asOf, knownAt } = instants
  const held = holdings(registry, instants)
  const matches = matcher(filter.q)
  const lines = [...registry.organizations()].flatMap((organization): OrganizationLine[] => {
    const { id, key } = organization
    const history = companyHistory(registry.told(key), knownAt)
    const named = namedAt(history.names, asOf)
    if (!named) return []
    // Every name that it ever bore finds it.
    if (!matches(`${history.names.map(({ name }) => name).join(' ')} ${id}`)) return []
    const { merger } = history
    const verified = history.phones.filter(({ verifiedAt }) => (verifiedAt ?? 0) <= asOf)
    const phone = verified[0]
    const verifiedAt = verified.reduce<number | null>(
      (last, one) => (one.verifiedAt === null ? last : Math.max(last ?? 0, one.verifiedAt)),
      null,
    )
    const mine = held.get(id)
    const line = {
      ...{ id, name: named.name, nameNow: organization.name, kind: named.kind },
      mergedInto:
        merger && merger.at <= asOf && merger.into !== id
          ? {
              id: merger.into,
              name: registry.organizationById(merger.into)?.name ?? merger.into,
              at: merger.at,
            }
          : null,
      member: history.memberships.find(
        ({ start, end }) => start <= asOf && (end === null || asOf < end),
      )?.body,
      phone: phone?.phone ?? null,
      verifiedAt,
      stale: verifiedAt === null || verifiedAt < asOf - STALE_PHONE_DAYS * 86_400_000,
      buildings: mine?.buildings ?? 0,
      apartments: mine?.apartments ?? 0,
    }
    // Of an organization that went into another nobody expects a phone.
    if (filter.stale && (!line.stale || line.mergedInto)) return []
    return [{ ...line, member: line.member ?? null }]
  })
  const { compare } = new Intl.Collator(language, { numeric: true })
  return lines.sort((a, b) => compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
}

function holdings(registry: Registry, instants: Instants) {
  const who = answersOf(registry, instants)
  const held = new Map<string, { buildings: number; apartments: number }>()
  for (const building of registry.buildings()) {
    if (goneAt(registry, building, instants) !== false) continue
    const answers = who(building)
    if (!answers) continue
    const mine = held.get(answers.id) ?? { buildings: 0, apartments: 0 }
    held.set(answers.id, mine)
    mine.buildings++
    mine.apartments += building.apartments ?? 0
  }
  return held
}

export function districtLines(context: Asked, { filter, language }: Listing): DistrictLine[] {
  const { registry } = context
  const instants = instantsOf(filter, context.now(), context.city.zone)
  const who = answersOf(registry, instants)
  const matches = matcher(filter.q)
  const found = new Map<number, { buildings: number; apartments: number; holders: Set<string> }>()
  for (const building of registry.buildings()) {
    if (goneAt(registry, building, instants) !== false) continue
    const mine = found.get(building.district) ?? { buildings: 0, apartments: 0, holders: new Set() }
    found.set(building.district, mine)
    mine.buildings++
    mine.apartments += building.apartments ?? 0
    const answers = who(building)
    if (answers) mine.holders.add(answers.id)
  }
  const { compare } = new Intl.Collator(language, { numeric: true })
  return [...registry.districts()]
    .filter(({ id, name }) => matches(id, name))
    .map(({ id, name, key }) => {
      const { buildings = 0, apartments = 0, holders } = found.get(key) ?? {}
      return { id, name, buildings, apartments, organizations: holders?.size ?? 0 }
    })
    .sort((a, b) => compare(inLanguage(a.name, language), inLanguage(b.name, language)))
}

const plain = (text: string) =>
  text
    .toLocaleLowerCase('ru')
    .replaceAll('ё', 'е')
    .replaceAll(/[«»"'.,\s]+/g, ' ')
    .trim()

/** Folding forty thousand addresses takes longer than looking through them; an address told anew is another object. */
const folded = new WeakMap<Words, string>()
function foldedOf(words: Words): string {
  const known = folded.get(words)
  if (known !== undefined) return known
  const text = plain(LANGUAGES.map((language) => words[language] ?? '').join(' '))
  folded.set(words, text)
  return text
}

/** Each part begins a word of the id or of the words. */
function matcher(q: string | undefined) {
  const parts = plain(q ?? '')
    .split(' ')
    .filter(Boolean)
  return (id: string, words?: Words) => {
    if (parts.length === 0) return true
    const text = ` ${words ? foldedOf(words) : ''} ${plain(id)}`
    return parts.every((part) => text.includes(` ${part}`))
  }
}
