import { cityTime } from '#web/lib/city-time.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** An instant as a field of type `datetime-local` shows it, by the wall clock of the city. */
export function inputOf(instant: number, zone: string): string {
  const { year, month, date, hour, minute } = cityTime(instant, zone)
  return `${year}-${two(month)}-${two(date)}T${two(hour)}:${two(minute)}`
}

/** And back; null where the field is empty. */
export function instantOf(text: string, zone: string): number | null {
  const wanted = Date.parse(`${text}Z`)
  if (Number.isNaN(wanted)) return null
  let instant = wanted
  // The offset of the first guess may be that of the other side of a change of the clock.
  for (let tries = 0; tries < 2; tries++)
    instant += wanted - Date.parse(`${inputOf(instant, zone)}Z`)
  return instant
}
