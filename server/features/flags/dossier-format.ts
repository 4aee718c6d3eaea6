import type { Language } from '#server/contract/vocabulary.ts'
import { CALENDAR_WORDS } from '#server/contract/words/calendar.ts'
import { instantText } from '#server/export/city-text.ts'
import { dayOf } from '#server/store/within.ts'

const NB = '\u00a0'
const DAY = 86_400_000

export type DossierFormat = ReturnType<typeof dossierFormat>

/** Numbers and dates as the pages write them; times with the city's offset, so that they are read alike anywhere. */
export function dossierFormat(language: Language, zone: string) {
  const english = language === 'en'
  const number = (value: number, digits = 0) => {
    if (!Number.isFinite(value)) return '\u2013'
    const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.')
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, english ? ',' : NB)
    const text = fraction ? `${grouped}${english ? '.' : ','}${fraction}` : grouped
    return value < 0 && /[1-9]/.test(text) ? `\u2212${text}` : text
  }
  const range = (low: number, high: number, digits: number) =>
    `${number(low, digits)}\u2013${number(high, digits)}`
  const sign = english ? '%' : `${NB}%`
  const months = CALENDAR_WORDS[language].months
  const parts = (date: string) => {
    const [year = '', month = '', day = ''] = date.split('-')
    return { year, month: Number(month), day: Number(day) }
  }
  const at = instantText(zone)
  return {
    language,
    number,
    range,
    /** A q or p value; below what six digits can say, as an upper limit: nothing is impossible. */
    chance: (value: number) =>
      value < 1e-6 ? `<${NB}${number(1e-6, 6)}` : number(value, value < 0.001 ? 6 : 3),
    percent: (share: number, digits = 1) => `${number(share * 100, digits)}${sign}`,
    percentRange: (low: number, high: number, digits = 1) =>
      `${range(low * 100, high * 100, digits)}${sign}`,
    /** `2026-11-16` as 16 ноября 2026. */
    day(date: string) {
      const { year, month, day } = parts(date)
      return `${day}${NB}${months[month - 1] ?? month}${NB}${year}`
    },
    /** The last day of a half-open range. */
    lastDay: (to: string) => new Date((dayOf(to) - 1) * DAY).toISOString().slice(0, 10),
    monthShort: (date: string) =>
      CALENDAR_WORDS[language].monthsShort[parts(date).month - 1] ?? date,
    /** 2026-11-21 00:00 +05:00 */
    instant: (instant: number) => {
      const text = at(instant)
      return `${text.slice(0, 10)} ${text.slice(11, 16)} ${text.slice(19)}`
    },
  }
}
