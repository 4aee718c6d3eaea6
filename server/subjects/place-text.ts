import { flatsApart } from '#server/domain/address/flat.ts'
import { asSeen, personalIn } from '#server/domain/personal.ts'

/** Flats as people write them, as the words of addresses know them. */
const plainFlats = (text: string) =>
  asSeen(text)
    .replaceAll(/(?<!\p{L})(кв(?:артира)?|пәтер)\.?\s*[:-]\s*(?=\d)/giu, '$1 ')
    .replaceAll(/(\d)-?\s?(?:ші|шы)\s+(?=пәтер)/giu, '$1 ')

/** The house that a person wrote, and the flat apart: a place may stand in an event, a flat, a phone and an e-mail may not. */
export function withoutPerson(text: string): { place: string; flat: string | null } {
  const written = plainFlats(text)
  const plain = personalIn(written).reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`,
    written,
  )
  const { place, flats } = flatsApart(plain)
  return {
    place: place
      .replaceAll(/\s+/g, ' ')
      .replaceAll(/[\s,;]+$/g, '')
      .trim(),
    flat: flats[0]?.slice(0, 40) ?? null,
  }
}
