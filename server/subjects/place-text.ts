import { flatsApart } from '#server/domain/address/flat.ts'
import { understood } from '#server/domain/address/understood.ts'
import { asSeen, personalIn } from '#server/domain/personal.ts'

export interface Said {
  /** A place may stand in an event; a flat, a phone, an e-mail and a name may not. */
  place: string
  flat: string | null
  /** What was not understood as a place: it may be a name. */
  rest: string
}

const FLAT_BEHIND_HYPHEN = /(\d\p{L}?)\s?-\s?(\d{1,4})(?=,|$)/u
const LONGEST_FLAT = 40

/** The house that a person wrote, and the flat and what is no address apart. @param finds whether the register knows the house */
export function withoutPerson(text: string, finds: (address: string) => boolean): Said {
  const written = asSeen(text)
  const plain = personalIn(written).reduceRight(
    (rest, { start, end }) => `${rest.slice(0, start)} ${rest.slice(end)}`,
    written,
  )
  const { place: whole, flats } = flatsApart(plain)
  const place = tidied(whole)
  const flat = flats[0]?.slice(0, LONGEST_FLAT) ?? null
  if (finds(place)) return { place, flat, rest: '' }
  const own = understood(place)
  const rest = own.rest.join(', ')
  const [hyphened, house = '', behind = null] = FLAT_BEHIND_HYPHEN.exec(own.place) ?? []
  if (hyphened === undefined || flat !== null || finds(own.place))
    return { place: own.place, flat, rest }
  // House 1-15 is not known: the flat of house 1, or a house whose number the desk reads in the person's text.
  return {
    place: own.place.replace(FLAT_BEHIND_HYPHEN, `${house}, …`),
    flat: behind,
    rest: [rest, hyphened].filter(Boolean).join(', '),
  }
}

const tidied = (place: string) =>
  place
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\s,;]+$/g, '')
    .trim()
