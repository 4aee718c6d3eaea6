import { type Band, type Forecast, forecastRest, mean, quantile, usualBand } from './usual.ts'

export interface Inflow {
  /** Registered by hour of today; hours to come are 0. */
  today: number[]
  total: number
  /** Same weekdays the history holds, and what they show; null where they are too few. */
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
}

interface InflowRow {
  day: number
  hour: number
  requests: number
}

/** `hour` is the local hour with fraction; the part of the current hour that has passed counts in proportion. */
export function inflowOf(
  rows: readonly InflowRow[],
  today: number,
  hour: number,
  past: readonly number[],
): Inflow {
  const byDay = new Map<number, number[]>()
  for (const row of rows) {
    const day = byDay.get(row.day) ?? emptyDay()
    day[row.hour] = row.requests
    byDay.set(row.day, day)
  }
  const now = byDay.get(today) ?? emptyDay()
  const history = past.map((day) => byDay.get(day) ?? emptyDay())
  return {
    today: now,
    total: sum(now),
    days: history.length,
    usual: usualOf(now, history, hour),
  }
}

function usualOf(now: readonly number[], history: readonly number[][], hour: number): Usual | null {
  const soFarOf = (day: readonly number[]) =>
    sum(day.map((requests, h) => requests * Math.max(0, Math.min(1, hour - h))))
  const soFar = history.map(soFarOf)
  const band = usualBand(soFar)
  if (!band) return null
  const totals = history.map(sum)
  const rest = mean(totals) - mean(soFar)
  const forecast = forecastRest({ far: sum(now), usual: mean(soFar) }, rest, totals)
  const hours = now.map((_, h) => {
    const values = history.map((day) => day[h] ?? 0)
    const [low, median, high] = [0.1, 0.5, 0.9].map((share) => quantile(values, share))
    const scaled = (value: number | undefined) => (value ?? 0) * forecast.factor
    return {
      low: low ?? 0,
      median: median ?? 0,
      high: high ?? 0,
      forecast:
        h + 1 > hour ? { mid: scaled(mean(values)), low: scaled(low), high: scaled(high) } : null,
    }
  })
  const above = hours.flatMap(({ high, median }, h) => {
    const requests = now[h] ?? 0
    return h + 1 <= hour && requests > high ? [{ requests, median }] : []
  })
  return {
    hours,
    cumulative: Array.from({ length: 25 }, (_, h) => {
      const values = history.map((day) => sum(day.slice(0, h)))
      return {
        low: quantile(values, 0.1),
        median: quantile(values, 0.5),
        high: quantile(values, 0.9),
      }
    }),
    soFar: { median: quantile(soFar, 0.5), band },
    total: quantile(totals, 0.5),
    forecast,
    above: {
      hours: above.length,
      requests: sum(above.map(({ requests }) => requests)),
      median: sum(above.map(({ median }) => median)),
    },
  }
}

const emptyDay = () => Array.from<number>({ length: 24 }).fill(0)
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
