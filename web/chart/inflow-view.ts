import { niceStep } from '#web/lib/scale.ts'

type Band = readonly [low: number, high: number]

/** A day by its hours over comparable days, as the overview and the page of the day are told it. */
export interface Inflow {
  today: number[]
  total: number
  /** 0 to 6 a weekday, 7 a holiday, 8 a free day of the week that works. */
  alike: number
  days: number
  usual: {
    hours: {
      low: number
      median: number
      high: number
      forecast: { mid: number; low: number; high: number } | null
    }[]
    cumulative: { low: number; median: number; high: number }[]
    soFar: { median: number; band: Band }
    total: number
    forecast: { factor: number; rest: number; interval: Band }
    above: { hours: number; requests: number; median: number }
  } | null
}

export interface Bar {
  hour: number
  /** What has come; in the current hour so far. */
  value: number
  /** The part above the usual band, in a complete hour. */
  above: number
  band: [low: number, high: number] | null
  median: number | null
  /** The whole hour as forecast, for the current hour and those to come. */
  forecast: { mid: number; low: number; high: number } | null
}

export interface InflowView {
  bars: Bar[]
  step: number
  max: number
}

/** `hour` is the local hour with fraction. */
export function inflowView({ today, usual }: Inflow, hour: number): InflowView {
  const bars = today.map((value, h): Bar => {
    const expected = usual?.hours[h]
    const complete = h + 1 <= hour
    const left = Math.max(0, Math.min(1, h + 1 - hour))
    const forecast = expected?.forecast
    return {
      hour: h,
      value,
      above: expected && complete ? Math.max(0, value - expected.high) : 0,
      band: expected ? [expected.low, expected.high] : null,
      median: expected?.median ?? null,
      forecast: forecast
        ? {
            mid: h < hour ? value + forecast.mid * left : forecast.mid,
            low: h < hour ? value + forecast.low * left : forecast.low,
            high: h < hour ? value + forecast.high * left : forecast.high,
          }
        : null,
    }
  })
  const tallest = Math.max(
    3,
    ...bars.flatMap(({ value, band, forecast }) => [value, band?.[1] ?? 0, forecast?.high ?? 0]),
  )
  const step = niceStep(tallest, 3)
  return { bars, step, max: step * 3 }
}

interface Caption {
  /** Hours over which a caption stands on top of the chart, from and to, with fraction. */
  over: readonly [from: number, to: number]
  /** Px of the plot, and those of its top that a caption and the value of a bar need. */
  plot: number
  room: number
}

/** The top of the axis, so that no value of a bar reaches into the caption over it. */
export function ceilingUnder({ bars, max }: InflowView, { over, plot, room }: Caption): number {
  const under = bars.filter(({ hour, above }) => above > 0 && hour + 1 > over[0] && hour < over[1])
  const tallest = Math.max(0, ...under.map(({ value }) => value))
  return plot > room ? Math.max(max, (tallest * plot) / (plot - room)) : max
}
