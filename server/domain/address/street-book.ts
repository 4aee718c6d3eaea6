import { russified } from './letters.ts'
import type { Named } from './likeness.ts'

export interface Street {
  id: string
  named: Named
  /** By the key of the house. */
  houses: Map<string, { building: number; entrance: string; rest: string }[]>
}

const MOST_NEAR = 400

/** Streets of a register by their words, and by pieces of three letters of them. */
export function streetBook() {
  const byId = new Map<string, Street>()
  const byNames = new Map<string, Set<Street>>()
  const byPiece = new Map<string, Set<Street>>()

  return {
    add(named: Named): Street {
      const id = `${named.kinds.join(' ')}|${named.names.join(' ')}|${[...named.around].join(' ')}${named.loose ? '|?' : ''}`
      let street = byId.get(id)
      if (!street) {
        street = { id, named, houses: new Map() }
        byId.set(id, street)
        put(byNames, named.names.join(' '), street)
        for (const piece of piecesOf(named.names)) put(byPiece, piece, street)
      }
      return street
    },
    remove(street: Street) {
      byId.delete(street.id)
      byNames.get(street.named.names.join(' '))?.delete(street)
      for (const piece of piecesOf(street.named.names)) byPiece.get(piece)?.delete(street)
    },
    same: (names: readonly string[]): Iterable<Street> => byNames.get(names.join(' ')) ?? [],
    /** Streets that share the most pieces with these names. */
    near(names: readonly string[]): Street[] {
      const shared = new Map<Street, number>()
      const pieces = piecesOf(names)
      for (const piece of pieces)
        for (const street of byPiece.get(piece) ?? [])
          shared.set(street, (shared.get(street) ?? 0) + 1)
      const enough = pieces.size * 0.3
      return [...shared]
        .filter(([, count]) => count >= enough)
        .sort((a, b) => b[1] - a[1] || (a[0].id < b[0].id ? -1 : 1))
        .slice(0, MOST_NEAR)
        .map(([street]) => street)
    },
  }
}

function put<T>(book: Map<string, Set<T>>, key: string, value: T) {
  const known = book.get(key)
  if (known) known.add(value)
  else book.set(key, new Set([value]))
}

function piecesOf(names: readonly string[]): Set<string> {
  const pieces = new Set<string>()
  for (const name of names) {
    const word = ` ${russified(name)} `
    for (let at = 0; at + 3 <= word.length; at++) pieces.add(word.slice(at, at + 3))
  }
  return pieces
}
