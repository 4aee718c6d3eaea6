import type { Scale } from '#web/chart/interval-cell.tsx'
import type { Format } from '#web/lib/format.ts'
import type { OrganizationRow } from './rows.ts'

/** Axes of the columns: the same in the header and in every cell. */
export interface Scales {
  ratio: Scale
  raw: Scale
  response: Scale
  withinNorm: Scale
  confirmed: Scale
}

export const WIDTHS = { ratio: 140, raw: 90, response: 90, withinNorm: 82, confirmed: 78 } as const

const ENOUGH = 100
const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))

/** Wide enough for every organization with enough requests; the others leave the axis with an arrow. */
export function scalesOf(rows: readonly OrganizationRow[]): Scales {
  const sure = rows.filter((row) => (row.unit?.n ?? 0) >= ENOUGH)
  const shares = (
    of: (row: OrganizationRow) => { lower: number; upper: number } | null | undefined,
  ) => spanOf(sure.flatMap((row) => of(row) ?? []))
  const times = sure.flatMap((row) => row.response?.median?.value ?? [])
  const slow = sure.flatMap((row) => row.resolution?.median?.value ?? [])
  const most = Math.max(2, ...sure.map((row) => row.unit?.upper ?? 0))
  return {
    ratio: { low: 0, high: clamp(Math.ceil(most * 4) / 4, 2, 3) },
    raw:
      slow.length > 0
        ? { log: true, low: Math.min(...slow) / 1.3, high: Math.max(...slow) * 1.3 }
        : { ...shares((row) => row.unit?.share), low: 0 },
    response: {
      log: true,
      low: Math.max(60, Math.min(900, ...times) / 1.3),
      high: Math.max(7200, mostOf(times)) * 1.3,
    },
    withinNorm: shares((row) => row.shares?.withinNorm),
    confirmed: shares((row) => row.shares?.confirmed),
  }
}

/** The largest but one in twenty: who is far slower than all others leaves the axis with an arrow. */
function mostOf(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.floor((sorted.length - 1) * 0.95)] ?? 0
}

/** The ends of an axis of shares, at whole steps. */
function spanOf(intervals: readonly { lower: number; upper: number }[]): Scale {
  const low = Math.min(...intervals.map(({ lower }) => lower))
  const high = Math.max(...intervals.map(({ upper }) => upper))
  if (!Number.isFinite(low) || !Number.isFinite(high)) return { low: 0, high: 1 }
  const step = high - low > 0.4 ? 0.2 : 0.1
  const ends = { low: Math.floor(low / step) * step, high: Math.ceil(high / step) * step }
  return { low: clamp(ends.low, 0, 1), high: clamp(Math.max(ends.high, ends.low + step), 0, 1) }
}

/** Two or three places of a linear axis at whole steps. */
export function shareTicks({ low, high }: Scale): number[] {
  const step = [0.05, 0.1, 0.2, 0.25, 0.5].find((size) => (high - low) / size <= 3.01) ?? 0.5
  const ticks: number[] = []
  for (let at = Math.ceil(low / step - 1e-9) * step; at <= high + 1e-9; at += step)
    ticks.push(Math.round(at * 100) / 100)
  return ticks
}

export type TimeUnit = 'minute' | 'hour' | 'day'
export const SECONDS: Record<TimeUnit, number> = { minute: 60, hour: 3600, day: 86_400 }

/** One unit for a column of times. */
export const unitOfTimes = ({ low, high }: Scale): TimeUnit => {
  const middle = Math.sqrt(low * high)
  return middle <= 2 * 3600 ? 'minute' : middle <= 2 * 86_400 ? 'hour' : 'day'
}

/** 36, or 1,4 where it is small. */
export const inUnit = (format: Pick<Format, 'number'>, seconds: number, unit: TimeUnit) => {
  const value = seconds / SECONDS[unit]
  return format.number(value, value < 10 ? 1 : 0)
}

const ROUND_S = [60, 300, 900, 2400, 7200, 6 * 3600, 86_400, 3 * 86_400, 7 * 86_400, 28 * 86_400]

/** Round times within an axis of times, at most three. */
export function timeTicks({ low, high }: Scale): number[] {
  const inside = ROUND_S.filter((seconds) => seconds >= low && seconds <= high)
  return inside.length <= 3
    ? inside
    : [inside[0], inside[Math.floor(inside.length / 2)], inside.at(-1)].flatMap(
        (tick) => tick ?? [],
      )
}
