import { YEAR_WEEKS } from '#server/contract/buildings.ts'
import { mondayOf } from '#server/domain/local-time.ts'
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
/** A building to compare with. */
interface Peer {
  key: number
  apartments: number
}

/** Type 7 quantile of R of what is in order already. */
function quantile(sorted: Float64Array, p: number): number {
  const place = (sorted.length - 1) * p
  const below = sorted[Math.floor(place)] ?? 0
  return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] ?? 0) - below)
}

/**
 * What is usual in each week for a building of so many apartments: 10 %, 50 % and 90 % of the similar buildings, each
 * scaled from its own apartments. Who is not in `weeks` was silent all year. null where too few are known.
 */
export function usualWeeks(
  weeks: ReadonlyMap<number, ArrayLike<number>>,
  peers: readonly Peer[],
  count: number,
  apartments: number,
): Band | null {
  if (peers.length < ENOUGH || apartments <= 0) return null
  const known = peers.flatMap(({ key, apartments: size }) => {
    const own = weeks.get(key)
    return own ? [{ own, scale: apartments / size }] : []
  })
  const band: Band = { low: [], middle: [], high: [] }
  const all = new Float64Array(peers.length)
  for (let week = 0; week < count; week++) {
    all.fill(0)
    for (const [i, { own, scale }] of known.entries()) all[i] = (own[week] ?? 0) * scale
    all.sort()
    band.low.push(quantile(all, 0.1))
    band.middle.push(quantile(all, 0.5))
    band.high.push(quantile(all, 0.9))
  }
  return band
}

export interface Intensity {
  requests: number
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

/** `counts`: requests of each building in the year; who is not in it was silent. */
export function intensityOf(
  requests: number,
  apartments: number,
  counts: ReadonlyMap<number, { requests: number }>,
  peers: readonly Peer[],
): Intensity | null {
  if (apartments <= 0) return null
  const per100 = (count: number, size: number) => (count / size) * 100
  const others = Float64Array.from(peers, (peer) =>
    per100(counts.get(peer.key)?.requests ?? 0, peer.apartments),
  ).sort()
  const median = others.length >= ENOUGH ? quantile(others, 0.5) : null
  const rate = per100(requests, apartments)
  const [low = 0, high = 0] = poissonLimits(requests).map((limit) => per100(limit, apartments))
  return {
    requests,
    rate,
    low,
    high,
    others: Array.from(others, (other) => Math.round(other * 10) / 10),
    median,
    higher: others.filter((other) => other > rate).length,
    ratio: median ? rate / median : null,
    beyondChance: median !== null && (median < low || median > high),
  }
}
