import type { Building } from './registry.ts'

/** Where the register knows entrances only (method, section 10). */
const PER_ENTRANCE = 36

/** How many apartments a building is counted with. */
export interface Apartments {
  count: number
  /** The register does not say: entrances × 36. */
  assumed: boolean
}

/** null = neither apartments nor entrances are known, and nothing can be said per apartment. */
export function apartmentsOf({
  apartments,
  entrances,
}: Pick<Building, 'apartments' | 'entrances'>): Apartments | null {
  if (apartments) return { count: apartments, assumed: false }
  return entrances ? { count: entrances * PER_ENTRANCE, assumed: true } : null
}
