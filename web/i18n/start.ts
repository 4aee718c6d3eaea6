import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '#server/contract/vocabulary.ts'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import type ru from './ru/index.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    resources: typeof ru
  }
}

/** One chunk per language, loaded when it is chosen. */
const catalogues = {
  ru: () => import('./ru/index.ts'),
  kk: () => import('./kk/index.ts'),
  en: () => import('./en/index.ts'),
}

export async function startLanguages() {
  const kept = localStorage.getItem('language')
  await i18next
    .use(initReactI18next)
    .init({ fallbackLng: 'ru', interpolation: { escapeValue: false }, resources: {} })
  await chooseLanguage(LANGUAGES.find((language) => language === kept) ?? 'ru')
}

export async function chooseLanguage(language: Language) {
  await showLanguage(language)
  localStorage.setItem('language', language)
}

/** For this page only: a wall in one language does not change the desk beside it. */
export async function showLanguage(language: Language) {
  const { default: words } = await catalogues[language]()
  for (const [noun, texts] of Object.entries(words))
    i18next.addResourceBundle(language, noun, texts, true, true)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
