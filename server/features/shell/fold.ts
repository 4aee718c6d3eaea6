import { russified } from '#server/domain/address/letters.ts'

/** Words that say what kind of a thing it is, not which: they are neither indexed nor asked for. */
const KINDS = new Set(
  'ул улица көшесі кошеси пр просп проспект даңғылы дангылы пер переулок бул бульвар б-р наб пл мкр ш дом д үй уй корп к стр кв г st street ave avenue rd road'.split(
    ' ',
  ),
)

/** Lower case, one alphabet for kk and ru, words and numbers apart from punctuation. */
export function foldWords(text: string): string[] {
  const folded = russified(text.normalize('NFC').toLowerCase())
    .replaceAll('ё', 'е')
    .replaceAll('й', 'и')
  const words = folded.match(/\d+[\p{L}]?(?:[/-]\d+[\p{L}]?)*|\p{L}+/gu) ?? []
  const telling = words.filter((word) => !KINDS.has(word))
  return telling.length > 0 ? telling : words
}

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмитьбюё'

/** What was meant when the keyboard was left in the Latin layout: `yf,tht;yfz` is «набережная». */
export const otherLayout = (text: string) =>
  [...text.toLowerCase()].map((key) => CYRILLIC[LATIN.indexOf(key)] ?? key).join('')

/** Mistakes forgiven in a word: none in a short one, and none in a number. */
export function mistakesAllowed(word: string): number {
  if (/\d/.test(word) || word.length < 4) return 0
  return word.length < 8 ? 1 : 2
}

/**
 * Least edits (insert, delete, replace, swap neighbours) that turn `typed` into some beginning of `word`;
 * Infinity when more than `limit`.
 */
export function editsToPrefix(typed: string, word: string, limit: number): number {
  if (word.startsWith(typed)) return 0
  if (limit === 0) return Number.POSITIVE_INFINITY
  const width = Math.min(word.length, typed.length + limit)
  let before: number[] = []
  let above = Array.from({ length: width + 1 }, (_, j) => j)
  for (let i = 1; i <= typed.length; i++) {
    const row = [i]
    for (let j = 1; j <= width; j++) {
      const same = typed[i - 1] === word[j - 1]
      let edits = Math.min(
        (above[j - 1] ?? 0) + (same ? 0 : 1),
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
      )
      if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1])
        edits = Math.min(edits, (before[j - 2] ?? 0) + 1)
      row.push(edits)
    }
    if (Math.min(...row) > limit) return Number.POSITIVE_INFINITY
    before = above
    above = row
  }
  const least = Math.min(...above)
  return least <= limit ? least : Number.POSITIVE_INFINITY
}
