import { zoneOffset } from '#server/domain/local-time.ts'

const DAY = 86_400_000
const two = (value: number) => String(value).padStart(2, '0')

/** Days since 1970-01-01 as `2026-11-21`. */
export const dayText = (day: number) => new Date(day * DAY).toISOString().slice(0, 10)

/** Instants as ISO 8601 with the city's offset, to the second: `2026-11-21T17:30:00+05:00`. */
export function instantText(zone: string): (instant: number) => string {
  const offsetAt = zoneOffset(zone)
  return (instant) => {
    const offset = offsetAt(instant)
    const minutes = Math.round(Math.abs(offset) / 60_000)
    const sign = offset < 0 ? '-' : '+'
    const wall = new Date(instant + offset).toISOString().slice(0, 19)
    return `${wall}${sign}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  }
}
