import { isLetter, isNumber } from './house.ts'
import { isNumbered, isStreetKind, kindOf, labelOf, ORDINAL_ENDS } from './words.ts'

const BEHIND = new Set(['үй', 'үйі', 'уй'])

/** Index of the first token of the house; -1 where there is none. */
export function houseStart(tokens: readonly string[]): number {
  for (const [at, token] of tokens.entries()) {
    if (labelOf(token) !== 'house') continue
    const next = tokens[at + 1]
    if (next === undefined) {
      if (BEHIND.has(token)) return numberBefore(tokens, at)
      continue
    }
    if (isNumber(next) || (next === 'дом' && isNumber(tokens[at + 2] ?? ''))) return at
    if (
      next === '-' ||
      (next === ',' && isPartOnly(tokens, at + 2)) ||
      (labelOf(next) === 'corpus' && isNumber(tokens[at + 2] ?? ''))
    )
      return at
    if (isLetter(next) && isNumber(tokens[at + 2] ?? '')) return at
    if (at > 0 && BEHIND.has(token)) return numberBefore(tokens, at)
  }
  const comma = tokens.findIndex((token, at) => token === ',' && isHouseOnly(tokens, at + 1))
  const bare = bareNumber(tokens, comma > 0 ? comma : tokens.length)
  if (comma < 1) return bare
  const own = isNumber(tokens[comma + 1] ?? '')
  return bare < 0 || (own && !hasPart(tokens.slice(bare, comma))) ? comma + 1 : bare
}

/** Index of the first number that may be a house without a comma before it; -1 where there is none. */
const bareNumber = (tokens: readonly string[], end: number) =>
  tokens.findIndex(
    (_, at) =>
      at > 0 &&
      at < end &&
      !isOrdinal(tokens, at) &&
      isHouseOnly(tokens, at) &&
      isNamed(tokens.slice(0, at)),
  )
/** "5, стр. 2" of "5, стр. 2, 3". */
const hasPart = (tokens: readonly string[]) =>
  tokens.some((token, at) => labelOf(token) !== undefined && isNumber(tokens[at + 1] ?? ''))

/** "Тихий 2-й 12": of the name where another number stands behind it. */
const isOrdinal = (tokens: readonly string[], at: number) =>
  tokens[at + 1] === '-' &&
  ORDINAL_ENDS.has(tokens[at + 2] ?? '') &&
  tokens.slice(at + 3).some(isNumber)

/** More than a kind: a word of a name, or a kind that may be one, or the number of a quarter. */
const isNamed = (tokens: readonly string[]) =>
  tokens.some((token) => {
    const kind = kindOf(token)
    if (kind === undefined) return /^\p{L}{2}/u.test(token)
    return mayBeName(token) || (isNumbered(kind) && tokens.some(isNumber))
  })

/** "Набережная, 1": a kind written out may be the whole name. */
export const mayBeName = (token: string) => {
  const kind = kindOf(token)
  return kind !== undefined && kind !== 'ул' && isStreetKind(kind) && token.length >= 4
}

function numberBefore(tokens: readonly string[], label: number): number {
  let at = label - 1
  while (at > 0 && !isNumber(tokens[at] as string)) at--
  while (at > 1 && tokens[at - 1] === '/' && isNumber(tokens[at - 2] as string)) at -= 2
  return isNumber(tokens[at] ?? '') ? at : -1
}

/** A number and nothing but what belongs to a house's number after it; "8-я" does not. */
function isHouseOnly(tokens: readonly string[], from: number): boolean {
  if (!isNumber(tokens[from] ?? '') && !isPartOnly(tokens, from)) return false
  let listed = false
  return tokens.slice(from).every((token, at) => {
    if (labelOf(token) !== undefined) listed = true
    if (isNumber(token)) return at === 0 || listed || !isNumber(tokens[from + at - 1] ?? '')
    return /^[,/()-]$/.test(token) || isLetter(token) || labelOf(token) !== undefined
  })
}

/** A corpus without a house, as in a quarter: ", к3", ", - корп. 3". */
function isPartOnly(tokens: readonly string[], from: number): boolean {
  const at = tokens[from] === '-' ? from + 1 : from
  return (
    tokens[from - 1] === ',' &&
    labelOf(tokens[at] ?? '') === 'corpus' &&
    isNumber(tokens[at + 1] ?? '')
  )
}

/** Index of a number at the end of the names that may itself be the house, where the one that was taken for it has no label. */
export function looseBefore(tokens: readonly string[], start: number): number {
  const tail = tokens.slice(Math.max(0, start))
  if (start < 0 || labelOf(tail[0] as string) !== undefined) return -1
  if (tail.some((token) => token.length > 1 && labelOf(token) === 'house')) return -1
  let at = start - 1
  while (tokens[at] === ',') at--
  return isNumber(tokens[at] ?? '') && isNamed(tokens.slice(tokens.lastIndexOf(',', at) + 1, at))
    ? at
    : -1
}
