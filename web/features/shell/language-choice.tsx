import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { chooseLanguage } from '#web/i18n/start.ts'
import styles from './language-choice.module.css'

const NAMES = { kk: ['қаз', 'Қазақша'], ru: ['рус', 'Русский'], en: ['eng', 'English'] } as const

export function LanguageChoice() {
  const { t, i18n } = useTranslation('shell')
  const { data: place } = useQuery(api.shell.place.queryOptions())
  const offered = LANGUAGES.filter((language) => place?.languages.includes(language) ?? true)
  return (
    <fieldset className={styles.choice} aria-label={t('language')}>
      {offered.map((language) => (
        <button
          key={language}
          type="button"
          lang={language}
          aria-pressed={i18n.language === language}
          aria-label={NAMES[language][1]}
          onClick={() => void chooseLanguage(language)}
        >
          {NAMES[language][0]}
        </button>
      ))}
    </fieldset>
  )
}
