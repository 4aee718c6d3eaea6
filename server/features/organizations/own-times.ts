import { add, ascending } from '#server/stats/columns.ts'
import type { Times } from '#server/stats/kaplan-meier.ts'
import { timedPercentile } from '#server/stats/timed-percentile.ts'
import { has, maskOf, type Own, type OwnColumns } from './own.ts'
import { type Clock, FLOOR_S } from './times.ts'
import { LEAST_EVENTS, type Wait } from './waits.ts'

/** Times of a unit's own requests in ascending order, one entry each: served, or watched until it closed unserved, or until now. */
export interface OwnTimes extends Times {
  /** Place among the unit's rows. */
  row: Int32Array
  /** Seconds. */
  time: Float64Array
  /** 1 where it was served. */
  events: Uint8Array
  /** 1 where it waits still. */
  open: Uint8Array
}

const TIMED: Record<Clock, number> = {
  response: maskOf('sound'),
  resolution: maskOf('sound', 'kept'),
}

const sorted = new WeakMap<OwnColumns, Map<string, OwnTimes>>()

/** To the second; those that judge nobody are left out. Several panels read the same: they are sorted once. */
export function ownTimes(own: Own, clock: Clock): OwnTimes {
  const all = sorted.get(own.columns) ?? new Map<string, OwnTimes>()
  sorted.set(own.columns, all)
  const key = `${clock} ${own.until}`
  const times = all.get(key) ?? sortedTimes(own, clock)
  all.set(key, times)
  return times
}

function sortedTimes({ columns, count, until }: Own, clock: Clock): OwnTimes {
  const { bits, registered, closed, [clock]: told } = columns
  const rows = new Int32Array(count)
  const milliseconds = new Float64Array(count)
  let length = 0
  for (let i = 0; i < count; i++) {
    if (!has(bits[i], TIMED[clock])) continue
    const served = 1000 * (told[i] ?? Number.NaN)
    const end = closed[i] ?? Number.NaN
    const watched = (Number.isNaN(end) ? until : end) - (registered[i] ?? 0)
    rows[length] = i
    milliseconds[length++] = Math.max(Number.isNaN(served) ? watched : served, 1000 * FLOOR_S)
  }
  const order = ascending(milliseconds.subarray(0, length))
  const times = timesOf(length)
  for (const [at, place] of order.entries()) {
    const row = rows[place] ?? 0
    const served = !Number.isNaN(told[row])
    times.row[at] = row
    times.time[at] = (milliseconds[place] ?? 0) / 1000
    times.events[at] = served ? 1 : 0
    times.open[at] = !served && Number.isNaN(closed[row]) ? 1 : 0
  }
  return times
}

const timesOf = (length: number) => ({
  row: new Int32Array(length),
  time: new Float64Array(length),
  events: new Uint8Array(length),
  open: new Uint8Array(length),
  n: new Uint8Array(length).fill(1),
})

/** Of the requests of which the row is wanted. */
export function timesWhere(times: OwnTimes, isWanted: (row: number) => boolean): OwnTimes {
  const places = times.row.map((row) => (isWanted(row) ? 1 : 0))
  return groupsOf(times, places, 2)[1] ?? times
}

/** Of each of so many groups; `groupOf` has the group of each time by its place. */
export function groupsOf(times: OwnTimes, groupOf: ArrayLike<number>, groups: number): OwnTimes[] {
  const sizes = new Int32Array(groups)
  for (let at = 0; at < times.row.length; at++) add(sizes, groupOf[at] ?? 0, 1)
  const found = Array.from(sizes, (size) => timesOf(size))
  sizes.fill(0)
  for (let at = 0; at < times.row.length; at++) {
    const group = groupOf[at] ?? 0
    const own = found[group]
    const next = sizes[group] ?? 0
    if (!own) continue
    own.row[next] = times.row[at] ?? 0
    own.time[next] = times.time[at] ?? 0
    own.events[next] = times.events[at] ?? 0
    own.open[next] = times.open[at] ?? 0
    sizes[group] = next + 1
  }
  return found
}

/** `waitOfCurve` of times, without the curve. */
export function waitOfTimes(times: OwnTimes): Wait {
  const n = times.row.length
  let events = 0
  for (let at = 0; at < n; at++) events += times.events[at] ?? 0
  let served = 0
  let middle = -1
  while (served * 2 < events && ++middle < n) served += times.events[middle] ?? 0
  return {
    ...{ n, events },
    median: events < LEAST_EVENTS ? null : timedPercentile(times, 0.5),
    naive: events === 0 ? null : (times.time[middle] ?? 0),
  }
}
