import { type HouseLabel, kindOf, labelOf } from './words.ts'

/** The parts of a house's number, each written in one way; empty where not written. */
export interface House {
  number: string
  fraction: string
  letter: string
  corpus: string
  /** строение */
  building: string
  /** Letter of the inventory, "лит. А". */
  literal: string
  /** сооружение */
  structure: string
  /** Entrances of a house kept as several in its register; in a person's address only where they stand. */
  entrance: string
  /** What else the register says of the house, such as "дубль 2". */
  rest: string
}

const LETTER = /^[а-хщэюәғқңөұүһіa-z]$/
export const isNumber = (token: string) => /^\d+$/.test(token)
export const isLetter = (token: string | undefined) => token !== undefined && LETTER.test(token)
const JOINTS = new Set(['/', '-'])

/** Whether a label is meant, not the letter of a house: "15 к 2", "15 к а", but "15 к". */
function isLabelAt(tokens: readonly string[], at: number): boolean {
  const token = tokens[at]
  if (token === undefined || labelOf(token) === undefined) return false
  if (token.length > 1 || (at === 0 && labelOf(token) === 'house')) return true
  let next = at + 1
  while (tokens[next] === ',' || tokens[next] === '/') next++
  const follower = tokens[next]
  if (follower === undefined) return false
  if (token === 'д') return isNumber(follower) && !isNumber(tokens[at - 1] ?? '')
  return isNumber(follower) || (isLetter(follower) && tokens[at + 1] !== ',') || isWord(follower)
}
const isWord = (token: string) => token.length > 1 && labelOf(token) !== undefined

export function houseOf(tokens: readonly string[]): House {
  const parts: Record<HouseLabel, string[]> = {
    house: [],
    corpus: [],
    building: [],
    literal: [],
    structure: [],
    entrance: [],
    copy: [],
  }
  const rest: string[] = []
  let label: HouseLabel = 'house'
  let aside = 0
  for (const [at, token] of tokens.entries()) {
    if (token === ',') continue
    const named = labelOf(token)
    if (named !== undefined && isLabelAt(tokens, at)) label = named
    else if (token === '(') aside++
    else if (token === ')') {
      aside = Math.max(0, aside - 1)
      if (label === 'copy') label = 'house'
    } else if (aside > 0 && label !== 'copy' && label !== 'entrance') rest.push(token)
    else if (isNumber(token) || isLetter(token) || JOINTS.has(token)) parts[label].push(token)
    else rest.push(kindOf(token) ?? token)
  }
  const copy = joined(parts.copy)
  return {
    ...numberOf(joined(parts.house)),
    corpus: joined(parts.corpus),
    building: joined(parts.building),
    literal: joined(parts.literal),
    structure: joined(parts.structure),
    entrance: joined(parts.entrance),
    rest: [...rest.toSorted(), ...(copy ? [`дубль ${copy}`] : [])].join(' '),
  }
}

/** "15 - а" is 15а; "13 - 15" is a house of two numbers; a joint at an end joins nothing; 05 is 5. */
function joined(tokens: readonly string[]): string {
  let text = ''
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1]
    const next = tokens[at + 1]
    if (JOINTS.has(token)) {
      if (before === undefined || next === undefined || JOINTS.has(next)) continue
      if (token === '-' && (isLetter(next) || isLetter(before))) continue
      text += token
    } else {
      const value = isNumber(token) ? token.replace(/^0+(?=\d)/, '') : token
      const apart =
        before !== undefined && !JOINTS.has(before) && isNumber(token) === isNumber(before)
      text += apart ? ` ${value}` : value
    }
  }
  return text
}

function numberOf(text: string): Pick<House, 'number' | 'fraction' | 'letter'> {
  const [, number, letter, fraction, last] =
    /^(\d+)([^\d/\s-]?)(?:\/(\d+(?:-\d+)?))?([^\d/\s-]?)$/.exec(text) ?? []
  return number === undefined || (letter && last)
    ? { number: text, fraction: '', letter: '' }
    : // "12а/4" and "12/4а" are two houses.
      {
        number,
        fraction: letter && fraction ? `${fraction}·` : (fraction ?? ''),
        letter: letter || (last ?? ''),
      }
}

/** Equal for the same house of a street, whatever entrance or remark is written with it. */
export const houseKey = ({
  number,
  fraction,
  letter,
  corpus,
  building,
  literal,
  structure,
}: House) => `${number}/${fraction}${letter}к${corpus}с${building}л${literal}о${structure}`

export const isEmpty = (house: House) => /^\/к?с?л?о?$/.test(houseKey(house))
