import { YEAR_WEEKS } from '#server/contract/buildings.ts'
import { mondayOf } from '#server/domain/local-time.ts'
import { quantile } from '#server/stats/overdispersion.ts'
import { poissonLimits } from '#server/stats/poisson.ts'
import { ENOUGH } from './similar.ts'

export interface YearSpan {
  /** Monday of the first week, days since 1970-01-01. */
  firstWeek: number
  today: number
}
/** The weeks that end with the one that contains today. */
export const yearTo = (today: number): YearSpan => ({
  firstWeek: mondayOf(today) - 7 * (YEAR_WEEKS - 1),
  today,
})
export const weeksOf = ({ firstWeek }: YearSpan): number[] =>
  Array.from({ length: YEAR_WEEKS }, (_, index) => firstWeek + 7 * index)

export interface Band {
  low: number[]
  middle: number[]
  high: number[]
}
export interface WeekCount {
  building: number
  week: number
  requests: number
}
interface Peer {
  key: number
  apartments: number
}

/**
 * What is usual in each week for a building of so many apartments: 10 %, 50 % and 90 % of the similar buildings, each
 * scaled from its own apartments. null where too few are known.
 */
export function usualWeeks(
  counts: readonly WeekCount[],
  peers: readonly Peer[],
  weeks: readonly number[],
  apartments: number,
): Band | null {
  if (peers.length < ENOUGH || apartments <= 0) return null
  const scale = new Map(peers.map((peer) => [peer.key, apartments / peer.apartments]))
  const scaled = new Map(weeks.map((week) => [week, [] as number[]]))
  for (const { building, week, requests } of counts)
    scaled.get(week)?.push(requests * (scale.get(building) ?? 0))
  const band: Band = { low: [], middle: [], high: [] }
  for (const week of weeks) {
    const known = scaled.get(week) ?? []
    const all = [...known, ...Array<number>(peers.length - known.length).fill(0)].sort(
      (a, b) => a - b,
    )
    band.low.push(quantile(all, 0.1))
    band.middle.push(quantile(all, 0.5))
    band.high.push(quantile(all, 0.9))
  }
  return band
}

export interface Intensity {
  /** Requests per 100 apartments in the year, with its exact Poisson interval of 95 %. */
  rate: number
  low: number
  high: number
  /** The same of each similar building, ascending. */
  others: number[]
  median: number | null
  /** Similar buildings with a higher rate. */
  higher: number
  /** Of the median; null where there is none or it is nought. */
  ratio: number | null
  /** The interval leaves the median out: more than chance. */
  beyondChance: boolean
}

export function intensityOf(
  requests: number,
  apartments: number,
  counts: readonly WeekCount[],
  peers: readonly Peer[],
): Intensity | null {
  if (apartments <= 0) return null
  const per100 = (count: number, size: number) => (count / size) * 100
  const totals = new Map<number, number>()
  for (const { building, requests } of counts)
    totals.set(building, (totals.get(building) ?? 0) + requests)
  const others = peers
    .map((peer) => per100(totals.get(peer.key) ?? 0, peer.apartments))
    .sort((a, b) => a - b)
  const median = others.length >= ENOUGH ? quantile(others, 0.5) : null
  const rate = per100(requests, apartments)
  const [low, high] = poissonLimits(requests).map((limit) => per100(limit, apartments))
  return {
    rate,
    low: low ?? 0,
    high: high ?? 0,
    others: others.map((other) => Math.round(other * 10) / 10),
    median,
    higher: others.filter((other) => other > rate).length,
    ratio: median ? rate / median : null,
    beyondChance: median !== null && (median < (low ?? 0) || median > (high ?? 0)),
  }
}
