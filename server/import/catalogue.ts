import {
  type DomainEvent,
  isRegistryEvent,
  type RegistryEvent,
  streamOf,
} from '#server/contract/events.ts'
import type { CategoryAbout, Language, OrganizationKind } from '#server/contract/vocabulary.ts'
import type { Log } from '#server/log/log.ts'
import type { AsOf } from './as-of.ts'
import { cut, idOf, type Position } from './fields.ts'
import type { RequestDraft } from './requests.ts'

/** Whose events, in which language, as of when. */
export interface Origin {
  source: string
  language: Language
  asOf: AsOf
}

/** The newest registration of each thing of the registry, by stream name. */
export type Known = ReadonlyMap<string, RegistryEvent>

export function knownOf(log: Log): Known {
  const known = new Map<string, RegistryEvent>()
  for (const event of log.registry()) {
    if (!isRegistryEvent(event) || !event.type.endsWith('.registered')) continue
    const stream = streamOf(event)
    const before = known.get(stream)
    if (!before || before.occurredAt <= event.occurredAt) known.set(stream, event)
  }
  return known
}

interface House {
  address: string | undefined
  district: string | undefined
  at: Position | undefined
  worth: number
}
interface Company {
  name: string | undefined
  kind: OrganizationKind | undefined
  since: number
}

interface CategoryTold {
  name: string | undefined
  group: string | undefined
  about: CategoryAbout | undefined
  since: number
}

/** What of a row speaks of the registry. */
type Speaks = Pick<
  RequestDraft,
  'district' | 'organization' | 'category' | 'building' | 'registeredAt'
>

/**
 * The districts, organizations, categories and buildings that the requests of a file speak of. A building is described by
 * the first row that describes it best (its own address, a position); a name that changes within the file is the one of
 * the newest request.
 */
export function createCatalogue() {
  const districts = new Map<string, string | undefined>()
  const organizations = new Map<string, Company>()
  const categories = new Map<string, CategoryTold>()
  const houses = new Map<string, House>()

  function add(draft: Speaks) {
    const { district, organization, category, building, registeredAt: since } = draft
    if (district && !districts.get(district.id)) districts.set(district.id, district.name)
    if (organization) {
      const before = organizations.get(organization.id)
      if (!before || (organization.name && before.since <= since))
        organizations.set(organization.id, { ...organization, since })
    }
    if (category) {
      const before = categories.get(category.id)
      if (!before || before.since <= since) {
        categories.set(category.id, {
          name: category.name ?? before?.name,
          group: category.group ?? before?.group,
          about: category.about ?? before?.about,
          since,
        })
      }
    }
    if (building) {
      const { address, at, weak } = building
      const worth = (address && !weak ? 2 : 0) + (at ? 1 : 0)
      if (!(worth <= (houses.get(building.id)?.worth ?? -1)))
        houses.set(building.id, { address, district: district?.id, at, worth })
    }
  }

  /** What the log does not know yet, or knows by an older name. A building that is known is left to its register. */
  function events(known: Known, origin: Origin): DomainEvent[] {
    const { source, language, asOf } = origin
    const told: DomainEvent[] = []
    const words = (name: string) => ({ [language]: cut(name, 200) })
    const envelope = (noun: string, id: string) => ({
      id: idOf(`${source}:${noun}:${id}:${asOf.date}`),
      occurredAt: asOf.at,
      source,
    })
    /** The registration that stands, unless this file is newer and says something else. */
    const stands = <T extends RegistryEvent['type']>(
      type: T,
      stream: string,
      same: (event: Extract<RegistryEvent, { type: T }>) => boolean,
    ) => {
      const event = known.get(stream)
      if (!event || event.type !== type) return false
      // The stream's name and the type agree.
      return event.occurredAt > asOf.at || same(event as Extract<RegistryEvent, { type: T }>)
    }

    for (const [district, name] of districts) {
      if (known.has(`district:${district}`)) continue
      told.push({
        ...envelope('district', district),
        type: 'district.registered',
        district,
        name: words(name ?? district),
      })
    }
    for (const [organization, company] of organizations) {
      const before = known.get(`organization:${organization}`)
      const name = cut(company.name ?? organization, 200)
      const same = (event: { name: string }) => !company.name || event.name === name
      if (stands('organization.registered', `organization:${organization}`, same)) continue
      const kind = before?.type === 'organization.registered' ? before.kind : 'unknown'
      told.push({
        ...envelope('organization', organization),
        type: 'organization.registered',
        organization,
        name,
        kind: company.kind ?? kind,
      })
    }
    for (const [category, { name, group, about }] of categories) {
      const same = (event: Extract<RegistryEvent, { type: 'category.registered' }>) =>
        (!name || event.name[language] === cut(name, 200)) &&
        (about === undefined || event.about === about)
      if (stands('category.registered', `category:${category}`, same)) continue
      told.push({
        // A mapping that says it later than a file was read says something new of the same day.
        ...envelope('category', about ? `${category}:${about}` : category),
        type: 'category.registered',
        category,
        name: words(name ?? category),
        ...(group && { group: words(group) }),
        ...(about && { about }),
      })
    }
    for (const [building, { address, district, at }] of houses) {
      if (known.has(`building:${building}`)) continue
      told.push({
        ...envelope('building', building),
        type: 'building.registered',
        building,
        address: words(address ?? building),
        ...(district && { district }),
        ...(at && { lon: at[0], lat: at[1] }),
      })
    }
    return told
  }

  return { add, events }
}
