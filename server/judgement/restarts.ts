import type { Building, Registry, Tenure } from '#server/domain/registry.ts'
import { dayOf } from '#server/store/within.ts'
import { QUARTERS } from './inputs.ts'
import { midnightOf, type Period } from './period.ts'
import type { Restarts } from './standard.ts'

const MONTHS_OF_QUARTER = 3

/**
 * An organization is what it manages: the first quarter of the period from which on its houses are those of the cut but for a
 * share of `changed`. Who has kept its houses is not listed; who manages none is judged whole.
 */
export function restartsOf(
  registry: Pick<Registry, 'buildings'>,
  { from, cut }: Pick<Period, 'from' | 'cut'>,
  { zone, changed }: { zone: string; changed: number },
): Restarts {
  const starts = Array.from({ length: QUARTERS }, (_, quarter) => {
    const [year = 0, month = 0] = from.split('-').map(Number)
    const first = new Date(Date.UTC(year, month - 1 + quarter * MONTHS_OF_QUARTER, 1))
    return midnightOf(dayOf(first.toISOString().slice(0, 10)), zone)
  })
  const now = new Map<number, number>()
  const then = starts.map(() => new Map<number, { kept: number; all: number }>())
  for (const building of registry.buildings()) {
    const holder = holderAt(building, cut)
    if (holder) now.set(holder, (now.get(holder) ?? 0) + 1)
    for (const [quarter, start] of starts.entries()) {
      const before = holderAt(building, start)
      if (!before) continue
      const sum = then[quarter]?.get(before) ?? { kept: 0, all: 0 }
      then[quarter]?.set(before, {
        kept: sum.kept + (before === holder ? 1 : 0),
        all: sum.all + 1,
      })
    }
  }
  const restarts = new Map<number, number>()
  for (const [organization, houses] of now) {
    const last = then.findLastIndex((held) => {
      const { kept, all } = held.get(organization) ?? { kept: 0, all: 0 }
      return 1 - kept / Math.max(houses, all) > changed
    })
    if (last >= 0) restarts.set(organization, last + 1)
  }
  return restarts
}

const holderAt = ({ tenures }: Building, at: number): number | undefined =>
  tenures.findLast(
    (tenure: Tenure) => tenure.start <= at && (tenure.end === null || tenure.end > at),
  )?.organization || undefined

/**
 * The first day of what a figure counts: of the period, of the year before it where one had too little, of the quarter in which
 * the organization began anew.
 */
export function judgedSince(
  { from }: Pick<Period, 'from'>,
  { widened, restart }: { widened: boolean; restart: number | undefined },
): string {
  const quarter = Math.max(widened ? -QUARTERS : 0, restart ?? Number.NEGATIVE_INFINITY)
  const [year = 0, month = 0] = from.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + quarter * MONTHS_OF_QUARTER, 1))
  return first.toISOString().slice(0, 10)
}
