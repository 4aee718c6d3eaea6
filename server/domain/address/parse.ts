import { type House, houseOf, isEmpty, isLetter, isNumber } from './house.ts'
import { houseStart, looseBefore, mayBeName } from './house-start.ts'
import { doorsApart, tokensOf } from './tokens.ts'
import {
  isShort,
  isSilent,
  isStreetKind,
  type Kind,
  kindOf,
  ORDINAL_ENDS,
  oneWay,
  type StreetKind,
} from './words.ts'

/** A named thing of an address: a settlement, its part, a street. Kind null: none was written. */
export interface Element {
  kind: Kind | null
  names: readonly string[]
  /** The kind as it was written where no name was: it may be one, "Набережная, 1". */
  said?: string
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
  /** How else it may be meant: "Вокзальная 1, 2" has house 2 of a first street, or house 1 and something behind it. */
  or?: Reading
}

const LONGEST = 400

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
  const { left } = doorsApart(tokensOf(text.slice(0, LONGEST)))
  return readingOf(houseLast(left.map(({ word }) => word)))
}

function readingOf(tokens: readonly string[]): Reading {
  const start = houseStart(tokens)
  const house = start < 0 ? null : houseOf(tokens.slice(start))
  const elements = elementsOf(start < 0 ? tokens : tokens.slice(0, start))
  const loose = looseBefore(tokens, start)
  return {
    elements,
    house: house && isEmpty(house) ? null : house,
    ...(loose > 0 && {
      or: {
        elements: elementsOf(tokens.slice(0, loose)),
        house: houseOf(tokens.slice(loose, loose + 1)),
      },
    }),
  }
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
  let said = ''
  let words: string[] = []
  let streetSeen = false
  const flush = () => {
    const names = namesOf(words)
    const last = elements.at(-1)
    if (names.length > 0) elements.push({ kind, names })
    // The kind stands behind the name: "Сосенский Стан улица".
    else if (kind !== null && last?.kind === null)
      elements[elements.length - 1] = { kind, names: last.names }
    else if (kind !== null) elements.push({ kind, names, said })
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
      said = token
      if (isStreetKind(found)) streetSeen = true
    } else words.push(token)
  }
  flush()
  return elements
}

/** "ул. Набережная", "Аллея улица": beside "street" another kind is its name. */
const isNameOfStreet = (tokens: readonly string[], at: number) => {
  const token = tokens[at] as string
  if (!mayBeName(token)) return false
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
