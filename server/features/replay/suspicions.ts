import type { ReplayInterval } from '#server/contract/replay.ts'
import type { Resource, Words } from '#server/contract/vocabulary.ts'
import { KEPT_DAYS } from '#server/outages/suspicions.ts'
import { suspectedThen } from '#server/outages/then.ts'
import type { Context } from '#server/trpc.ts'
import { withinDistricts } from './outages.ts'
import { refuseFuture } from './span.ts'

const DAY = 86_400_000

/** A suspected outage while it had these houses. */
export interface SuspicionThen {
  id: string
  resource: Resource
  raisedAt: number
  /** Half-open, UTC epoch milliseconds. */
  from: number
  to: number
  houses: number
  district: Words | null
  /** Ids of the districts of its houses. */
  districts: string[]
  outline: [number, number][] | null
}

export interface SuspicionsThen {
  /** false = the calls of the last weeks are still being read, and nothing can be said yet. */
  ready: boolean
  /** Before this instant suspicions are not kept: none is not a finding. */
  keptSince: number
  keptDays: number
  suspicions: SuspicionThen[]
}

/** Suspected outages that stood in [at, to] as they were known at each instant, or by `by` where that is earlier. */
export function suspicionsThen(
  { outages, registry, now }: Pick<Context, 'outages' | 'registry' | 'now'>,
  { at, to = at, by }: Pick<ReplayInterval, 'at' | 'to' | 'by'>,
): SuspicionsThen {
  refuseFuture(now(), at, to, by)
  const keptSince = now() - KEPT_DAYS * DAY
  const found = suspectedThen({ outages, registry }, { at: Math.max(at, keptSince), to, by })
  return {
    ...{ ready: outages.ready(), keptSince, keptDays: KEPT_DAYS },
    suspicions: found.map(({ houses, ...suspicion }) => ({
      ...suspicion,
      houses: houses.length,
      ...withinDistricts(
        registry,
        houses.flatMap(({ key }) => registry.building(key) ?? []),
      ),
    })),
  }
}
