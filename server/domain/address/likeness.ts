import { russified } from './letters.ts'
import type { Element } from './parse.ts'
import { isNumbered, isPart, isRank, isStreetKind, type Kind } from './words.ts'

/** How a text and a street of the register came together, from the surest. */
export type How = 'exact' | 'kind' | 'part' | 'letters' | 'rank' | 'settlement' | 'spelling'

/** The name of a street with what it lies in, as bags of words: writings of one address differ in order. */
export interface Named {
  names: readonly string[]
  kinds: readonly Kind[]
  /** Words of the settlement and its parts. */
  around: ReadonlySet<string>
  /** Words of parts alone. */
  parts: ReadonlySet<string>
  /** A number among the names may be the house. */
  loose: boolean
}

export function namedOf(elements: readonly Element[], loose = false): Named {
  const street = elements.findLastIndex(({ kind }) => kind === null || isStreetKind(kind))
  const own = street < 0 ? elements.length - 1 : street
  const others = elements.filter((_, at) => at !== own)
  const partial = others.filter(({ kind }) => kind !== null && isPart(kind))
  return {
    names: elements.flatMap(({ names }) => names).toSorted(),
    kinds: elements.flatMap(({ kind }) => (kind === null ? [] : [kind])).toSorted(),
    around: new Set(others.flatMap(({ names }) => names)),
    parts: new Set(partial.flatMap(({ names }) => names)),
    loose,
  }
}

export interface Likeness {
  score: number
  how: How
}

const NOTHING: Likeness = { score: 0, how: 'spelling' }

/** From this score on an address names its house; below it only suggests. */
export const MATCH = 0.85
export const UNSURE = MATCH - 0.01

/** In [0, 1]; 1 only for the same words and kinds in whatever order. */
export function likeness(asked: Named, street: Named): Likeness {
  const like = likenessOf(asked, street)
  if (!asked.loose || street.loose) return like
  const numbered =
    street.kinds.some((kind) => isNumbered(kind)) &&
    street.kinds.every((kind) => isNumbered(kind) || !isStreetKind(kind))
  // "Вокзальная 1, 2" is no house of a first street unless its register writes it so.
  return numbered ? like : { score: Math.min(like.score, UNSURE), how: like.how }
}

function likenessOf(asked: Named, street: Named): Likeness {
  const [missing, added] = leftovers(street.names, asked.names)
  const kinds = kindsAgree(asked, street)
  if (missing.length === 0 && added.length === 0) return kinds
  const at = (score: number, how: How): Likeness => ({
    score: kinds.score >= 0.9 ? Math.min(score, kinds.score) : score * kinds.score,
    how,
  })
  if (
    missing.every((name) => street.parts.has(name)) &&
    added.every((name) => asked.parts.has(name))
  )
    return missing.length > 0 && added.length > 0 ? at(0.7, 'part') : at(0.95, 'part')
  if (added.length === 0 && missing.every((name) => street.around.has(name)))
    return at(0.9, 'settlement')
  if (added.every(isRank) && missing.every(isRank))
    return added.length > 0 && missing.length > 0 ? at(0.7, 'rank') : at(0.88, 'rank')
  if (missing.length === added.length) return at(spelled(missing, added), 'spelling')
  const shared = asked.names.length - added.length
  if (shared === 0) return NOTHING
  const whole = Math.max(asked.names.length, street.names.length)
  return [...missing, ...added].some(hasDigit) ? NOTHING : at(0.8 * (shared / whole), 'spelling')
}

/** A letter wrong in a long word is told as a suggestion and never decides: Летная is no misspelt Лесная. */
function spelled(missing: readonly string[], added: readonly string[]): number {
  let score = 0.84
  for (const [at, word] of missing.entries()) {
    const other = added[at] as string
    if (hasDigit(word) || hasDigit(other)) return 0
    const initial =
      word.length === 1 ? other.startsWith(word) : other.length === 1 && word.startsWith(other)
    if (initial) score = Math.min(score, 0.82)
    else if (russified(word) === russified(other)) score = Math.min(score, 0.84)
    else
      score = Math.min(score, 0.84 * (1 - edits(word, other) / Math.max(word.length, other.length)))
  }
  return score
}

const hasDigit = (word: string) => /\d/.test(word)

function kindsAgree(asked: Named, street: Named): Likeness {
  const [missing, added] = leftovers<Kind>(street.kinds, asked.kinds)
  const free = (kind: Kind) => isPart(kind)
  const lacking = missing.filter((kind) => !free(kind))
  const foreign = added.filter((kind) => !free(kind))
  if (missing.length === 0 && added.length === 0) return { score: 1, how: 'exact' }
  if (lacking.length === 0 && foreign.length === 0) return { score: 0.95, how: 'part' }
  if (foreign.length === 0) {
    // "Садовая, 5" is the street, "Независимости, 5" the only avenue; a lane is called one.
    const left = lacking.filter((kind) => kind !== 'ул' && isStreetKind(kind))
    if (left.length === 0) return { score: 0.9, how: 'kind' }
    return { score: left.every((kind) => GREAT.has(kind)) ? 0.86 : UNSURE, how: 'kind' }
  }
  const [kind, ...others] = foreign
  const [other, ...more] = lacking
  if (kind === undefined || other === undefined || others.length + more.length > 0)
    return { score: 0.6, how: 'kind' }
  // Who writes "пр." means an avenue and hardly a passage.
  if (both(kind, other, 'пр', 'пр-кт')) return { score: 0.87, how: 'kind' }
  return { score: kind === 'пр' && other === 'проезд' ? UNSURE : 0.6, how: 'kind' }
}

const GREAT: ReadonlySet<Kind> = new Set<Kind>(['пр-кт', 'пр', 'б-р', 'ш'])
const both = (a: Kind, b: Kind, one: Kind, two: Kind) =>
  (a === one && b === two) || (a === two && b === one)

/** What the first has and the second lacks, and the other way round; both sorted. */
function leftovers<T extends string>(a: readonly T[], b: readonly T[]): [T[], T[]] {
  const rest = [...b]
  const missing: T[] = []
  for (const word of a) {
    const at = rest.indexOf(word)
    if (at < 0) missing.push(word)
    else rest.splice(at, 1)
  }
  return [missing, rest]
}

/** Letters to change, add, drop or swap with the next: optimal string alignment. */
export function edits(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let least = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1)
      row.push(least)
    }
    before = last
    last = row
  }
  return last[b.length] ?? 0
}
