import type { Filter } from '#server/contract/filter.ts'
import type { UnitKind } from '#server/contract/organizations.ts'
import { createHeld, sharedInstant } from '#server/judgement/held.ts'
import { comparable } from '#server/judgement/judge.ts'
import { periodOf } from '#server/judgement/period.ts'
import { type Bins, binnedPercentile } from '#server/stats/binned-percentile.ts'
import { add, placesByFirst } from '#server/stats/columns.ts'
import { type Percentile, percentile } from '#server/stats/curve-reading.ts'
import type { Curve } from '#server/stats/kaplan-meier.ts'
import { secondsOf } from '#server/stats/log-bins.ts'
import { askColumns } from '#server/store/ask.ts'
import { bindFilter } from '#server/store/within.ts'
import type { Context } from '#server/trpc.ts'
import { binsBy, type Clock } from './times.ts'
import { comparedUnit } from './unit.ts'

/** Fewer events than this give a curve but no percentile (method, 2.1). */
export const LEAST_EVENTS = 20

export interface Wait {
  n: number
  /** How many have been served; the others still wait, or left unserved. */
  events: number
  /** Seconds; null where there are too few events to say. A value of null inside is "not reached". */
  median: Percentile | null
  /** Median of the served ones alone, in seconds: naive, because those that wait longest are not in it. */
  naive: number | null
}

export const waitOfCurve = (curve: Curve): Wait => ({
  n: curve.n,
  events: curve.events,
  median: curve.events < LEAST_EVENTS ? null : percentile(curve, 0.5),
  naive: naiveMedian(curve.events, curve.event, (j) => curve.time[j] ?? 0),
})

/** By logarithmic bins, within half of a bin. */
export function waitOfBins(bins: Bins): Wait {
  const events = sum(bins.events)
  return {
    n: sum(bins.n),
    events,
    median: events < LEAST_EVENTS ? null : binnedPercentile(bins, 0.5),
    naive: naiveMedian(events, bins.events, (j) => secondsOf(bins.first + j)),
  }
}

function naiveMedian(events: number, at: ArrayLike<number>, time: (j: number) => number) {
  if (events === 0) return null
  let served = 0
  let j = -1
  while (served * 2 < events && ++j < at.length) served += at[j] ?? 0
  return time(j)
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let j = 0; j < values.length; j++) total += values[j] ?? 0
  return total
}

type Columns = Record<'key' | 'bin' | 'events' | 'n', Float64Array>

/** By key of the group, and of all groups together; `middle` is where the middle of a bin lies above its number. */
function waitsOf(
  { key, bin, events, n }: Columns,
  middle: number,
): { of: Map<number, Wait>; city: Wait } {
  const groups = placesByFirst(key)
  if (key.length === 0) return { of: new Map(), city: waitOfBins({ first: 0, events: [], n: [] }) }
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (let i = 0; i < bin.length; i++) {
    first = Math.min(first, bin[i] ?? 0)
    last = Math.max(last, bin[i] ?? 0)
  }
  const size = last - first + 1
  const count = groups.values.length
  const all = { events: new Float64Array(size * count), n: new Float64Array(size * count) }
  const city = {
    first: first + middle,
    events: new Float64Array(size),
    n: new Float64Array(size),
  }
  for (let i = 0; i < key.length; i++) {
    const at = (bin[i] ?? 0) - first
    const place = (groups.of[i] ?? 0) * size + at
    add(all.events, place, events[i] ?? 0)
    add(all.n, place, n[i] ?? 0)
    add(city.events, at, events[i] ?? 0)
    add(city.n, at, n[i] ?? 0)
  }
  const binsOf = (row: number): Bins => ({
    first: first + middle,
    events: all.events.subarray(row * size, (row + 1) * size),
    n: all.n.subarray(row * size, (row + 1) * size),
  })
  return {
    of: new Map(groups.values.map((group, row) => [group, waitOfBins(binsOf(row))])),
    city: waitOfBins(city),
  }
}

const waitsBy = (clock: Clock) => ({
  organization: binsBy(clock, 'organization', waitsOf),
  contractor: binsBy(clock, 'contractor', waitsOf),
  district: binsBy(clock, 'district', waitsOf),
})
export const WAITS = {
  response: waitsBy('response'),
  resolution: waitsBy('resolution'),
  resolutionByCategory: binsBy('resolution', 'category', waitsOf),
}

/** Parameters for the requests registered in the period, watched until now. */
export function watched({ registry, city, now }: Context, filter: Filter) {
  const { from, to } = periodOf(filter, now(), city.zone)
  const { cut: _, ...rest } = filter
  return bindFilter({ ...rest, from, to }, registry, sharedInstant(now()))
}

type Waits = ReturnType<typeof waitsOf>
const held = createHeld<Waits>(8)

/** Of the whole city: read once in ten minutes, however many commits there are. */
const everyWait = (
  context: Context,
  question: ReturnType<typeof binsBy<Waits>>,
  filter: Filter,
) => {
  const params = watched(context, filter)
  return held(context.engine, `${question.name} ${JSON.stringify(params)}`, () =>
    askColumns(context.engine, question, params),
  )
}

async function everyUnit(context: Context, clock: Clock, filter: Filter, unit: UnitKind) {
  const { of, city } = await everyWait(context, WAITS[clock][unit], comparable(filter, unit))
  return {
    city,
    units: Array.from(of).flatMap(([key, wait]) => {
      const found = comparedUnit(context, unit, key)
      return found ? [{ id: found.id, ...wait }] : []
    }),
  }
}

/** Median response of every organization, contractor or district, and of the city. */
export const responses = (context: Context, filter: Filter, unit: UnitKind = 'organization') =>
  everyUnit(context, 'response', filter, unit)

/** Median resolution of the same. */
export const resolutions = (context: Context, filter: Filter, unit: UnitKind = 'organization') =>
  everyUnit(context, 'resolution', filter, unit)

/** How long the requests of each category wait for their resolution, most requests first. */
export async function categoryWaits(context: Context, filter: Filter) {
  const { of } = await everyWait(context, WAITS.resolutionByCategory, filter)
  const { from, to } = periodOf(filter, context.now(), context.city.zone)
  const categories = Array.from(of, ([key, wait]) => {
    const category = context.registry.category(key)
    return { id: category?.id ?? null, name: category?.name ?? null, ...wait }
  })
  categories.sort((a, b) => b.n - a.n || ((a.id ?? '') < (b.id ?? '') ? -1 : 1))
  return { period: { from, to }, categories }
}
