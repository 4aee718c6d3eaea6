import type { Norm, PackFile } from './pack-file.ts'

/** Whether a norm of the pack is for the category: named by its id, or by a group whose patterns its id matches. */
export function matcherOf(pack: PackFile): (norm: Norm, category: string | null) => boolean {
  const groups = new Map(
    Object.entries(pack.groups).map(([id, { match }]) => [id, match.map(matcher)]),
  )
  return ({ categories, groups: named }, category) => {
    if (!categories && !named) return true
    if (category === null) return false
    if (categories?.includes(category)) return true
    return (named ?? []).some((id) => groups.get(id)?.some((matches) => matches(category)))
  }
}

/** `*` stands for any text, letters of any case are one; looked for from left to right, so that no pattern takes long. */
export function matcher(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*')
  const last = rest.pop()
  return (text) => {
    const folded = text.toLowerCase()
    if (last === undefined) return folded === first
    if (!folded.startsWith(first) || !folded.endsWith(last)) return false
    let from = first.length
    for (const part of rest) {
      const at = folded.indexOf(part, from)
      if (at < 0) return false
      from = at + part.length
    }
    return from <= folded.length - last.length
  }
}
