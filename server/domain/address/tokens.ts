import { isLetter, isNumber } from './house.ts'
import { plain } from './letters.ts'
import { isFlat, isNumeral, labelOf, ORDINAL_ENDS, oneWay } from './words.ts'

/** A word, a number or a sign of an address, in its plain letters, with its place in the text. */
export interface Token {
  word: string
  start: number
  end: number
}

/** Where something was left out of an address: what stood there may have named another house. */
export const LEFT_OUT = '…'

const TOKEN = /\d+|\p{L}[\p{L}\p{M}]*(?:-\p{L}[\p{L}\p{M}]*)*|[,;/()…-]/gu
const QUARTER = new Set(['ықшам', 'ы-а'])

/** Places are those of a text that is as long as its plain form; others are close to it. */
export function tokensOf(text: string): Token[] {
  const found = [...plain(text).matchAll(TOKEN)].map(({ 0: word, index }) => ({
    word,
    start: index,
    end: index + word.length,
  }))
  return found.flatMap((token, at) => {
    const { word } = token
    const before = found[at - 1]?.word ?? ''
    if (word === ';' || word === LEFT_OUT) return [{ ...token, word: ',' }]
    if (/^\d{6}$/.test(word) && labelOf(before) === undefined) return []
    if (QUARTER.has(word)) return [{ ...token, word: 'мкр' }]
    if (/^аудан/.test(word) && before === 'ықшам') return []
    return [token]
  })
}

/** What is behind the door, with its word: "кв. 15/2", "15 и 16 кв.", "12-ші пәтер", "кв. пятнадцать". */
export interface Behind {
  tokens: readonly Token[]
  /** Without the word. */
  number: readonly Token[]
}

/** An address and what is behind the doors in it apart; the entrances last, whichever way they were written. */
export function doorsApart(tokens: readonly Token[]): { left: Token[]; behind: Behind[] } {
  const left: Token[] = []
  const behind: Behind[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token
    if (!isFlat(token.word)) {
      left.push(token)
      continue
    }
    const after = numberAfter(tokens, at + 1)
    at += after.length
    const before = after.length > 0 ? [] : numberBefore(left)
    const number = (after.length > 0 ? after : before).filter(
      ({ word }, index) => index > 0 || word !== '-',
    )
    behind.push({ tokens: [...before, token, ...after], number: withoutOrdinal(number) })
  }
  return { left: entrancesLast(left), behind }
}

const AND = new Set(['и', 'және', 'мен', 'and'])

/** How much of what follows the word of a flat is its number: "15/2", "№ 15а", "15, 16", "15 и 16", "пятнадцать". */
function numberAfter(tokens: readonly Token[], from: number): Token[] {
  const word = (at: number) => tokens[at]?.word ?? ''
  let end = word(from) === '-' ? from + 1 : from
  if (!isNumber(word(end))) {
    while (isNumeral(word(end))) end++
    return word(end - 1) === '-' ? [] : tokens.slice(from, end)
  }
  end++
  for (;;) {
    if (isLetter(word(end)) && !AND.has(word(end)) && labelOf(word(end)) === undefined) end++
    const joint = word(end)
    const more = isNumber(word(end + 1))
    const listed = joint === ',' && (end + 2 === tokens.length || /^[,/)-]$/.test(word(end + 2)))
    if (!more || !(listed || /^[/-]$/.test(joint) || AND.has(joint))) break
    end += 2
  }
  return tokens.slice(from, end)
}

/** Takes the number off the end: "2", "2-й", "второй"; of "1, 15/2" the whole that is behind the comma. */
function numberBefore(left: Token[]): Token[] {
  const word = (back: number) => left[left.length - back]?.word ?? ''
  let count = word(1) === '-' ? 1 : 0
  if (isNumeral(word(count + 1))) {
    while (isNumeral(word(count + 1))) count++
    return left.splice(left.length - count)
  }
  if (ORDINAL_ENDS.has(word(count + 1))) count += word(count + 2) === '-' ? 2 : 1
  if (isLetter(word(count + 1)) && isNumber(word(count + 2))) count++
  if (!isNumber(word(count + 1))) return []
  count++
  const joined =
    (/^[/-]$/.test(word(count + 1)) || AND.has(word(count + 1))) && isNumber(word(count + 2))
  if (joined && (AND.has(word(count + 1)) || /^,?$/.test(word(count + 3)))) count += 2
  return left.splice(left.length - count)
}

const withoutOrdinal = (number: readonly Token[]) => {
  const end = number.findIndex(({ word }, at) => at > 0 && ORDINAL_ENDS.has(word))
  const own = end < 0 ? number : number.slice(0, end)
  return own.at(-1)?.word === '-' ? own.slice(0, -1) : own
}

/** "2-й подъезд" is "подъезд 2", and behind the house; "10, 2 корпус" is "10, корпус 2". */
function entrancesLast(tokens: readonly Token[]): Token[] {
  const left: Token[] = []
  const entrances: Token[] = []
  const first = labelOf(tokens[0]?.word ?? '') === 'entrance' && isNumber(tokens[1]?.word ?? '')
  if (first) entrances.push(...tokens.slice(0, 2))
  for (const [at, token] of tokens.entries()) {
    if (first && at < 2) continue
    const label = labelOf(token.word)
    const next = tokens[at + 1]?.word ?? ''
    const closed = token.word.length > 2 && !isNumber(next)
    if (label === 'entrance' && closed) {
      const number = withoutOrdinal(numberBefore(left))
      if (number.length > 0)
        entrances.push(
          token,
          ...number.map((one) => (isNumber(one.word) ? one : { ...one, word: oneWay(one.word) })),
        )
      else left.push(token)
    } else if ((label === 'corpus' || label === 'building') && closed && !isLetter(next)) {
      const last = left.at(-1)
      const before = left.at(left.at(-2)?.word === ',' ? -3 : -2)?.word ?? ''
      if (last && isNumber(last.word) && (isNumber(before) || isLetter(before)))
        left.splice(-1, 1, token, last)
      else left.push(token)
    } else left.push(token)
  }
  return [...left, ...entrances]
}
