import type { Language } from '#server/contract/vocabulary.ts'
import { instantText } from '#server/export/city-text.ts'

const WORDS: Readonly<
  Record<
    Language,
    { taken: string; answers: (name: string) => string; due: (at: string) => string }
  >
> = {
  ru: {
    taken: 'Заявка зарегистрирована.',
    answers: (name) => `Отвечает: ${name}.`,
    due: (at) => `Срок: ${at}.`,
  },
  kk: {
    taken: 'Өтінім тіркелді.',
    answers: (name) => `Жауап беретін: ${name}.`,
    due: (at) => `Мерзімі: ${at}.`,
  },
  en: {
    taken: 'The request is registered.',
    answers: (name) => `Responsible: ${name}.`,
    due: (at) => `Due: ${at}.`,
  },
}

/** What a sender may expect, as far as it is known: who answers, and until when by the norms; instants in the zone of the city. */
export function noticeOf(
  shown: { agency_responsible: string | null; expected_datetime: string | null } | undefined,
  language: Language,
  zone: string,
): string {
  const { taken, answers, due } = WORDS[language]
  const { agency_responsible: name, expected_datetime: until } = shown ?? {}
  return [
    taken,
    name ? answers(name) : null,
    until ? due(instantText(zone)(Date.parse(until))) : null,
  ]
    .filter(Boolean)
    .join(' ')
}
