import type { CategoryAbout, OrganizationKind, Words } from '#server/contract/vocabulary.ts'
import type { AddressAnswer } from './address/address-index.ts'
import type { RegistryTold } from './knowledge.ts'
import type { Mergers } from './tenure.ts'

export interface Building {
  key: number
  id: string
  address: Words
  district: number
  lon: number | null
  lat: number | null
  /** Rings of the footprint, [lon, lat], first ring outer; null where no outline is known. */
  outline: [number, number][][] | null
  year: number | null
  series: string | null
  floors: number | null
  entrances: number | null
  apartments: number | null
  area: number | null
  lifts: number | null
  heatingPoint: string | null
  /** Share of its area that the city owns. */
  cityShare: number | null
  gone: boolean
  /** Half-open intervals by start; organization 0 = nobody is known to answer. */
  tenures: readonly Tenure[]
}
export interface Tenure {
  organization: number
  /** As the source named it; only where no such organization is known. */
  organizationRef?: string
  start: number
  /** null = still. */
  end: number | null
  contract: string | null
  /** Begins with the merger of who answered until then. */
  merger?: true
  /** Told before it began. */
  ahead?: true
}
/** The owners chose another organization. A merger makes another answer as well, but nobody chose it; nor is a first, or a missing, one a choice. */
export const isTransfer = (before: Tenure | undefined, after: Tenure): boolean =>
  before !== undefined &&
  before.organization !== 0 &&
  after.organization !== 0 &&
  before.organization !== after.organization &&
  after.merger !== true

export interface Organization {
  key: number
  id: string
  name: string
  kind: OrganizationKind
  phone: string | null
  /** The organization it went into, by the source's id; its history stays. */
  mergedInto: { id: string; at: number } | null
}
export interface Category {
  key: number
  id: string
  name: Words
  group: Words | null
  /** What the city says its complaints are about; null = its words tell. */
  about: CategoryAbout | null
}
export interface District {
  key: number
  id: string
  name: Words
  outline: [number, number][][] | null
}

/** The registry as it is now, in memory, by key and by the id that sources and addresses use. Read-only for everyone but the projector. */
export interface Registry {
  /** Grows with every registry event; part of the key of anything cached from the registry. */
  revision(): number
  building(key: number): Building | undefined
  buildingById(id: string): Building | undefined
  buildings(): Iterable<Building>
  /** The building that an address means, or those it may mean. */
  addressed(text: string): AddressAnswer
  organization(key: number): Organization | undefined
  organizationById(id: string): Organization | undefined
  organizations(): Iterable<Organization>
  category(key: number): Category | undefined
  categoryById(id: string): Category | undefined
  categories(): Iterable<Category>
  district(key: number): District | undefined
  districtById(id: string): District | undefined
  districts(): Iterable<District>
  /** Everything told of a building, an organization or a district, by key, in the order of recording: what tenure.ts and company-history.ts read. */
  told(key: number): readonly RegistryTold[]
  /** Of what was known at an instant; without one, of everything. */
  mergers(knownAt?: number): Mergers
}
