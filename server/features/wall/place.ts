import { type Context, Refusal } from '#server/trpc.ts'

/** The district a wall is of; null = the whole city. */
export type Place = NonNullable<ReturnType<Context['registry']['districtById']>> | null

export function placeOf({ registry }: Pick<Context, 'registry'>, district: string | null): Place {
  if (district === null) return null
  const known = registry.districtById(district)
  if (known) return known
  throw new Refusal('NOT_FOUND', `no district "${district}" is registered; change the screen`)
}

/** As filters and questions take it: an empty list restricts nothing. */
export const idsOf = (place: Place): string[] => (place ? [place.id] : [])
export const keysOf = (place: Place): number[] => (place ? [place.key] : [])
