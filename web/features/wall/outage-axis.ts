import { cityTime } from '#web/lib/city-time.ts'

const HOUR = 3_600_000
/** Ends of the axis on the plan of the wall. */
export const AXIS = { left: 1130, right: 1856 }
/** Hours that the axis shows, and at most so many of them before now. */
const AXIS_HOURS = 8
const BEFORE = 4

export interface OutageAxis {
  from: number
  to: number
  ticks: { at: number; hour: number }[]
}

/** Eight hours from an even hour of the city, about half of them behind us. */
export function outageAxis(now: number, zone: string): OutageAxis {
  const { hour, minute, second } = cityTime(now, zone)
  const sinceHour = (minute * 60 + second) * 1000 + (now % 1000)
  const back = BEFORE + ((((hour - BEFORE) % 2) + 2) % 2)
  const from = now - sinceHour - back * HOUR
  const ticks = Array.from({ length: AXIS_HOURS / 2 + 1 }, (_, i) => {
    const at = from + i * 2 * HOUR
    return { at, hour: cityTime(at, zone).hour }
  })
  return { from, to: from + AXIS_HOURS * HOUR, ticks }
}

/** `1:52` and `07`: hours may be many. */
export function elapsed(milliseconds: number): { clock: string; seconds: string } {
  const s = Math.max(0, Math.floor(milliseconds / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  return { clock: `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}`, seconds: two(s % 60) }
}
