import type { CityEvent, Recorded } from '#server/contract/events.ts'
import type { Registry } from '#server/domain/registry.ts'
import {
  type Burst,
  FADED,
  LEAST_APARTMENTS,
  RADII_KM,
  type ScannedCall,
  strongestBurst,
  WINDOWS_MIN,
} from '#server/stats/burst.ts'
import { type Baseline, openBaseline } from './baseline.ts'
import { openDeclared } from './declared.ts'
import { kmBetween, type Place, placesOf } from './places.ts'
import { isOfOneHouse, SCANNED } from './resources.ts'
import { type Call, openSuspicions } from './suspicions.ts'
import { openThreshold } from './threshold.ts'

/** A registered request on its way to the detector. */
export interface Arrival {
  number: string
  /** When it was registered, and when that reached us; UTC epoch milliseconds. */
  at: number
  receivedAt: number
  /** Position in SCANNED. */
  resource: number
  /** Key of its house; 0 = none is known. */
  building: number
  /** The same for requests of one apartment, as far as is known. */
  apartment: number
}
export type Local = (instant: number) => { day: number; hour: number }
export type Dismissed = Extract<Recorded<CityEvent>, { type: 'outage.dismissed' }>

const MINUTE = 60_000
const LONGEST = Math.max(...WINDOWS_MIN) * MINUTE
const LAST = RADII_KM.length - 1
const WIDEST_KM = RADII_KM[LAST] ?? 1
/** However quiet the circle, the rest of the city is at least so much of it. */
const LEAST_REST = 0.2

/**
 * Suspected outages as a function of arrivals in their order: nothing else moves it, so the same requests give the same suspicions
 * under the same ids, in whatever portions they come. Its clock is that of receipt: what is told hours late belongs to what is
 * usual and alarms nobody.
 */
export function createDetector(registry: Registry, local: Local) {
  const places = placesOf(registry)
  const declared = openDeclared()
  const suspicions = openSuspicions()
  const baselines: Baseline[] = SCANNED.map(openBaseline)
  const recent: Call[][] = SCANNED.map(() => [])
  const dismissals = new Map<string, Dismissed>()
  const threshold = openThreshold()
  let clock = Number.NEGATIVE_INFINITY
  let today: number | undefined

  function dawn(day: number) {
    today = day
    threshold.reckon(day, {
      announced: new Set(declared.all().map(({ startsAt }) => local(startsAt).day)),
      isDismissed: (id) => (dismissals.get(id)?.recordedAt ?? Number.POSITIVE_INFINITY) <= clock,
    })
  }

  const isUnexplained = (resource: number) => {
    const network = SCANNED[resource]
    return ({ place, at }: Call) =>
      network !== undefined &&
      declared.explaining(registry.building(place.key)?.id ?? '', network, at, clock) === undefined
  }

  function scan(resource: number, near: readonly ScannedCall[], place: Place): Burst | undefined {
    const grid = places()
    const baseline = baselines[resource]
    baseline?.reckon(today ?? 0, grid)
    const usual = baseline?.expected(place, grid, local, clock)
    if (!usual) return undefined
    const busy = isOfOneHouse(resource) ? [] : busyElsewhere(resource, place)
    const rest = Math.max(LEAST_REST, 1 - usual.share(LAST))
    return strongestBurst(near, clock, (radius, window) =>
      Math.max(usual.circle(radius, window), (usual.share(radius) * (busy[window] ?? 0)) / rest),
    )
  }

  /** Houses that called in each window beyond the widest circle: in frost the whole city calls, and no place stands out. */
  function busyElsewhere(resource: number, place: Place): number[] {
    const elsewhere = (recent[resource] ?? []).filter(
      (call) =>
        kmBetween(place, call.place) > WIDEST_KM &&
        !suspicions.holds(resource, call, clock) &&
        isUnexplained(resource)(call),
    )
    return WINDOWS_MIN.map((minutes) => {
      const since = clock - minutes * MINUTE
      return new Set(elsewhere.flatMap((call) => (call.at > since ? [call.place.key] : []))).size
    })
  }

  /** Calls of the last two hours in the widest circle that no announced outage explains, and how far they are. */
  function callsAround(resource: number, place: Place) {
    const narrowing = Math.cos((place.lat * Math.PI) / 180)
    const explained = isUnexplained(resource)
    return (recent[resource] ?? []).flatMap((call) => {
      const same = call.place.key === place.key
      const km = same ? 0 : kmBetween(place, call.place, narrowing)
      if (km > WIDEST_KM || (isOfOneHouse(resource) && !same)) return []
      return explained(call) ? [{ ...call, km }] : []
    })
  }

  return {
    /** An outage that is announced, or a person's word on a suspicion; other events say nothing here. */
    tell(event: Recorded<CityEvent>) {
      if (event.type === 'outage.dismissed') {
        if (!dismissals.has(event.suspicion)) dismissals.set(event.suspicion, event)
      } else declared.apply(event)
    },
    /** One registered request; true where a suspicion changed. */
    take({
      number,
      at: registeredAt,
      receivedAt,
      resource,
      building,
      apartment,
    }: Arrival): boolean {
      clock = Math.max(clock, receivedAt)
      const at = Math.min(registeredAt, receivedAt)
      const { day } = local(clock)
      if (today === undefined || day > today) dawn(day)
      const own = local(at)
      baselines[resource]?.note(own.day, own.hour, building)
      threshold.count(own.day)
      const place = places().at(building)
      const calls = recent[resource]
      if (!place || !calls || at <= clock - LONGEST) return false
      while (calls[0] && calls[0].at <= clock - LONGEST) calls.shift()
      if (calls.some((call) => call.number === number)) return false
      const arrival = { number, at, apartment, place }
      calls.push(arrival)
      const near = callsAround(resource, place)
      if (near.length < LEAST_APARTMENTS || near.at(-1)?.number !== number) return false
      const burst = scan(resource, near, place)
      if (!burst || burst.ratio < FADED) return false
      const scanned = { resource, arrival, burst, clock, threshold: threshold.now(), calls: near }
      const suspicion = suspicions.take(scanned)
      threshold.remember(day, burst.ratio, suspicion?.id)
      return suspicion !== undefined
    },
    suspicions: suspicions.all,
    declared: declared.all,
    dismissal: (id: string) => dismissals.get(id),
    places,
    threshold: threshold.now,
  }
}
