import type { Burst } from '#server/stats/burst.ts'
import { kmBetween, type Place } from './places.ts'
import { isOfOneHouse, SCANNED } from './resources.ts'

export interface Call {
  number: string
  at: number
  apartment: number
  place: Place
}

/** A call of a suspicion. */
export interface Member extends Call {
  /** By the clock of receipt: when the suspicion took it in, and until when the suspicion was then to last. */
  heardAt: number
  until: number
}

/** What the numbers said at their strongest. */
export interface Evidence extends Omit<Burst, 'until'> {
  at: number
}

export interface Suspicion {
  /** Of the resource and the request that raised it: the same requests give the same id. */
  id: string
  /** Position in SCANNED. */
  resource: number
  /** First of its calls. */
  since: number
  /** When the numbers first said so. */
  raisedAt: number
  first: Evidence
  strongest: Evidence
  calls: Map<string, Member>
  /** Places whose own scan was a signal. */
  centres: Place[]
  /** Until when the ratio stays above FADED without another call. */
  until: number
}

const MINUTE = 60_000
/** A call belongs to a suspicion when another of its calls is so near: a neighbour's cold flat a kilometre off does not. */
const LINK_KM = 0.3
/** Calls of a scan lie within a kilometre, and what links them no further off than this. */
const REACH_KM = 1.4
/** Signals within so far of one another and of so long are one event; so is what calls until it has been quiet for as long. */
export const MERGE_KM = 1
const QUIET_MS = 120 * MINUTE

export const endsAt = ({ until }: Pick<Suspicion, 'until'>): number => until + QUIET_MS

/** The houses that called, each once. */
export const housesOf = (calls: Iterable<Call>): Place[] => [
  ...new Map(Array.from(calls, ({ place }) => [place.key, place])).values(),
]

/** Days for which suspicions that are over are kept, so that a past map can show them. */
export const KEPT_DAYS = 62
const KEPT_MS = KEPT_DAYS * 24 * 60 * MINUTE

/** Suspicions of the last weeks, oldest first. */
export function openSuspicions() {
  let all: Suspicion[] = []

  const isNear = ({ centres, resource }: Suspicion, place: Place) =>
    centres.some((centre) =>
      isOfOneHouse(resource) ? centre.key === place.key : kmBetween(centre, place) <= MERGE_KM,
    )
  const standing = (resource: number, place: Place, clock: number) =>
    all.find(
      (known) => known.resource === resource && clock < endsAt(known) && isNear(known, place),
    )

  return {
    all: (): readonly Suspicion[] => all,
    /** Numbers of the calls that belong to suspicions that stand. */
    held: (resource: number, clock: number): ReadonlySet<string> =>
      new Set(
        all.flatMap((known) =>
          known.resource === resource && clock < endsAt(known) ? [...known.calls.keys()] : [],
        ),
      ),
    /** A scan of some weight: it raises a suspicion, strengthens one, or is none. */
    take(scan: {
      resource: number
      arrival: Call
      burst: Burst
      clock: number
      threshold: number
      calls: readonly Call[]
    }): Suspicion | undefined {
      const { resource, arrival, burst, clock, threshold } = scan
      const { until, ...numbers } = burst
      const evidence: Evidence = { ...numbers, at: clock }
      let suspicion = standing(resource, arrival.place, clock)
      const isSignal = burst.ratio >= threshold
      if (!suspicion) {
        if (!isSignal) return undefined
        suspicion = {
          id: `${SCANNED[resource]}:${arrival.number}`,
          resource,
          since: arrival.at,
          raisedAt: clock,
          first: evidence,
          strongest: evidence,
          calls: new Map(),
          centres: [],
          until,
        }
        all = [...all.filter((known) => endsAt(known) > clock - KEPT_MS), suspicion]
      }
      const members =
        suspicion.calls.size === 0
          ? scan.calls.filter(
              (call) =>
                call.at > clock - burst.windowMin * MINUTE &&
                kmBetween(arrival.place, call.place) <= burst.radiusKm,
            )
          : linkedTo(suspicion, arrival.place, isSignal ? scan.calls : [arrival])
      const isMember = members.some(({ number }) => number === arrival.number)
      if (isMember) suspicion.until = Math.max(suspicion.until, until)
      for (const call of members) {
        suspicion.calls.set(call.number, { ...call, heardAt: clock, until: suspicion.until })
        suspicion.since = Math.min(suspicion.since, call.at)
      }
      if (!isMember) return suspicion
      if (burst.ratio > suspicion.strongest.ratio) suspicion.strongest = evidence
      if (isSignal && !suspicion.centres.includes(arrival.place))
        suspicion.centres.push(arrival.place)
      return suspicion
    },
  }
}

/** What was called before the window that raised it belongs to the days as usual. */
const firstWindow = ({ first }: Suspicion) => first.at - first.windowMin * MINUTE

/** Those of the calls around a place, of its time, that stand near a call of it, or near one that does. */
function linkedTo(suspicion: Suspicion, around: Place, candidates: readonly Call[]): Call[] {
  const { calls } = suspicion
  const since = firstWindow(suspicion)
  const fresh = candidates.filter(({ number, at }) => at > since && !calls.has(number))
  if (fresh.length === 0) return fresh
  const linked = new Map<number, Place>()
  for (const { place } of calls.values())
    if (!linked.has(place.key) && kmBetween(around, place) <= REACH_KM) linked.set(place.key, place)
  const found = [...linked.values()]
  let rest = [...new Map(fresh.map(({ place }) => [place.key, place])).values()].filter(
    ({ key }) => !linked.has(key),
  )
  for (const member of found)
    rest = rest.filter((place) => {
      if (kmBetween(member, place) > LINK_KM) return true
      linked.set(place.key, place)
      found.push(place)
      return false
    })
  return fresh.filter(({ place }) => linked.has(place.key))
}
