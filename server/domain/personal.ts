import { MASK, type Personal } from '#server/contract/refusals.ts'

/** A piece of a text that looks as if it belonged to a person. */
export interface PersonalPiece {
  looksLike: Personal
  start: number
  end: number
}

const FULL_WIDTH = 0xfee0

/** Signs that look the same made the same: dashes, spaces, wide digits; what is not seen is taken out. */
export const asSeen = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\p{Cc}\p{Zs}]/gu, ' ')
    .replaceAll(/\p{Pd}/gu, '-')
    .replaceAll(/[０-９＋＠]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH))

/** A date, with or without a time: no phone, although written in digits. */
const DATE =
  /(?<!\d)(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{1,2}:\d{2}(?::\d{2})?)(?!\d)/g
const EMAIL = /\S+@\S+/g
const HANDLE = /(?<!\S)@[\w.]+/g
const DIGITS = /\+?\d(?:[\s().-]*\d){8,}/g
/** A number of fewer digits is a phone where it is called one. */
const CALLED_PHONE =
  /(?<!\p{L})(?:тел(?:ефон)?|моб(?:ильный)?|сот(?:овый)?|т|tel|phone|mob)[.:\s]+\+?\d(?:[\s().-]*\d){3,}/giu
const DOCUMENT =
  /(?<!\p{L})(?:паспорт\p{L}*|удостоверени\p{L}*\s+личности|уд\.?\s*личн\p{L}*\.?|жеке\s+куәлі\p{L}*|төлқұжат\p{L}*|passport)(?:[\s:]*(?:серии|серия|номер|№|no\.?|#))*[\s:]*\p{L}{0,2}\s?\d(?:[\s№-]*\d){5,}/giu
/** What opens the door of somebody's house. */
const DOOR_CODE = /(?<!\p{L})(?:код(?:\s+домофона)?|домофон)[.:\s№]+\d+\s?\p{L}?\d*/giu
/** Said before a long number, it is that of a thing or of a legal person. */
const OF_A_THING =
  /(?:№|#|(?<!\p{L})(?:заявк\p{L}*|обращени\p{L}*|өтінім\p{L}*|request|договор\p{L}*|бин|бсн|bin|огрн|огрнип|кпп))[\s:№#]*$/iu
const OF_A_LEGAL_PERSON = /(?<!\p{L})(?:инн|inn|бин|бсн|bin)[\s:№#]*$/iu

/** What of a text looks as if it belonged to a person, by place. Positions are those of {@link asSeen}. */
export function personalIn(text: string): PersonalPiece[] {
  let plain = asSeen(text).replaceAll(DATE, (date) => ';'.repeat(date.length))
  const found: PersonalPiece[] = []
  const take = (pattern: RegExp, kindOf: (piece: string, before: string) => Personal | null) => {
    for (const { 0: piece, index } of [...plain.matchAll(pattern)]) {
      const looksLike = kindOf(piece, plain.slice(0, index))
      if (!looksLike) continue
      found.push({ looksLike, start: index, end: index + piece.length })
      plain = plain.slice(0, index) + ';'.repeat(piece.length) + plain.slice(index + piece.length)
    }
  }
  take(EMAIL, () => 'email')
  take(HANDLE, () => 'handle')
  take(DOCUMENT, () => 'document')
  // A number of a person between other numbers is one word of a run of digits.
  take(/(?<!\d)\d{11,19}(?!\d)/g, (run, before) =>
    OF_A_THING.test(before) ? null : identityOf(run, run),
  )
  take(DIGITS, numberOf)
  take(CALLED_PHONE, () => 'phone')
  take(DOOR_CODE, () => 'doorCode')
  return found.sort((a, b) => a.start - b.start)
}

function numberOf(run: string, before: string): Personal | null {
  const digits = run.replaceAll(/\D/g, '')
  const whole = /^\d+$/.test(run)
  // The number of a request has a dozen digits and more.
  if (whole && digits.length >= 12) return null
  if (whole && digits.length === 10 && OF_A_LEGAL_PERSON.test(before)) return null
  return identityOf(digits, run) ?? 'phone'
}

/** By the check digits of each kind of number; null where none is right. */
function identityOf(digits: string, written: string): Personal | null {
  if (digits.length === 12 && isIin(digits)) return 'iin'
  if (digits.length === 12 && isPersonalInn(digits)) return 'inn'
  const grouped = /^\d{3}[\s-]\d{3}[\s-]\d{3}[\s-]\d{2}$/.test(written)
  if (digits.length === 11 && (grouped || !/^[78]/.test(digits)) && isSnils(digits)) return 'snils'
  return isCard(digits) ? 'card' : null
}

const weighed = (digits: string, weights: readonly number[]) =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0)
const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]

/** Kazakhstan: date of birth, century and sex, check digit by two rounds of weights. A legal person's BIN has no day there. */
function isIin(digits: string): boolean {
  const [month, day] = [Number(digits.slice(2, 4)), Number(digits.slice(4, 6))]
  if (month < 1 || month > 12 || day < 1 || day > 31 || Number(digits[6]) > 6) return false
  const first = weighed(digits, FIRST) % 11
  const check = first === 10 ? weighed(digits, SECOND) % 11 : first
  return check === Number(digits[11])
}

/** Russia, twelve digits: two check digits. A legal person's has ten. */
function isPersonalInn(digits: string): boolean {
  const eleventh = (weighed(digits, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10
  const twelfth = (weighed(digits, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10
  return eleventh === Number(digits[10]) && twelfth === Number(digits[11])
}

/** Russia: nine digits weighed 9 to 1, modulo 101; 100 is written 00. */
const isSnils = (digits: string): boolean =>
  Number(digits.slice(0, 9)) > 1_001_998 &&
  (weighed(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(digits.slice(9))

/** Payment cards: 16 to 19 digits after Luhn, of the ranges that banks issue here. */
function isCard(digits: string): boolean {
  if (digits.length < 16 || digits.length > 19 || !/^[2-6]/.test(digits)) return false
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Not in names: "@" or a code alone names no person there, and ten digits are mostly those of a legal one. */
const isNameFault = ({ looksLike }: PersonalPiece, piece: string): boolean =>
  looksLike === 'phone'
    ? /^\D*(?:\+|[78]\D*(?:\d\D*){10}$)/.test(piece) || /\p{L}/u.test(piece)
    : looksLike !== 'handle' && looksLike !== 'doorCode'

/**
 * A name or an address with what looks like a person's phone, mail address or identity number masked to its last two signs; the
 * same text where nothing does. A person's own name is a legitimate name of an organization («ИП Иванов И. И.») and stays.
 */
export function maskedName(name: string): string {
  if (!/\d{4}|@/.test(name.replaceAll(/[\s().-]/g, ''))) return name
  const plain = asSeen(name)
  const faults = personalIn(name).filter((one) => isNameFault(one, plain.slice(one.start, one.end)))
  return faults.length === 0 ? name : maskedPieces(plain, faults)
}

/** Free text of a source as a page shows it. */
export function maskedText(text: string): string {
  const found = personalIn(text)
  return found.length === 0 ? text : maskedPieces(asSeen(text), found)
}

const maskedPieces = (plain: string, pieces: readonly PersonalPiece[]) =>
  pieces.reduceRight(
    (text, { looksLike, start, end }) =>
      `${text.slice(0, start)}${MASK}${looksLike === 'email' ? '' : lastOf(text.slice(start, end))}${text.slice(end)}`,
    plain,
  )

/** The last two signs of what was found: enough to find it again, too little to learn it. */
export const lastOf = (piece: string): string => piece.replaceAll(/[^\p{L}\d]/gu, '').slice(-2)
