import type { Language } from '#server/contract/vocabulary.ts'
import { CALENDAR_WORDS } from '#server/contract/words/calendar.ts'
import { cityTime, dateOfDay } from './city-time.ts'

/** No-break space: between thousands, before units and the percent sign. */
const NB = '\u00a0'
const MINUS = '\u2212'
const DASH = '\u2013'

export type Format = ReturnType<typeof createFormat>

/** Numbers, times and ages in words of a language, times in the city's zone. Kazakh numbers are written as Russian ones. */
export function createFormat(language: Language, zone: string) {
  const words = CALENDAR_WORDS[language]
  const english = language === 'en'
  const thousands = english ? ',' : NB
  const point = english ? '.' : ','

  /** 1 240 */
  const number = (value: number, digits = 0) => {
    const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.')
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands)
    const text = fraction ? `${grouped}${point}${fraction}` : grouped
    return value < 0 && /[1-9]/.test(text) ? `${MINUS}${text}` : text
  }
  /** +65, −3, 0 */
  const signed = (value: number, digits = 0) => {
    const text = number(value, digits)
    return value > 0 && /[1-9]/.test(text) ? `+${text}` : text
  }
  const sign = english ? '%' : `${NB}%`
  /** A share from 0 to 1 as 81 %. */
  const percent = (share: number, digits = 0) => `${number(share * 100, digits)}${sign}`
  /** A change as +12 %. */
  const change = (share: number, digits = 0) => `${signed(share * 100, digits)}${sign}`
  /** 1 130–1 262 */
  const range = (low: number, high: number, digits = 0) =>
    `${number(low, digits)}${DASH}${number(high, digits)}`
  /** Counts as 965–1 168, from ten thousand on as 15,1–19,3 тыс. */
  const shortRange = (low: number, high: number) =>
    Math.round(low) === Math.round(high)
      ? number(low)
      : Math.max(Math.abs(low), Math.abs(high)) < 10_000
        ? range(Math.round(low), Math.round(high))
        : `${range(low / 1000, high / 1000, 1)}${NB}${words.thousand}`
  /** Shares from 0 to 1 as 79–82 %. */
  const percentRange = (low: number, high: number, digits = 0) =>
    `${range(low * 100, high * 100, digits)}${sign}`

  const two = (value: number) => String(value).padStart(2, '0')
  const amount = (value: number, unit: string) => `${number(value)}${NB}${unit}`

  /** Two largest units: 2 ч 05 мин, 3 д 4 ч, 40 с. Seconds in, whole minutes down. */
  const duration = (seconds: number) => {
    const s = Math.max(0, Math.floor(seconds))
    if (s < 60) return amount(s, words.second)
    const minutes = Math.floor(s / 60)
    if (minutes < 60) return amount(minutes, words.minute)
    const hours = Math.floor(minutes / 60)
    if (hours < 24) return pair(hours, words.hour, minutes % 60, words.minute)
    const days = Math.floor(hours / 24)
    if (days < 100) return pair(days, words.day, hours % 24, words.hour)
    return amount(days, words.day)
  }
  const pair = (large: number, unit: string, small: number, smaller: string) =>
    small
      ? `${amount(large, unit)} ${smaller === words.minute ? two(small) : small}${NB}${smaller}`
      : amount(large, unit)

  /** One unit: 8 с, 3 мин, 26 ч, 12 д, 14 мес, 10 лет. */
  const age = (seconds: number) => {
    const s = Math.max(0, Math.floor(seconds))
    if (s < 60) return amount(s, words.second)
    if (s < 3600) return amount(Math.floor(s / 60), words.minute)
    if (s < 48 * 3600) return amount(Math.floor(s / 3600), words.hour)
    const days = Math.floor(s / 86_400)
    if (days < 60) return amount(days, words.day)
    if (days < 730) return amount(Math.floor(days / 30.44), words.month)
    const years = Math.floor(days / 365.25)
    return amount(years, words.year(years))
  }

  /** 14:30 */
  const clock = (instant: number) => {
    const t = cityTime(instant, zone)
    return `${two(t.hour)}:${two(t.minute)}`
  }
  /** 14:30:12 */
  const clockSeconds = (instant: number) =>
    `${clock(instant)}:${two(cityTime(instant, zone).second)}`

  /** 14:30:12 on the given day, 20 ноя on another, 20.11.24 in another year. */
  const clockOrDay = (instant: number, today: number) => {
    const t = cityTime(instant, zone)
    if (t.day === today) return clockSeconds(instant)
    if (t.year === dateOfDay(today).year) return dayMonthShort(t.date, t.month)
    return `${two(t.date)}.${two(t.month)}.${two(t.year % 100)}`
  }

  const monthShort = (month: number) => words.monthsShort[month - 1] ?? ''
  const dayMonth = (date: number, month: number) => `${date}${NB}${words.months[month - 1]}`
  const dayMonthShort = (date: number, month: number) => `${date}${NB}${monthShort(month)}`

  /** 21 ноября 2026, from days since 1970-01-01. */
  const day = (value: number) => {
    const d = dateOfDay(value)
    return `${dayMonth(d.date, d.month)}${NB}${d.year}`
  }
  /** 21 ноября */
  const dayWithoutYear = (value: number) => {
    const d = dateOfDay(value)
    return dayMonth(d.date, d.month)
  }
  /** 21 ноя 2026 */
  const dayShort = (value: number) => {
    const d = dateOfDay(value)
    return `${dayMonthShort(d.date, d.month)}${NB}${d.year}`
  }
  /** 14–20 ноя, 24 окт – 6 ноя, 24 дек 2025 – 6 янв 2026; both days included. */
  const days = (first: number, last: number) => {
    const [a, b] = [dateOfDay(first), dateOfDay(last)]
    if (first === last) return dayMonthShort(b.date, b.month)
    if (a.year !== b.year) return `${dayShort(first)} ${DASH} ${dayShort(last)}`
    if (a.month !== b.month)
      return `${dayMonthShort(a.date, a.month)} ${DASH} ${dayMonthShort(b.date, b.month)}`
    return `${a.date}${DASH}${dayMonthShort(b.date, b.month)}`
  }
  /** Суббота, 21 ноября */
  const weekdayAndDay = (value: number) => {
    const d = dateOfDay(value)
    const weekday = words.weekdays[d.weekday] ?? ''
    return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)}, ${dayMonth(d.date, d.month)}`
  }
  /** ноябрь 2026 */
  const month = (value: number) =>
    `${words.monthsAlone[((value % 12) + 12) % 12]}${NB}${Math.floor(value / 12)}`

  /** 21 ноя 2026, 14:30 */
  const dateTime = (instant: number) => {
    const t = cityTime(instant, zone)
    return `${dayMonthShort(t.date, t.month)}${NB}${t.year}, ${clock(instant)}`
  }
  /** 21 ноя 2026 */
  const date = (instant: number) => dayShort(cityTime(instant, zone).day)

  /** сегодня 13:58, вчера 18:40, 18 ноя 09:15, 18 ноя 2024 */
  const when = (instant: number, now: number) => {
    const [t, today] = [cityTime(instant, zone), cityTime(now, zone)]
    if (t.day === today.day) return `${words.today} ${clock(instant)}`
    if (t.day === today.day - 1) return `${words.yesterday} ${clock(instant)}`
    if (t.day === today.day + 1) return `${words.tomorrow} ${clock(instant)}`
    if (t.year !== today.year) return dayShort(t.day)
    return `${dayMonthShort(t.date, t.month)} ${clock(instant)}`
  }

  return {
    language,
    zone,
    number,
    signed,
    percent,
    change,
    range,
    shortRange,
    percentRange,
    duration,
    age,
    clock,
    clockSeconds,
    clockOrDay,
    day,
    dayWithoutYear,
    dayShort,
    days,
    weekdayAndDay,
    month,
    monthShort,
    dateTime,
    date,
    when,
    /** суббота; 0 = Monday */
    weekday: (weekday: number) => words.weekdays[weekday] ?? '',
    /** субботы: «для субботы это много» */
    weekdayFor: (weekday: number) => words.weekdaysFor[weekday] ?? '',
    /** суббот: «26 суббот» */
    weekdayMany: (weekday: number) => words.weekdaysMany[weekday] ?? '',
    weekdayShort: (weekday: number) => words.weekdaysShort[weekday] ?? '',
  }
}
