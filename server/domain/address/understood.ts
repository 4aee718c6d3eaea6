import { isLetter, isNumber } from './house.ts'
import { read } from './parse.ts'
import { LEFT_OUT, type Token, tokensOf } from './tokens.ts'
import { isFlat, kindOf, labelOf, ORDINAL_ENDS } from './words.ts'

/**
 * Of an address without its flats what is understood as a place, a street or a house; the rest apart. A sign stands where
 * something was left out that may have been a place: such an address only suggests houses.
 */
export function understood(address: string): { place: string; rest: string[] } {
  const parts = address
    .split(/[,;()]+/)
    .map((part) => part.trim())
    .filter(Boolean)
  const kept: string[] = []
  const rest: string[] = []
  const leave = (said: string) => {
    if (said === '' || CALL.test(said)) return
    rest.push(said)
    if (!PERSON.test(said) && kept.at(-1) !== LEFT_OUT) kept.push(LEFT_OUT)
  }
  let housed = false
  for (const [at, part] of parts.entries()) {
    const end = housed ? 0 : houseEnd(kept, part)
    if (end > 0) {
      housed = true
      kept.push(part.slice(0, end))
      leave(part.slice(end).replace(/^[\s.]+/, ''))
    } else if (hasKind(part) || (housed ? isOfHouse(part) : isStreet(part, parts[at + 1] ?? '')))
      kept.push(part)
    else leave(part)
  }
  const none = kept.every((part) => part === LEFT_OUT)
  return { place: none ? '' : kept.join(', '), rest }
}

/** A word that is left of a phone. */
const CALL = /^(?:тел|моб|сот|звон|позвон|домофон)\p{L}*\.?$/iu
/** A name with initials or a patronymic. */
const PERSON =
  /^(?:\p{Lu}\p{L}+\s+\p{Lu}\.\s?(?:\p{Lu}\.?)?|\p{Lu}\.\s?(?:\p{Lu}\.\s?)?\p{Lu}\p{L}+|(?:\p{Lu}\p{L}+\s+){1,2}\p{L}+(?:вич|вна|ұлы|қызы))$/u

const isSign = ({ word }: Token) => isNumber(word) || isLetter(word)

/** How much of the part ends with a house; 0 where none does. */
function houseEnd(before: readonly string[], part: string): number {
  const tokens = tokensOf(part)
  for (let at = tokens.length - 1; at >= 0; at--) {
    const last = tokens[at] as Token
    const closes = isSign(last) || labelOf(last.word) !== undefined
    if (!closes || (isLetter(last.word) && part[last.end] === '.')) continue
    const ordinal = tokens[at - 1]?.word === '-' && ORDINAL_ENDS.has(last.word)
    if (ordinal && at < tokens.length - 1) continue
    if (isNumber(last.word) && ORDINAL_ENDS.has(tokens[at + 2]?.word ?? '')) continue
    if (read([...before, part.slice(0, last.end)].join(', ')).house) return last.end
  }
  return 0
}

/** A kind in full or in a small letter: a large one may be an initial. */
const hasKind = (part: string) =>
  tokensOf(part).some(({ word, start, end }) => {
    if (kindOf(word) === undefined) return false
    return word.length > 1 || /^[\p{Ll}Г]$/u.test(part.slice(start, end))
  })

/** "корп. 2", "2-й подъезд", or a number that may be the house of a quarter. */
function isOfHouse(part: string): boolean {
  const tokens = tokensOf(part)
  if (/^\d{1,4}\p{L}?$/u.test(part)) return true
  const labelled = tokens.some(({ word }) => word.length > 1 && (labelOf(word) || isFlat(word)))
  const short = labelOf(tokens[0]?.word ?? '') !== undefined && isNumber(tokens[1]?.word ?? '')
  return (
    (labelled || short) &&
    tokens.every(
      (token) =>
        isSign(token) ||
        labelOf(token.word) !== undefined ||
        ORDINAL_ENDS.has(token.word) ||
        /^[/-]$/.test(token.word),
    )
  )
}

/** A name right before a house of its own: "Вокзальная, 1". */
const isStreet = (part: string, next: string) =>
  /^(?:\p{L}{1,3}\.?\s?|дом\s)?(?:№\s?)?\d/u.test(next) && read(`${part}, ${next}`).house !== null
