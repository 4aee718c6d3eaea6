/** A flat as it is written in the three languages, its word before or after its number, with what stands around it. */
const FLAT =
  /[\s,;(]*(?:(?<!\p{L})(?:кв(?:артира)?|п[әa]т(?:ер)?|пом(?:ещение)?|apt|apartment|unit|flat)\.?(?!\p{L})\s*(?:№\s*)?(\d+\s?\p{L}?)(?!\p{L})|(?<!&)#\s*(\d+\p{L}?)|(?<![\p{L}\d])(\d+)\s*-?\s*(?:кв(?:артира)?|п[әa]тер)(?!\p{L}|\.?\s*(?:№\s*)?\d)\.?)\)?/giu

/** An address and the flats in it apart: a place is public, a flat is a person's. */
export function flatsApart(address: string): { place: string; flats: string[] } {
  const flats: string[] = []
  const place = address.replace(FLAT, (_whole, after?: string, hash?: string, before?: string) => {
    flats.push((after ?? hash ?? before ?? '').trim())
    return ''
  })
  return { place: place.trim(), flats }
}

export const withoutFlat = (address: string) => flatsApart(address).place
