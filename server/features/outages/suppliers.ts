import type { Resource } from '#server/contract/vocabulary.ts'
import type { Context } from '#server/trpc.ts'

/** Whose network it is, by the words in a supplier's name. */
const NETWORKS: readonly { resources: readonly Resource[]; name: RegExp }[] = [
  { resources: ['heating', 'hot_water'], name: /тепл|жылу|тэц|жэо|heat/iu },
  { resources: ['cold_water', 'sewerage'], name: /вод|су(?!\p{L})|water/iu },
  { resources: ['electricity'], name: /электр|энерг|power|electr/iu },
  { resources: ['gas'], name: /газ|gas/iu },
  { resources: ['lift'], name: /лифт|lift|elevator/iu },
]

/** Resource suppliers, each with the resources its name speaks of: who is proposed when an outage is announced. */
export function suppliersOf({ registry }: Pick<Context, 'registry'>) {
  return [...registry.organizations()]
    .filter(({ kind, mergedInto }) => kind === 'supplier' && mergedInto === null)
    .map(({ id, name }) => ({
      id,
      name,
      resources: NETWORKS.filter((network) => network.name.test(name)).flatMap(
        ({ resources }) => resources,
      ),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
