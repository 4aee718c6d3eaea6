import type { OrganizationKind, Words } from '#server/contract/vocabulary.ts'

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
}
export interface Organization {
  key: number
  id: string
  name: string
  kind: OrganizationKind
  phone: string | null
}
export interface Category {
  key: number
  id: string
  name: Words
  group: Words | null
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
  organization(key: number): Organization | undefined
  organizationById(id: string): Organization | undefined
  organizations(): Iterable<Organization>
  category(key: number): Category | undefined
  categoryById(id: string): Category | undefined
  categories(): Iterable<Category>
  district(key: number): District | undefined
  districtById(id: string): District | undefined
  districts(): Iterable<District>
}
