import type { Personal } from '#server/contract/refusals.ts'
import { isCard, isIin, isPersonalInn, isSnils, startsWithMonth } from './personal-numbers.ts'

/** How one kind of personal text is written. No pattern repeats without a bound: a text is read in time that grows with its length. */
export interface Notation {
  pattern: RegExp
  /** What a text must hold to be worth the search: so many digits, or one of these signs. */
  needs: number | RegExp
  /** What a piece is, by what stands right before it; null = nothing of a person. */
  kindOf: (piece: string, before: string) => Personal | null
}

const always = (looksLike: Personal) => () => looksLike
const where = (looksLike: Personal, holds: boolean) => (holds ? looksLike : null)

/** Signs before a piece that are looked at. */
export const BEFORE = 24
/** Said before a long number, it is that of a thing or of a legal person. */
const OF_A_THING =
  /(?:№|#|(?<!\p{L})(?:заявк\p{L}{0,3}|обращени\p{L}{0,3}|өтінім\p{L}{0,6}|request|договор\p{L}{0,3}|бин|бсн|bin|огрн|огрнип|кпп|сч[её]т\p{L}{0,5}|акт\p{L}{0,3}|наряд\p{L}{0,3}|накладн\p{L}{0,3}|квитанци\p{L}{0,3}|л\/с))[\s:№#]{0,4}$/iu
const ofAThing = (before: string) => OF_A_THING.test(before)
/** Said before numbers with spaces between, they are those of flats, houses or pipes. */
const OF_PLACES =
  /(?<!\p{L})(?:кв|квартир\p{L}{0,3}|пәтер\p{L}{0,5}|дом\p{L}{0,3}|этаж\p{L}{0,3}|каб|кабинет\p{L}{0,2}|офис\p{L}{0,2}|стояк\p{L}{0,2}|d|ø)[.:\s]{0,3}$/iu
const isOfThings = (piece: string, before: string) =>
  (/^\d{11}$/.test(piece) && ofAThing(before)) ||
  (/^\d[\d ]*$/.test(piece) && OF_PLACES.test(before))
/** The call is free: the line of a firm. */
const FREE_CALL = /^8\D{0,3}800/

const EMAIL =
  /(?<![\p{L}\d._%+-])[\p{L}\d._%+-]{1,64} ?@ ?[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){0,4}\.(?:[a-z]{2,24}|рф|қаз|бел|срб|укр)(?![\p{L}\d])/giu
const HANDLE = /(?<![\p{L}\d._@-])(?:@|t\.me\/)[a-z]\w{3,31}/giu

const PAPER = [
  String.raw`(?<!(?:техническ|энергетическ|кадастров|санитарн)\p{L}{2,3}\s{1,2})паспорт\p{L}{0,3}`,
  String.raw`удостоверени\p{L}{1,3}\s{1,2}личности|уд\.?\s?личн\p{L}{0,5}\.?`,
  String.raw`жеке\s{1,2}куәлі\p{L}{1,6}|төлқұжат\p{L}{0,6}|passport`,
].join('|')
const DOCUMENT = new RegExp(
  String.raw`(?<!\p{L})(?:${PAPER})(?:[\s:]{0,2}(?:серии|серия|номер|№|no\.?|#)){0,3}[\s:]{0,3}(?:\d{2}[\s-]?\d{2}[\s-]{0,2}(?:номер|№|no\.?)?[\s-]{0,2}\d{6}|\p{L}{0,2}[\s-]?\d{6,9})(?!\d)`,
  'giu',
)

/** Digits after the code of the country, as they are grouped on paper; signs between groups may be left out. */
const GROUPINGS = [
  ...['3 3 2 2', '3 2 3 2', '3 2 2 3', '3 1 2 4', '3 1 2 2 2', '3 4 3'],
  ...['4 2 2 2', '4 3 3', '5 1 2 2', '5 2 3', '5 3 2'],
]
const SIGNS = '[ .()-]'
const grouped = (groupings: readonly string[]) =>
  groupings
    .map((groups) => groups.split(' ').map((digits) => String.raw`\d{${digits}}`))
    .map((groups) => groups.join(`${SIGNS}{0,3}`))
    .join('|')
/** Neither part of a longer number nor of one that begins with letters, АСК-87011234567. */
const STARTS = String.raw`(?<!\d|\d[.-]|\p{Lu}-)`
const ENDS = String.raw`(?!\d|[.-]\d)`
/** With one digit too many, as it was seen: 8701 12-34-5678. */
const TOO_LONG = String.raw`\d{3} \d{2}-\d{2}-\d{4}`
/** Sums are written by threes, 8 700 000 000: no grouping of a phone is. */
const PHONE = new RegExp(
  String.raw`${STARTS}(?:\+ ?)?[78]${SIGNS}{0,3}(?=[3-9])(?:${grouped(GROUPINGS)}|${TOO_LONG})${ENDS}`,
  'gu',
)
const NEIGHBOURS_PHONE = new RegExp(
  String.raw`\+ ?(?:375|380|99[2368])(?:${SIGNS}{0,3}\d){9}${ENDS}`,
  'gu',
)
/** Ten digits without the code of a country are a phone only where they are written as that of a mobile. */
const MOBILE =
  /(?<![\p{L}\d]|\d[ .-])\(?[79]\d{2}(?:\) ?|[ -])\d{3}[ -]\d{2}[ -]\d{2}(?!\d|[ .-]\d)/gu
/** A number of fewer digits is a phone where it is called one. */
const CALLED_PHONE =
  /(?<!\p{L})(?:тел(?:ефон\p{L}{0,3})?|моб(?:ильн\p{L}{2,3})?|сот(?:ов\p{L}{2,3}|ка)?|ұялы|what'?s ?app|ватсап\p{L}{0,2}|вотсап\p{L}{0,2}|вацап\p{L}{0,2}|tel|phone|mob)(?!\p{L})[\s.:№#(-]{0,5}(?:(?:номер|нөмірі|no|жильц\p{L}{1,2}|заявител\p{L}{1,2}|абонент\p{L}{0,2}|сосед\p{L}{0,3}|собственник\p{L}{0,2}|для\s(?:связи|справок))[\s.:№-]{0,3})?(?=(\+?\d(?:[ .()-]{0,2}\d){4,11}))\1(?!\s?(?:тг|тенге|теңге|руб|₸|₽|шт|км|кв\.?\s?м|м(?!\p{L})))/giu
/** After the word: a day, hours, or the short numbers of the services, and no number of a person. */
const NOT_TO_CALL =
  /\D(?:(?:19|20)\d{2}-(?:0\d|1[0-2])-[0-3]\d(?!\d)|1\d{2} 1\d{2}$|(?:[0-2]?\d|3[01])\.(?:0?\d|1[0-2])\.(?:\d{4}|\d{2})(?!\d)|(?:[01]?\d|2[0-3])\.[0-5]\d ?- ?(?:[01]?\d|2[0-4])\.[0-5]\d)/

/** What opens the door of somebody's house, called so, or written flat, К, code. */
const DOOR_CODE =
  /(?<!\p{L})(?:код\p{L}{0,2}\s{1,2}(?:(?:от|на|в|для)\s)?(?:домофон|подъезд|двер|калитк|ворот|вход|замк|шлагбаум)\p{L}{0,3}[\s.:№=#*-]{0,4}(?:\d{1,4}\s?[кk*#]\s?\d{2,6}|\d{3,8})|(?:есік|кіреберіс|домофон|door|entry)\p{L}{0,4}\s(?:код\p{L}{0,3}|code)[\s.:№=#*-]{0,4}(?:\d{1,4}\s?[кk*#]\s?\d{2,6}|\d{3,8})|(?:код|домофон)\p{L}{0,2}[\s.:№=-]{1,4}\d{1,4}[кk]\d{3,6})(?![\p{L}\d])/giu

const CARD_BY_FOURS = /(?<!\d|\d[ -])\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d|[ -]\d)/g
const SNILS_BY_THREES = /(?<!\d|\d-)\d{3}-\d{3}-\d{3}[ -]\d{2}(?!\d|-\d)/g
const SNILS_CALLED = /(?<=снилс[\s:№]{1,3})\d{3}[ -]?\d{3}[ -]?\d{3}[ -]?\d{2}(?!\d)/giu
const IIN_CALLED = /(?<=(?<!\p{L})(?:иин|жсн|iin)[\s:№]{1,3})\d{6} ?\d{6}(?!\d)/giu
const TOGETHER = /(?<!\d)\d{11,16}(?!\d)/g

const digitsOf = (piece: string) => piece.replaceAll(/\D/g, '')

/** A number of a person between other numbers is one word of a run of digits. */
function together(run: string, before: string): Personal | null {
  if (ofAThing(before)) return null
  if (run.length === 16) return where('card', isCard(run))
  if (startsWithMonth(run)) return null
  if (run.length === 11) return where('snils', !/^[78]/.test(run) && isSnils(run))
  if (run.length !== 12) return null
  return isIin(run) && /^[3-6]/.test(run.slice(6)) ? 'iin' : where('inn', isPersonalInn(run))
}

/** In the order in which they are looked for: what one has taken, the next does not see. */
export const NOTATIONS: readonly Notation[] = [
  { pattern: EMAIL, needs: /@/, kindOf: always('email') },
  { pattern: HANDLE, needs: /@|t\.me\//i, kindOf: always('handle') },
  { pattern: DOCUMENT, needs: 6, kindOf: always('document') },
  { pattern: IIN_CALLED, needs: 12, kindOf: (piece) => where('iin', isIin(digitsOf(piece))) },
  { pattern: SNILS_CALLED, needs: 11, kindOf: (piece) => where('snils', isSnils(digitsOf(piece))) },
  {
    pattern: SNILS_BY_THREES,
    needs: 11,
    kindOf: (piece) => where('snils', isSnils(digitsOf(piece))),
  },
  { pattern: CARD_BY_FOURS, needs: 16, kindOf: (piece) => where('card', isCard(digitsOf(piece))) },
  { pattern: TOGETHER, needs: 11, kindOf: together },
  {
    pattern: PHONE,
    needs: 11,
    kindOf: (piece, before) => where('phone', !isOfThings(piece, before) && !FREE_CALL.test(piece)),
  },
  { pattern: NEIGHBOURS_PHONE, needs: 12, kindOf: always('phone') },
  {
    pattern: MOBILE,
    needs: 10,
    kindOf: (piece, before) => where('phone', !isOfThings(piece, before)),
  },
  { pattern: CALLED_PHONE, needs: 5, kindOf: (piece) => where('phone', !NOT_TO_CALL.test(piece)) },
  { pattern: DOOR_CODE, needs: 3, kindOf: always('doorCode') },
]
