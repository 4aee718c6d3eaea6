import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '#server/contract/vocabulary.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { piece } from '#web/piece.ts'
import { inCase } from './kazakh-cases.ts'
import type ru from './ru/index.ts'
import type later from './ru/later.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: typeof ru & typeof later
  }
}

/** Two chunks per language: what the frame and the overview say, and the rest. */
const catalogues = {
  first: {
    ru: () => import('./ru/index.ts'),
    kk: () => import('./kk/index.ts'),
    en: () => import('./en/index.ts'),
  },
  later: {
    ru: () => import('./ru/later.ts'),
    kk: () => import('./kk/later.ts'),
    en: () => import('./en/later.ts'),
  },
}

async function load(language: Language, part: keyof typeof catalogues) {
  const { default: words } = await piece<{ default: object }>(catalogues[part][language])
  for (const [noun, texts] of Object.entries(words))
    i18next.addResourceBundle(language, noun, texts, true, true)
}

let rest: Promise<void> | undefined

/** The words of every page; asked for before any page but the overview is shown, and behind it. */
export function allWords(language = i18next.language as Language): Promise<void> {
  rest ??= load(language, 'later').catch((cause) => {
    rest = undefined
    throw cause
  })
  return rest
}

/** `all`: the words of every page are on their way as well; whoever shows such a page waits for them. */
export async function startLanguages(all: boolean) {
  const kept = localStorage.getItem('language')
  await i18next
    .use(initReactI18next)
    .init({ fallbackLng: 'ru', interpolation: { escapeValue: false }, resources: {} })
  for (const which of ['dative', 'ablative', 'locative'] as const)
    i18next.services.formatter?.add(which, (text) => inCase(String(text), which))
  const language = LANGUAGES.find((one) => one === kept) ?? 'ru'
  const chosen = chooseLanguage(language)
  if (all) allWords(language).catch(() => {})
  await chosen
}

export async function chooseLanguage(language: Language) {
  await showLanguage(language)
  localStorage.setItem('language', language)
}

/** For this page only: a wall in one language does not change the desk beside it. */
export async function showLanguage(language: Language) {
  await Promise.all([load(language, 'first'), rest && load(language, 'later')])
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
