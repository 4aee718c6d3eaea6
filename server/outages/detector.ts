import type { CityEvent, Recorded } from '#server/contract/events.ts'
import { maskedText } from '#server/domain/personal.ts'
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
import { openBusy } from './busy.ts'
import { openDeclared } from './declared.ts'
import { type Place, placesOf } from './places.ts'
import { openRecent } from './recent.ts'
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
/** Calls around a place from which on it is looked at once a minute: long before so many came, it was told. */
const CROWD = 200
/** Of a crowd the latest are enough to say what they say. */
const MOST = 4000
/** A receipt so far ahead of the wall clock is no receipt: it would make all that follows look late. */
const AHEAD = 5 * MINUTE
/** However quiet the circle, the rest of the city is at least so much of it. */
const LEAST_REST = 0.2

/**
 * Suspected outages as a function of arrivals in their order: nothing else moves it, so the same requests give the same suspicions
 * under the same ids, in whatever portions they come. Its clock is that of receipt: what is told hours late belongs to what is
 * usual and alarms nobody. `now`: the wall clock, which no receipt may leave behind.
 */
export function createDetector(
  registry: Registry,
  local: Local,
  now: () => number = () => Number.POSITIVE_INFINITY,
) {
  const places = placesOf(registry)
  const declared = openDeclared()
  const suspicions = openSuspicions()
  const baselines: Baseline[] = SCANNED.map(openBaseline)
  const desks = SCANNED.map(() => {
    const recent = openRecent()
    return { recent, busy: openBusy(recent), restsUntil: new Map<number, number>() }
  })
  const dismissals = new Map<string, Dismissed>()
  const threshold = openThreshold()
  let clock = Number.NEGATIVE_INFINITY
  let today: number | undefined
  let examined = 0

  function dawn(day: number) {
    today = day
    threshold.reckon(day, {
      announced: new Set(
        declared
          .all()
          .flatMap(({ startsAt, declaredHeardAt }) =>
            declaredHeardAt <= clock ? local(startsAt).day : [],
          ),
      ),
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
    baseline?.reckon(today ?? 0, grid, clock)
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
    const desk = desks[resource]
    if (!desk) return []
    examined += desk.busy.count(clock, () => {
      const held = suspicions.held(resource, clock)
      const isOwn = isUnexplained(resource)
      return (call) => !held.has(call.number) && isOwn(call)
    })
    return desk.busy.without(desk.recent.near(place, WIDEST_KM).map(({ house }) => house.place.key))
  }

  /**
   * Calls of the last two hours in the widest circle that no announced outage explains, in the order of arrival, and how far they
   * are; none while a crowd was looked at there within a minute.
   */
  function callsAround(resource: number, place: Place) {
    const desk = desks[resource]
    if (!desk) return []
    const { recent, restsUntil } = desk
    const ofHouse = isOfOneHouse(resource)
    const ground = ofHouse ? place.key : recent.ground(place)
    if (clock < (restsUntil.get(ground) ?? clock)) return []
    restsUntil.delete(ground)
    const calls = recent
      .near(place, ofHouse ? 0 : WIDEST_KM)
      .flatMap(({ house, km }) =>
        ofHouse && house.place.key !== place.key ? [] : house.calls.map((call) => ({ call, km })),
      )
      .sort((a, b) => a.call.nth - b.call.nth)
    if (calls.length >= CROWD) restsUntil.set(ground, clock + MINUTE)
    const latest = calls.slice(-MOST)
    examined += latest.length
    const explained = isUnexplained(resource)
    return latest.flatMap(({ call, km }) => (explained(call) ? [{ ...call, km }] : []))
  }

  return {
    /** An outage that is announced, or a person's word on a suspicion; other events say nothing here. */
    tell(event: Recorded<CityEvent>) {
      if (event.type === 'outage.dismissed') {
        if (!dismissals.has(event.suspicion))
          dismissals.set(event.suspicion, { ...event, reason: maskedText(event.reason) })
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
      if (receivedAt <= now() + AHEAD) clock = Math.max(clock, receivedAt)
      if (clock === Number.NEGATIVE_INFINITY) return false
      const at = Math.min(registeredAt, receivedAt, clock)
      const { day } = local(clock)
      if (today === undefined || day > today) dawn(day)
      const own = local(at)
      baselines[resource]?.note(own.day, own.hour, building)
      threshold.count(own.day)
      const place = places().at(building)
      const recent = desks[resource]?.recent
      if (!place || !recent || at <= clock - LONGEST) return false
      recent.forget(clock - LONGEST)
      if (recent.has(number)) return false
      const arrival = { number, at, apartment, place }
      recent.add(arrival)
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
    /** Calls that were looked at so far: the measure of its work. */
    examined: () => examined,
  }
}
