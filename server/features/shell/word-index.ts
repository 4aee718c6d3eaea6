import { editsToPrefix, foldWords, mistakesAllowed } from './fold.ts'

export interface WordIndex<T> {
  /** Items in which every word of the query is found, best first. */
  find(query: string, limit: number): T[]
}

/** Finds items by beginnings of words with small mistakes forgiven. Built once per revision of the registry. */
export function createWordIndex<T>(
  items: readonly T[],
  textsOf: (item: T) => readonly string[],
): WordIndex<T> {
  const postings = new Map<string, number[]>()
  const lengths: number[] = []
  for (const [at, item] of items.entries()) {
    const words = new Set(textsOf(item).flatMap(foldWords))
    lengths.push(words.size)
    for (const word of words) {
      const known = postings.get(word)
      if (known) known.push(at)
      else postings.set(word, [at])
    }
  }

  /** Item → how well its best word answers the typed one: 4 whole, 3 beginning, less for mistakes. */
  const matches = (typed: string) => {
    const limit = mistakesAllowed(typed)
    const found = new Map<number, number>()
    for (const [word, places] of postings) {
      const edits = editsToPrefix(typed, word, limit)
      if (edits === Number.POSITIVE_INFINITY) continue
      const worth = word === typed ? 4 : 3 - edits
      for (const at of places) if ((found.get(at) ?? 0) < worth) found.set(at, worth)
    }
    return found
  }

  return {
    find(query, limit) {
      const [first, ...rest] = [...new Set(foldWords(query))].map(matches)
      if (!first) return []
      const scored: [at: number, score: number][] = []
      for (const [at, worth] of first) {
        let score = worth
        for (const other of rest) score += other.get(at) ?? Number.NEGATIVE_INFINITY
        if (score > 0) scored.push([at, score - (lengths[at] ?? 0) / 100])
      }
      scored.sort((a, b) => b[1] - a[1] || a[0] - b[0])
      return scored.slice(0, limit).flatMap(([at]) => {
        const item = items[at]
        return item === undefined ? [] : [item]
      })
    },
  }
}
