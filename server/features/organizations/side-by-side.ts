import type { Filter } from '#server/contract/filter.ts'
import type { UnitKind } from '#server/contract/organizations.ts'
import type { Context } from '#server/trpc.ts'
import { waitingOf } from './curves.ts'
import type { Clock } from './times.ts'
import { unitBy } from './unit.ts'

interface Chosen {
  unit: UnitKind
  ids: readonly string[]
  filter: Filter
  clock: Clock
}

/** Curves of the chosen units on one axis, each with its figures; every one against the city on its own mix. */
export async function sideBySide(context: Context, { unit, ids, filter, clock }: Chosen) {
  const units = ids.map((id) => unitBy(context, { unit, id }))
  const curves = []
  // One after another: each asks for its own rows, and together they would fill the memory of those of a page.
  for (const { id, name } of units) {
    const waiting = await waitingOf(context, clock, { unit, id, filter, norm: 0 })
    const { n, events, median, p90, naive, longer, restricted, city, curve } = waiting
    curves.push({
      id,
      name,
      n,
      events,
      median,
      p90,
      naive,
      longer,
      restricted,
      curve,
      city: city.median,
    })
  }
  return curves
}
