import type { Alike } from './alike.ts'
import { BY_NORMAL, type Reach, restOf, soFarOf } from './rest.ts'
import { type Band, mean, quantile, sum, usualBand } from './usual.ts'

export interface Inflow {
  /** Registered by hour of today; hours to come are 0. */
  today: number[]
  total: number
  /** What the day is compared as (today/alike.ts). */
  alike: Alike
  /** Comparable days that the history holds, and what they show; null where they are too few. */
  days: number
  usual: Usual | null
}
export interface Usual {
  /** For each of 24 hours. */
  hours: {
    low: number
    median: number
    high: number
    forecast: { mid: number; low: number; high: number } | null
  }[]
  /** From 0 to 24 hours: 25 values. */
  cumulative: { low: number; median: number; high: number }[]
  /** Up to now. */
  soFar: { median: number; band: Band }
  /** The whole day. */
  total: number
  forecast: Forecast
  /** Complete hours above their band: how much came in them, and how much of it is above the median. */
  above: { hours: number; requests: number; median: number }
  /** Comparable days with a mass event, of which only the ordinary part is learnt from. */
  massDays: number
}
export interface Forecast {
  /** How many times as much as usual is expected for the rest of the day. */
  factor: number
  rest: number
  /** Of the rest: eight in ten, and nineteen in twenty. */
  interval: Band
  interval95: Band
  measured: Reach['measured']
}

/**
 * A day over comparable days, both by hour. `hour` is the local hour with fraction; the part of the current hour that has passed
 * counts in proportion. `reach`: how far from the forecast the truth was on past days (today/measured.ts).
 */
export function inflowOf(
  now: readonly number[],
  past: readonly (readonly number[])[],
  { hour, alike, reach = BY_NORMAL }: { hour: number; alike: Alike; reach?: Reach },
): Inflow {
  return {
    today: [...now],
    total: sum(now),
    alike,
    days: past.length,
    usual: usualOf(now, past, hour, reach),
  }
}

function usualOf(
  now: readonly number[],
  past: readonly (readonly number[])[],
  hour: number,
  reach: Reach,
): Usual | null {
  const told = restOf(now, past, hour)
  const soFar = past.map((day) => soFarOf(day, hour))
  const band = usualBand(soFar)
  if (!told || !band) return null
  const { factor, rest, deviation, days } = told
  const hours = now.map((_, h) => {
    const values = past.map((day) => day[h] ?? 0)
    const [low, median, high] = [0.1, 0.5, 0.9].map((share) => quantile(values, share))
    const scaled = (value: number | undefined) => (value ?? 0) * factor
    return {
      low: low ?? 0,
      median: median ?? 0,
      high: high ?? 0,
      forecast:
        h + 1 > hour
          ? {
              mid: scaled(mean(days.map((day) => day[h] ?? 0))),
              low: scaled(low),
              high: scaled(high),
            }
          : null,
    }
  })
  const above = hours.flatMap(({ high, median }, h) => {
    const requests = now[h] ?? 0
    return h + 1 <= hour && requests > high ? [{ requests, median }] : []
  })
  const around = (times: number): Band => [
    Math.max(0, rest - times * deviation),
    rest + times * deviation,
  ]
  return {
    hours,
    cumulative: Array.from({ length: now.length + 1 }, (_, h) => {
      const values = past.map((day) => sum(day.slice(0, h)))
      return {
        low: quantile(values, 0.1),
        median: quantile(values, 0.5),
        high: quantile(values, 0.9),
      }
    }),
    soFar: { median: quantile(soFar, 0.5), band },
    total: quantile(past.map(sum), 0.5),
    forecast: {
      ...{ factor, rest, measured: reach.measured },
      interval: around(reach.times80),
      interval95: around(reach.times95),
    },
    above: {
      hours: above.length,
      requests: sum(above.map(({ requests }) => requests)),
      median: sum(above.map(({ median }) => median)),
    },
    massDays: days.filter((day, i) => sum(day) < sum(past[i] ?? []) - 1e-6).length,
  }
}
