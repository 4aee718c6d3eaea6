/** Words before or after the number of a flat, in the three languages; with what stands around them. */
const FLAT =
  /[\s,;]*(?:(?<![\p{L}\d])(?:кв(?:артира)?|п[әa]т(?:ер)?|apt|apartment|flat|unit)\.?\s*(?:№\s*)?(\d+\s*\p{L}?)(?![\p{L}\d])|(?<![\p{L}\d])(\d+)\s*-?\s*(?:кв(?:артира)?|п[әa]тер)(?![\p{L}\d]|\.?\s*(?:№\s*)?\d)\.?)/giu
const PHONE = /\+?\d(?:[\s().-]*\d){8,}/g
const EMAIL = /\S+@\S+/g

/** The house that a person wrote, and the flat apart: a place may stand in an event, a flat, a phone and an e-mail may not. */
export function withoutPerson(text: string): { place: string; flat: string | null } {
  let flat: string | null = null
  const place = text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(EMAIL, ' ')
    .replaceAll(PHONE, ' ')
    .replaceAll(FLAT, (_whole, after?: string, before?: string) => {
      flat ??= (after ?? before ?? '').trim()
      return ''
    })
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\s,;]+$/g, '')
    .trim()
  return { place, flat }
}
