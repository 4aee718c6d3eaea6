import type { Indicator, IntegrityLevel } from '#server/contract/integrity.ts'
import type { Language } from '#server/contract/vocabulary.ts'
import { INDICATORS_EN, INDICATORS_KK, INDICATORS_RU } from '#server/contract/words/indicators.ts'

interface IntegrityWords {
  title: string
  tested: string
  level: Record<IntegrityLevel, string>
  indicator: Readonly<Record<Indicator, string>>
}

/** What the file of the indicators says. */
export const INTEGRITY_WORDS: Readonly<Record<Language, IntegrityWords>> = {
  ru: {
    title: 'Достоверность: организации по признакам',
    tested: 'Проверено сочетаний',
    level: { ask: 'Спросить', none: 'Спрашивать не о чем', insufficient: 'Мало данных' },
    indicator: INDICATORS_RU,
  },
  kk: {
    title: 'Дұрыстық: ұйымдар белгілер бойынша',
    tested: 'Тексерілген жұптар',
    level: { ask: 'Сұрау', none: 'Сұрар ештеңе жоқ', insufficient: 'Дерек аз' },
    indicator: INDICATORS_KK,
  },
  en: {
    title: 'Integrity: organizations by indicator',
    tested: 'Pairs tested',
    level: { ask: 'Ask', none: 'Nothing to ask', insufficient: 'Too little data' },
    indicator: INDICATORS_EN,
  },
}
