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
/** Of these a dwelling has one on its ground floor and stays a dwelling. */
const BELOW_HOMES = new Set(['shop', 'amenity', 'office', 'craft'])

export const NO_HOME = 'is no dwelling'

/**
 * Why an outline that no register knows is not taken for a house; null where it is. By the property `building`: dwellings are,
 * also among other values (`apartments;commercial`) and above a shop; other uses are not, and one that says only that it is a
 * building is where it has an address. A file without it is taken whole.
 */
export function noHome(
  properties: Readonly<Record<string, unknown>>,
  address: string | null,
): { reason: string; value: string } | null {
  const text = (name: string) => {
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined
    return typeof value === 'string' || typeof value === 'number' ? clean(String(value)) : ''
  }
  const building = text('building').toLowerCase()
  const parts = building
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
  const isHome = parts.some((part) => HOMES.has(part))
  const other = OTHER_USES.find(
    (name) => text(name) !== '' && text(name) !== 'no' && !(isHome && BELOW_HOMES.has(name)),
  )
  if (other) return { reason: `${NO_HOME}: its "${other}" says so`, value: text(other) }
  if (parts.length === 0 || isHome) return null
  if (!parts.every((part) => UNSPECIFIC.test(part)))
    return { reason: `${NO_HOME} by its "building"`, value: building }
  return address === null
    ? { reason: `${NO_HOME} as far as it says: any building, without an address`, value: building }
    : null
}
