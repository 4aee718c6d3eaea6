import { dayOfYear, isHoliday, weekdayOf } from '../calendar.ts'
import { cos, exp } from '../exact.ts'
import { createRandom, mix } from '../random.ts'
import type { Season } from './categories.ts'

const YEAR = 6.283185307179586

/** Mean temperature of a day, °C: a steppe year with spells of cold and warmth that last some days. */
export function temperature(seed: number, day: number): number {
  let spell = 0
  let weight = 0
  for (let back = 0; back < 6; back++) {
    const share = 1 - back / 6
    spell += share * createRandom(mix(seed, 'weather', day - back)).normal()
    weight += share * share
  }
  return 3.5 - 19.5 * cos((YEAR * (dayOfYear(day) - 17)) / 365) + (5 * spell) / Math.sqrt(weight)
}

/** How much more than in an average time of the year a kind of trouble is seen. */
export function seasonal(season: Season, day: number, degrees: number): number {
  const date = dayOfYear(day)
  const heating = date < 108 || date >= 284
  switch (season) {
    case 'flat':
      return 1
    case 'heating':
      return heating
        ? 1.7 * (1 + Math.max(0, -12 - degrees) / 22) * (date >= 284 && date < 305 ? 1.25 : 1)
        : 0.02
    case 'heating_start':
      return date >= 276 && date < 330 ? 4.2 : heating ? 0.8 : 0.03
    case 'frost':
      return 0.55 + Math.max(0, -8 - degrees) / 9
    case 'rain':
      return date >= 74 && date < 116 ? 2.1 : date >= 120 && date < 320 ? 1.05 : 0.4
    case 'snow':
      return date < 80 || date >= 318 ? 2.7 * (degrees > -3 && degrees < 2 ? 1.4 : 0.92) : 0
    case 'summer':
      return date >= 120 && date < 262 ? 1.65 : 0.5
    case 'hot_water':
      return date >= 128 && date < 260 ? 1.15 : date >= 276 && date < 300 ? 1.3 : 0.9
  }
}

const WEEK = [1.16, 1.09, 1.06, 1.04, 1.02, 0.84, 0.7]

/** Weekdays, holidays, and the plain unevenness of days. */
export function dayFactor(seed: number, day: number): number {
  const week = WEEK[weekdayOf(day)] as number
  return (
    week *
    (isHoliday(day) ? 0.72 : 1) *
    exp(0.04 * createRandom(mix(seed, 'unevenness', day)).normal())
  )
}
