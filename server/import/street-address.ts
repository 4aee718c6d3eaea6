import { withoutFlat } from '#server/domain/address/flat.ts'

/** The kinds of street, as written in full and as people write them. */
const STREETS: readonly (readonly [full: string, written: RegExp])[] = [
  ['улица', /^(?:улица|ул)$/],
  ['проспект', /^(?:проспект|просп|пр-кт|пр-т|пр)$/],
  ['переулок', /^(?:переулок|пер)$/],
  ['бульвар', /^(?:бульвар|бул|б-р)$/],
  ['площадь', /^(?:площадь|пл)$/],
  ['проезд', /^(?:проезд|пр-д)$/],
  ['шоссе', /^(?:шоссе|ш)$/],
  ['тракт', /^тракт$/],
  ['набережная', /^(?:набережная|наб)$/],
  ['микрорайон', /^(?:микрорайон|мкр|мкрн)$/],
]
const HOUSE =
  /[\s,]\s*(?:(?:дом|д)[.\s]\s*)?(?<house>\d{1,4}(?:\s?[а-я](?![а-я]))?(?:\/\d{1,3}[а-я]?)?(?:,?\s?(?:корпус|корп|к)\.?\s?\d{1,2}[а-я]?)?)(?<flat>-\d{1,4})?$/iu
/**
 * The house of a street address: «ул. Максима Горецкого 3А, Минск» and «Максима Горецкого улица, д. 3а» are both
 * «улица Максима Горецкого, 3А». Undefined where the text does not name one street with its kind and one house: a
 * landmark, two houses, an entrance. A flat after a hyphen is dropped, and so is `around`.
 */
export function houseOf(text: string, around: RegExp): string | undefined {
  const bare = text
    .replace(around, '')
    .replace(/\s+/g, ' ')
    .replace(/^[\s,]+|[\s,.]+$/g, '')
    // «…, 13 2» is written of the same points of Minsk as «…, 13 к2».
    .replace(/,\s(\d{1,4})\s(\d{1,2})$/, ', $1 к$2')
  const found = HOUSE.exec(` ${bare}`)
  const house = found?.groups?.house
  if (!found || !house) return undefined
  const street = streetOf(bare.slice(0, Math.max(0, found.index - 1)))
  return street && `${street}, ${spell(house)}`
}

function streetOf(text: string): string | undefined {
  const words = text
    .replace(/([а-я])\.(?=\S)/giu, '$1. ')
    .split(/[\s,]+/)
    .filter(Boolean)
  let kind: string | undefined
  const name: string[] = []
  for (const word of words) {
    const plain = word.toLowerCase().replace(/\.$/, '')
    const street = STREETS.find(([, written]) => written.test(plain))
    if (street && kind) return undefined
    if (street) kind = street[0]
    else name.push(word)
  }
  if (!kind || name.length === 0 || name.length > 6 || !/\p{L}{2}/u.test(name.join(''))) return
  const strange = name.some(
    (word, index) => !NAME.test(word) || ASIDE.test(word) || (index > 0 && /^\d+$/.test(word)),
  )
  return strange ? undefined : `${kind} ${name.map(capital).join(' ')}`
}

const NAME = /^[\p{L}\d.«»"-]+$/u
/** Words of a place at a house, or of another place altogether. */
const ASIDE =
  /^(?:подъезд|под\.|этаж|кварт|напротив|около|возле|рядом|между|перед|двор|останов|магазин|школ|сад|въезд|выезд)/iu

/** What stands around the street in an address: names of the city and the country, and a postal code. */
export function aroundOf(names: readonly string[]): RegExp {
  const words = names.map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
  const name = [...words, '\\d{6}'].join('|')
  return new RegExp(
    `(?:^|,\\s*|(?<=\\d)\\s*)(?:(?:г\\.?|город)\\s+)?(?:${name})(?:\\s+\\d{6})?(?=,|$)`,
    'giu',
  )
}

const SMALL = new Set(['лет', 'года', 'и', 'на', 'им.'])
/** One spelling of a name, however its letters were typed. */
const capital = (word: string) =>
  SMALL.has(word.toLowerCase())
    ? word.toLowerCase()
    : word.toLowerCase().replace(/(?<![\p{L}\d]|\d-)\p{L}/gu, (letter) => letter.toUpperCase())
const spell = (house: string) =>
  house
    .toUpperCase()
    .replace(/,?\s?(?:КОРПУС|КОРП|К)\.?\s?(?=\d)/, ' к')
    .replace(/(\d)\s([А-Я])/, '$1$2')

/** In a Russian street address the number after the last hyphen is a flat too: «Якубова 48-1». */
export const withoutHyphenFlat = (address: string) =>
  withoutFlat(address).replace(/(\d[а-я]?)\s?-\s?\d{1,4}(?=,|$)/giu, '$1')
