import type { Words } from '#server/contract/vocabulary.ts'
import type { Building } from '#server/domain/registry.ts'

/** A building in the list. */
export interface BuildingRow {
  id: string
  address: Words
  district: Words | null
  answersNow: { id: string; name: string; phone: string | null; since: number } | null
  year: number | null
  floors: number | null
  apartments: number | null
  open: number
  overdue: number
  emergency: number
  /** In the 365 days before the last midnight. */
  requestsYear: number
  /** The same per 100 apartments; null where neither apartments nor entrances are known. */
  per100: number | null
  /** The same drawn towards the city's rate by how little the building tells. */
  smoothed: number | null
  /** The register does not say how many apartments there are: entrances × 36. */
  apartmentsAssumed: boolean
  /** Of the judgement of buildings; null where nothing is expected of it. */
  expected: number | null
  /** Requests over expected. */
  ratio: number | null
  /** P(rate > 2 × expected). */
  chance: number | null
  heavy: boolean
  /** The last 90 days over those before, as the city's are; and the smaller of the chances of so much and of so little. */
  trend: { ratio: number | null; chance: number } | null
  /** P(so few) where its neighbours report as they do, or else by the expectation alone. */
  silence: number | null
  silent: boolean
  gone: boolean
  /** The building itself, for exports. */
  building: Building
}
