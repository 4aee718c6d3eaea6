import { flatsApart } from '#server/domain/address/flat.ts'

const PHONE = /\+?\d(?:[\s().-]*\d){8,}/g
const EMAIL = /\S+@\S+/g

/** The house that a person wrote, and the flat apart: a place may stand in an event, a flat, a phone and an e-mail may not. */
export function withoutPerson(text: string): { place: string; flat: string | null } {
  const plain = text
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll(EMAIL, ' ')
    .replaceAll(PHONE, ' ')
  const { place, flats } = flatsApart(plain)
  return {
    place: place
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/[\s,;]+$/g, '')
      .trim(),
    flat: flats[0] ?? null,
  }
}
