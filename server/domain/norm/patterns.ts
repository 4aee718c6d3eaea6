import type { Norm, PackFile } from './pack-file.ts'

/** Whether a norm of the pack is for the category: named by its id, or by a group whose patterns its id matches. */
export function matcherOf(pack: PackFile): (norm: Norm, category: string | null) => boolean {
  const groups = new Map(
    Object.entries(pack.groups).map(([id, { match }]) => [id, match.map(expression)]),
  )
  return ({ categories, groups: named }, category) => {
    if (!categories && !named) return true
    if (category === null) return false
    if (categories?.includes(category)) return true
    return (named ?? []).some((id) => groups.get(id)?.some((pattern) => pattern.test(category)))
  }
}

const expression = (pattern: string) =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`, 'isu')
