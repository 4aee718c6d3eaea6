import { plain } from './letters.ts'
import { doorsApart, type Token, tokensOf } from './tokens.ts'
import { isOwnDoor } from './words.ts'

/** What a text must hold to have a flat: most have none, and millions are read in a rebuild. */
const WORTH_READING =
  /\d.*кв|кв.*[\d\p{L}]|п[әa]т|пом|ком|б[өo]лме|п-р|апарт|apt|apart|unit|flat|kv|pater|#/isu
const HASH = /[\s,;(]*(?<!&)#\s*(\d+\p{L}?)\)?/gu

/** An address and the flats in it apart: a place is public, a flat is a person's. */
export function flatsApart(address: string): { place: string; flats: string[] } {
  if (!WORTH_READING.test(address)) return { place: address.trim(), flats: [] }
  const flats: string[] = []
  const hashless = placed(address).replace(HASH, (_whole, number: string) => {
    flats.push(number)
    return ''
  })
  const { behind } = doorsApart(tokensOf(hashless))
  let place = hashless
  for (const { tokens, number } of behind.toReversed()) {
    if (number.length === 0 || !tokens.some(({ word }) => isOwnDoor(word))) continue
    const [from, to] = [startOf(tokens), endOf(tokens)]
    flats.unshift(hashless.slice(startOf(number), endOf(number)))
    const before = place.slice(0, from).replace(/[\s,;(№]+$/u, '')
    const after = place.slice(to).replace(/^\.?\)?/u, '')
    place = before === '' ? after.replace(/^[\s,;]+/u, '') : before + after
  }
  return { place: place.trim(), flats }
}

/** As it is written, unless its plain form is longer or shorter. */
const placed = (text: string) => (plain(text).length === text.length ? text : plain(text))
const startOf = (tokens: readonly Token[]) => Math.min(...tokens.map(({ start }) => start))
const endOf = (tokens: readonly Token[]) => Math.max(...tokens.map(({ end }) => end))

export const withoutFlat = (address: string) => flatsApart(address).place
