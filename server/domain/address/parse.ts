import { type House, houseOf, isEmpty, isLetter, isNumber } from './house.ts'
import { plain } from './letters.ts'
import {
  isFlat,
  isShort,
  isSilent,
  isStreetKind,
  type Kind,
  kindOf,
  labelOf,
  ORDINAL_ENDS,
  oneWay,
  type StreetKind,
} from './words.ts'

/** A named thing of an address: a settlement, its part, a street. Kind null: none was written. */
export interface Element {
  kind: Kind | null
  names: readonly string[]
}
export interface Address {
  /** From the widest; the street is not among them. */
  areas: readonly Element[]
  /** Of the street; null where none was written. */
  kind: StreetKind | 'мкр' | null
  /** Words of the street's name, each in its one way, in alphabetical order: "2-я Владимирская" is "2 владимирская". */
  street: string
  /** null where the address names no house. */
  house: House | null
}
/** All an index needs: the elements with the street as the last. */
export interface Reading {
  elements: readonly Element[]
  house: House | null
}

const LONGEST = 400
const TOKEN = /\d+|\p{L}[\p{L}\p{M}]*(?:-\p{L}[\p{L}\p{M}]*)*|[,;/()-]/gu

/** Takes an address apart. What it does not understand stays among the names and then matches nothing; a flat is left out. */
export function parseAddress(text: string): Address {
  const { elements, house } = read(text)
  const at = elements.findLastIndex(({ kind }) => kind === null || isStreetKind(kind))
  const street = elements[at < 0 ? elements.length - 1 : at]
  return {
    areas: elements.filter((element) => element !== street),
    kind: street?.kind && (isStreetKind(street.kind) || street.kind === 'мкр') ? street.kind : null,
    street: (street?.names ?? []).toSorted().join(' '),
    house,
  }
}

export function read(text: string): Reading {
  const tokens = houseLast(withoutFlats(tokensOf(text)))
  const start = houseStart(tokens)
  const house = start < 0 ? null : houseOf(tokens.slice(start))
  const elements = elementsOf(start < 0 ? tokens : tokens.slice(0, start))
  return { elements, house: house && isEmpty(house) ? null : house }
}

function tokensOf(text: string): string[] {
  const found: string[] = plain(text.slice(0, LONGEST)).match(TOKEN) ?? []
  return found.flatMap((token, at) => {
    if (token === ';') return [',']
    if (/^\d{6}$/.test(token) && labelOf(found[at - 1] ?? '') === undefined) return []
    if (token === 'ықшам' || token === 'ы-а') return ['мкр']
    if (/^аудан/.test(token) && found[at - 1] === 'ықшам') return []
    return [token]
  })
}

/** The flat, the office, the floor: "кв. 12", "12-пәтер". */
function withoutFlats(tokens: readonly string[]): string[] {
  const left: string[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as string
    if (!isFlat(token)) {
      left.push(token)
      continue
    }
    const next = tokens[at + 1]
    if (next !== undefined && isNumber(next)) {
      at++
      while (/^[/-]$/.test(tokens[at + 1] ?? '') && isNumber(tokens[at + 2] ?? '')) at += 2
      if (isLetter(tokens[at + 1]) && labelOf(tokens[at + 1] as string) === undefined) at++
    } else {
      if (left.at(-1) === '-') left.pop()
      if (isNumber(left.at(-1) ?? '')) left.pop()
    }
  }
  return left
}

/** "5/1 Sadovaya Street": English writes the house first. */
function houseLast(tokens: readonly string[]): readonly string[] {
  if (!isNumber(tokens[0] ?? '') || tokens.some((token) => /[\p{L}--[a-z]]/v.test(token)))
    return tokens
  let end = 1
  while (tokens[end] === '/' && isNumber(tokens[end + 1] ?? '')) end += 2
  if (ORDINAL_ENDS.has(tokens[end] ?? '')) return tokens
  return [...tokens.slice(end), ',', ...tokens.slice(0, end)]
}

const BEHIND = new Set(['үй', 'үйі', 'уй'])

/** Index of the first token of the house; -1 where there is none. */
function houseStart(tokens: readonly string[]): number {
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
  if (comma > 0) return comma + 1
  for (let at = 1; at < tokens.length; at++)
    if (isNumber(tokens[at] as string) && isHouseOnly(tokens, at) && isNamed(tokens.slice(0, at)))
      return at
  return -1
}

/** More than a kind: a word of a name, or a kind that is one. */
const isNamed = (tokens: readonly string[]) =>
  tokens.some(
    (token, at) =>
      /^\p{L}{2}/u.test(token) && (kindOf(token) === undefined || isNameOfStreet(tokens, at)),
  )

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

function elementsOf(tokens: readonly string[]): Element[] {
  const elements: Element[] = []
  let part: string[] = []
  const flush = () => {
    elements.push(...elementsOfPart(part))
    part = []
  }
  for (const token of tokens)
    if (token === ',') flush()
    else part.push(token)
  flush()
  return elements
}

function elementsOfPart(tokens: readonly string[]): Element[] {
  const elements: Element[] = []
  let kind: Kind | null = null
  let words: string[] = []
  let streetSeen = false
  const flush = () => {
    const names = namesOf(words)
    if (names.length > 0 || (kind !== null && elements.length === 0)) elements.push({ kind, names })
    else if (kind !== null) {
      // The kind stands behind the name: "Сосенский Стан улица".
      const last = elements.at(-1)
      if (last?.kind === null) elements[elements.length - 1] = { kind, names: last.names }
      else elements.push({ kind, names })
    }
    kind = null
    words = []
  }
  for (const [at, token] of tokens.entries()) {
    const found = kindOf(token)
    const next = tokens[at + 1]
    const meant =
      !isNameOfStreet(tokens, at) &&
      found !== undefined &&
      (!isShort(token) ||
        (isStreetKind(found) && (at === 0 || next === undefined)) ||
        (token === 'қ' && next === undefined) ||
        (!streetSeen &&
          next !== undefined &&
          next.length > 1 &&
          kindOf(next) === undefined &&
          !isNumber(next)))
    if (meant) {
      flush()
      kind = found
      if (isStreetKind(found)) streetSeen = true
    } else words.push(token)
  }
  flush()
  return elements
}

/** "ул. Набережная", "Аллея улица": beside "street" another kind is its name. */
const isNameOfStreet = (tokens: readonly string[], at: number) => {
  const token = tokens[at] as string
  const own = kindOf(token)
  if (own === undefined || own === 'ул' || token.length < 4 || !isStreetKind(own)) return false
  return kindOf(tokens[at - 1] ?? '') === 'ул' || kindOf(tokens[at + 1] ?? '') === 'ул'
}

function namesOf(words: readonly string[]): string[] {
  const names: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string
    if (isNumber(word)) {
      const dash = words[at + 1] === '-'
      const next = words[at + (dash ? 2 : 1)]
      if (next !== undefined && ORDINAL_ENDS.has(next) && (dash || next !== 'е')) {
        names.push(word)
        at += dash ? 2 : 1
      } else if (isLetter(next) && !dash) {
        names.push(word + next)
        at++
      } else names.push(word)
    } else if (!/^[/()-]$/.test(word))
      for (const piece of word.split('-')) if (!isSilent(piece)) names.push(oneWay(piece))
  }
  return names
}
