import { RADII_KM, WINDOWS_MIN } from '#server/stats/burst.ts'
import type { Place, Places } from './places.ts'

/** Days that say what is usual, and how many of them there must be. */
export const BASELINE_DAYS = 56
const LEAST_DAYS = 14
/** Weight of yesterday in the level of today. */
const LAMBDA = 0.25
/** Incidents of a like hour that are worth as much as the hour's own. */
const POOLED = 12
/** Late calls, however many, change what is usual no more often in a minute. */
const RENEWED = 10
const HOURS = 168
const MINUTE = 60_000
const HOUR = 3_600_000

/** First calls of each house and day, by resource: many calls of one outage are one incident, so that it does not become usual. */
interface Day {
  hours: Uint16Array
  houses: Set<number>
}

const dayOfWeek = (day: number) => (((day + 3) % 7) + 7) % 7
const isWeekend = (weekday: number) => weekday >= 5

/** What is usual of one resource, from the incidents of the 56 days before a day: profile of the week, level, share of each place. */
interface Usual {
  /** Incidents of each hour of the week, as shares of a week. */
  profile: Float64Array
  /** Incidents a week at the level of now. */
  weekly: number
  /** Share of the city that each house has. */
  weights: ReadonlyMap<number, number>
  total: number
  /** Shares of circles around places looked at on this day. */
  shares: Map<number, Float64Array>
}

/** The history of one resource, day by day; forgets what no baseline needs. */
export function openBaseline() {
  const days = new Map<number, Day>()
  let usual: Usual | undefined
  let reckonedFor: number | undefined
  let stale = true
  let renewed = 0
  let renewedAt = Number.NEGATIVE_INFINITY

  function note(day: number, hour: number, house: number) {
    let known = days.get(day)
    if (!known) {
      known = { hours: new Uint16Array(24), houses: new Set() }
      days.set(day, known)
    }
    if (known.houses.has(house)) return
    if (house !== 0) known.houses.add(house)
    known.hours[hour] = (known.hours[hour] ?? 0) + 1
    if (reckonedFor !== undefined && day < reckonedFor) stale = true
  }

  /** Reckons what is usual on a day, from the days before it alone; anew when late calls changed those, a few times a minute. */
  function reckon(today: number, places: Places, now: number) {
    if (reckonedFor === today && !stale) return
    if (now >= renewedAt + MINUTE) {
      renewedAt = now
      renewed = 0
    }
    if (reckonedFor === today && renewed >= RENEWED) return
    renewed++
    reckonedFor = today
    stale = false
    for (const day of days.keys()) if (day < today - BASELINE_DAYS) days.delete(day)
    usual = usualOf(days, today, places)
  }

  return {
    note,
    reckon,
    /** Incidents that a circle of RADII_KM around a place usually has in a window of WINDOWS_MIN that ends now; undefined = too little is known. */
    expected(
      place: Place,
      places: Places,
      local: (instant: number) => { day: number; hour: number },
      now: number,
    ) {
      const known = usual
      if (!known) return undefined
      const shares = sharesAround(known, place, places)
      const rates = WINDOWS_MIN.map((minutes) => incidentsIn(known, now, minutes, local))
      return {
        circle: (radius: number, window: number) => (rates[window] ?? 0) * (shares[radius] ?? 0),
        city: (window: number) => rates[window] ?? 0,
        share: (radius: number) => shares[radius] ?? 0,
      }
    },
  }
}
export type Baseline = ReturnType<typeof openBaseline>

function usualOf(days: ReadonlyMap<number, Day>, today: number, places: Places): Usual | undefined {
  const first = Math.min(...days.keys())
  const from = Math.max(today - BASELINE_DAYS, first)
  if (!Number.isFinite(first) || today - from < LEAST_DAYS) return undefined
  const profile = profileOf(days, from, today)
  const weights = new Map<number, number>()
  let count = 0
  for (let day = from; day < today; day++)
    for (const house of days.get(day)?.houses ?? []) {
      weights.set(house, (weights.get(house) ?? 0) + 1)
      count++
    }
  // A house that has not called yet is expected to call as often as its apartments say; both halves weigh the same.
  const all = places.all()
  const apartments = all.reduce((sum, place) => sum + place.apartments, 0)
  const prior = Math.max(100, count)
  for (const { key, apartments: own } of all)
    weights.set(key, (weights.get(key) ?? 0) + (prior * own) / Math.max(1, apartments))
  return {
    profile,
    weekly: levelOf(days, from, today, profile),
    weights,
    total: count + prior,
    shares: new Map(),
  }
}

/** Each hour of the week leans on the same hour of the other working days, or of the weekend. */
function profileOf(days: ReadonlyMap<number, Day>, from: number, to: number): Float64Array {
  const own = new Float64Array(HOURS)
  const like = { work: new Float64Array(24), rest: new Float64Array(24) }
  for (let day = from; day < to; day++) {
    const weekday = dayOfWeek(day)
    const pool = isWeekend(weekday) ? like.rest : like.work
    days.get(day)?.hours.forEach((n, hour) => {
      own[weekday * 24 + hour] = (own[weekday * 24 + hour] ?? 0) + n
      pool[hour] = (pool[hour] ?? 0) + n
    })
  }
  const weeks = (to - from) / 7
  const profile = own.map((n, at) => {
    const weekday = Math.floor(at / 24)
    const pooled = isWeekend(weekday)
      ? (like.rest[at % 24] ?? 0) / 2
      : (like.work[at % 24] ?? 0) / 5
    // No hour of the day is without calls for ever.
    const usual = pooled + 0.05 * weeks
    const trust = POOLED / (POOLED + Math.max(1, n))
    return n * (1 - trust) + usual * trust
  })
  const sum = profile.reduce((all, n) => all + n, 0)
  return profile.map((n) => n / sum)
}

/** Incidents a week: an average that leans to the last days, each day weighed by its part of a week. */
function levelOf(
  days: ReadonlyMap<number, Day>,
  from: number,
  to: number,
  profile: Float64Array,
): number {
  const countOf = (day: number) => days.get(day)?.hours.reduce((sum, n) => sum + n, 0) ?? 0
  let all = 0
  for (let day = from; day < to; day++) all += countOf(day)
  let level = (7 * all) / (to - from)
  for (let day = from; day < to; day++) {
    const weekday = dayOfWeek(day)
    let share = 0
    for (let hour = 0; hour < 24; hour++) share += profile[weekday * 24 + hour] ?? 0
    level += LAMBDA * (countOf(day) / share - level)
  }
  return level
}

function sharesAround(usual: Usual, place: Place, places: Places): Float64Array {
  const known = usual.shares.get(place.key)
  if (known) return known
  const shares = new Float64Array(RADII_KM.length)
  places.near(place, RADII_KM[RADII_KM.length - 1] ?? 1, (other, km) => {
    const weight = (usual.weights.get(other.key) ?? 0) / usual.total
    RADII_KM.forEach((radius, at) => {
      if (km <= radius) shares[at] = (shares[at] ?? 0) + weight
    })
  })
  usual.shares.set(place.key, shares)
  return shares
}

/** Incidents that the whole city usually has in so many minutes before an instant. */
function incidentsIn(
  { profile, weekly }: Usual,
  now: number,
  minutes: number,
  local: (instant: number) => { day: number; hour: number },
): number {
  let sum = 0
  for (let at = now - minutes * MINUTE; at < now; ) {
    const { day, hour } = local(at)
    const next = Math.min(now, (Math.floor(at / (15 * MINUTE)) + 1) * 15 * MINUTE)
    sum += ((next - at) / HOUR) * (profile[dayOfWeek(day) * 24 + hour] ?? 0)
    at = next
  }
  return sum * weekly
}
