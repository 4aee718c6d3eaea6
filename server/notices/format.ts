import type { NoticeFormat } from '#server/contract/notice-lines.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { CALENDAR_WORDS } from '#server/contract/words/calendar.ts'
import { instantText } from '#server/export/city-text.ts'

const NB = '\u00a0'

/** Numbers and times of a letter; instants in the city's zone. */
export function letterFormat(
  language: Language,
  zone: string,
): NoticeFormat & { dateTime(instant: number): string } {
  const words = CALENDAR_WORDS[language]
  const english = language === 'en'
  const number = (value: number) => {
    const grouped = String(Math.abs(Math.round(value))).replace(
      /\B(?=(\d{3})+$)/g,
      english ? ',' : NB,
    )
    return value < 0 ? `\u2212${grouped}` : grouped
  }
  const text = instantText(zone)
  return {
    language,
    number,
    signed: (value) => (value > 0 ? `+${number(value)}` : number(value)),
    percent: (share) => `${number(share * 100)}${english ? '%' : `${NB}%`}`,
    duration(seconds) {
      const minutes = Math.max(0, Math.floor(seconds / 60))
      const hours = Math.floor(minutes / 60)
      const days = Math.floor(hours / 24)
      const amount = (value: number, unit: string) => `${number(value)}${NB}${unit}`
      const pair = (large: string, small: number, unit: string) =>
        small > 0 ? `${large} ${amount(small, unit)}` : large
      if (hours < 1) return amount(minutes, words.minute)
      if (days < 1) return pair(amount(hours, words.hour), minutes % 60, words.minute)
      return pair(amount(days, words.day), hours % 24, words.hour)
    },
    /** 21 ноября, 14:30 */
    dateTime(instant) {
      const iso = text(instant)
      const month = words.months[Number(iso.slice(5, 7)) - 1] ?? ''
      return `${Number(iso.slice(8, 10))}${NB}${month}, ${iso.slice(11, 16)}`
    },
  }
}
