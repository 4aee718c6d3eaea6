import { MASK, type Personal } from '#server/contract/refusals.ts'
import { BEFORE, NOTATIONS } from './personal-patterns.ts'

/** A piece of a text that looks as if it belonged to a person. */
export interface PersonalPiece {
  looksLike: Personal
  start: number
  end: number
}

/** Signs that look the same made the same: dashes, spaces, wide digits; what is not seen, or stands over a sign, is taken out. */
export const asSeen = (text: string): string =>
  /^[ -~]*$/.test(text)
    ? text
    : text
        .toWellFormed()
        // NFKC would write № as the letters No.
        .replaceAll(/[^№]+/g, (part) => part.normalize('NFKC'))
        .replaceAll(/[\p{Cf}\p{Mn}\p{Me}]/gu, '')
        .replaceAll(/[\p{Cc}\p{Zs}]/gu, ' ')
        .replaceAll(/[\p{Pd}\u2212]/gu, '-')

/** What of a text looks as if it belonged to a person, by place. Positions are those of {@link asSeen}. */
export const personalIn = (text: string): PersonalPiece[] => piecesOf(asSeen(text))

function piecesOf(seen: string): PersonalPiece[] {
  const digits = digitsIn(seen)
  const found: PersonalPiece[] = []
  let plain = seen
  for (const { pattern, needs, kindOf } of NOTATIONS) {
    if (typeof needs === 'number' ? digits < needs : !needs.test(seen)) continue
    const taken: PersonalPiece[] = []
    for (const { 0: piece, index: start } of plain.matchAll(pattern)) {
      const looksLike = kindOf(piece, plain.slice(Math.max(0, start - BEFORE), start))
      if (looksLike) taken.push({ looksLike, start, end: start + piece.length })
    }
    plain = replaced(plain, taken, ({ start, end }) => ';'.repeat(end - start))
    found.push(...taken)
  }
  return found.sort((a, b) => a.start - b.start)
}

function digitsIn(text: string): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) count++
  }
  return count
}

/** Pieces in the order of their places, each written otherwise; the rest as it is. */
function replaced(
  text: string,
  pieces: readonly PersonalPiece[],
  by: (piece: PersonalPiece) => string,
): string {
  if (pieces.length === 0) return text
  const parts = pieces.flatMap((piece, index) => [
    text.slice(pieces[index - 1]?.end ?? 0, piece.start),
    by(piece),
  ])
  return [...parts, text.slice(pieces.at(-1)?.end)].join('')
}

/**
 * A name or an address with what looks like a person's phone, mail address or identity number masked to its last two signs; the
 * same text where nothing does. A person's own name is a legitimate name of an organization («ИП Иванов И. И.») and stays, and so
 * do "@" and a code: alone they name no person there.
 */
export const maskedName = (name: string): string =>
  masked(name, ({ looksLike }) => looksLike !== 'handle' && looksLike !== 'doorCode')

/** Free text of a source as a page shows it. */
export const maskedText = (text: string): string => masked(text, () => true)

/** Three digits of any script, or a mail sign. Most places have less, and millions of them are read in a rebuild. */
const WORTH_READING = /(?:[\p{Nd}\p{No}]\P{Nd}*){3}|[@\uFE6B\uFF20]|me\//iu

function masked(text: string, isFault: (piece: PersonalPiece) => boolean): string {
  if (!WORTH_READING.test(text)) return text
  const seen = asSeen(text)
  const faults = piecesOf(seen).filter(isFault)
  if (faults.length === 0) return text
  return replaced(
    seen,
    faults,
    ({ looksLike, start, end }) =>
      `${MASK}${looksLike === 'email' ? '' : lastOf(seen.slice(start, end))}`,
  )
}

/** The last two signs of what was found: enough to find it again, too little to learn it. */
export const lastOf = (piece: string): string => piece.replaceAll(/[^\p{L}\d]/gu, '').slice(-2)
