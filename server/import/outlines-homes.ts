import { clean } from './fields.ts'

/** Values of OpenStreetMap's `building` of which people live in every one. */
const HOMES = new Set([
  ...['apartments', 'residential', 'house', 'detached', 'semidetached_house', 'terrace'],
  ...['dormitory', 'bungalow', 'farm', 'hut', 'cabin', 'block_of_flats'],
])
/** They say that it is a building, and not which. */
const UNSPECIFIC = /^(?:yes|true|1|building|\d+)$/i
/** What else a feature may be, whatever its building is. */
const OTHER_USES = ['shop', 'amenity', 'office', 'industrial', 'craft', 'military', 'power']

export const NO_HOME = 'is no dwelling'

/**
 * Why an outline that no register knows is not taken for a house; null where it is. By the property `building`: dwellings are,
 * other uses are not, and one that says only that it is a building is where it has an address. A file without it is taken whole.
 */
export function noHome(
  properties: Readonly<Record<string, unknown>>,
  address: string | null,
): { reason: string; value: string } | null {
  const text = (name: string) => {
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined
    return typeof value === 'string' || typeof value === 'number' ? clean(String(value)) : ''
  }
  const other = OTHER_USES.find((name) => text(name) !== '' && text(name) !== 'no')
  if (other) return { reason: `${NO_HOME}: its "${other}" says so`, value: text(other) }
  const building = text('building').toLowerCase()
  if (building === '' || HOMES.has(building)) return null
  if (!UNSPECIFIC.test(building)) return { reason: `${NO_HOME} by its "building"`, value: building }
  return address === null
    ? { reason: `${NO_HOME} as far as it says: any building, without an address`, value: building }
    : null
}
