import type { Burst } from '#server/stats/burst.ts'
import { kmBetween, type Place } from './places.ts'
import { isOfOneHouse, SCANNED } from './resources.ts'

export interface Call {
  number: string
  at: number
  apartment: number
  place: Place
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
  calls: Map<string, Call>
  /** Places whose own scan was a signal. */
  centres: Place[]
  /** Until when the ratio stays above FADED without another call. */
  until: number
}

const MINUTE = 60_000
/** A call belongs to a suspicion when another of its calls is so near: a neighbour's cold flat a kilometre off does not. */
const LINK_KM = 0.3
/** Signals within so far of one another and of so long are one event; so is what calls until it has been quiet for as long. */
export const MERGE_KM = 1
const QUIET_MS = 120 * MINUTE

export const endsAt = ({ until }: Suspicion): number => until + QUIET_MS

/** Suspicions of the last weeks, oldest first. */
const KEPT_MS = 62 * 24 * 60 * MINUTE

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
    /** Whether a call belongs to a suspicion that stands. */
    holds: (resource: number, { number }: Call, clock: number) =>
      all.some(
        (known) => known.resource === resource && clock < endsAt(known) && known.calls.has(number),
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
          : linkedTo(suspicion, isSignal ? scan.calls : [arrival], firstWindow(suspicion))
      for (const call of members) {
        suspicion.calls.set(call.number, call)
        suspicion.since = Math.min(suspicion.since, call.at)
      }
      if (!suspicion.calls.has(arrival.number)) return suspicion
      suspicion.until = Math.max(suspicion.until, until)
      if (burst.ratio > suspicion.strongest.ratio) suspicion.strongest = evidence
      if (isSignal && !suspicion.centres.includes(arrival.place))
        suspicion.centres.push(arrival.place)
      return suspicion
    },
  }
}

/** What was called before the window that raised it belongs to the days as usual. */
const firstWindow = ({ first }: Suspicion) => first.at - first.windowMin * MINUTE

/** Those of the calls after an instant that stand near a call of it, or near one that does. */
function linkedTo({ calls }: Suspicion, candidates: readonly Call[], since: number): Call[] {
  const members = [...calls.values()]
  const linked: Call[] = []
  let rest = candidates.filter(({ number, at }) => at > since && !calls.has(number))
  for (let before = -1; before !== linked.length; ) {
    before = linked.length
    rest = rest.filter((call) => {
      const near = members.some(({ place }) => kmBetween(place, call.place) <= LINK_KM)
      if (near) {
        members.push(call)
        linked.push(call)
      }
      return !near
    })
  }
  return linked
}
