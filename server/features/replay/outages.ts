import type { Resource, Words } from '#server/contract/vocabulary.ts'
import type { DeclaredOutage } from '#server/outages/declared.ts'
import type { Context } from '#server/trpc.ts'

/** An announced outage whose time, as it was or as it was known, touches the interval. */
export interface OutageThen {
  id: string
  resource: Resource
  planned: boolean
  houses: number
  district: Words | null
  /** Half-open, UTC epoch milliseconds; null = still, or never by that clock. */
  was: { from: number; to: number | null } | null
  known: { from: number; to: number | null } | null
}

/** Announced outages in force in [at, to], by both clocks. Suspicions are told where they are: they are opinions of their own time. */
export function outagesThen(
  { outages, registry }: Pick<Context, 'outages' | 'registry'>,
  { at, to, by }: { at: number; to: number; by?: number | undefined },
): OutageThen[] {
  return outages
    .declared()
    .map((outage): OutageThen => {
      const { id, resource, planned, buildings } = outage
      const districts = new Set(
        buildings.map((house) => registry.buildingById(house)?.district ?? 0),
      )
      const [only] = districts.size === 1 ? districts : []
      return {
        ...{ id, resource, planned, houses: buildings.length },
        district: registry.district(only ?? 0)?.name ?? null,
        was: touching({ from: outage.startsAt, to: outage.endedAt }, at, to),
        known: touching(knownOf(outage, by), at, to),
      }
    })
    .filter(({ was, known }) => was !== null || known !== null)
    .sort((a, b) => beganOf(a) - beganOf(b) || (a.id < b.id ? -1 : 1))
}

const beganOf = ({ was, known }: OutageThen) => was?.from ?? known?.from ?? 0

type Time = { from: number; to: number | null }

function knownOf(
  { startsAt, endedAt, declaredHeardAt, endedHeardAt }: DeclaredOutage,
  by: number | undefined,
): Time | null {
  if (by !== undefined) {
    if (declaredHeardAt > by) return null
    return { from: startsAt, to: endedHeardAt !== null && endedHeardAt <= by ? endedAt : null }
  }
  return {
    from: Math.max(startsAt, declaredHeardAt),
    to: endedAt === null || endedHeardAt === null ? null : Math.max(endedAt, endedHeardAt),
  }
}

const touching = (time: Time | null, at: number, until: number): Time | null =>
  time && time.from <= until && (time.to === null || time.to > at) ? time : null
