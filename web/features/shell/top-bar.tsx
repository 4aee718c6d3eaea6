import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '#web/ui/icon.tsx'
import { lazily } from '#web/ui/lazily.tsx'
import { FreshnessList } from './freshness.tsx'
import { LanguageChoice } from './language-choice.tsx'
import { PeriodMenu } from './period-menu.tsx'
import { SchemeMenu } from './scheme-menu.tsx'
import { ScopeMenu } from './scope-menu.tsx'
import styles from './top-bar.module.css'

const SearchBox = lazily(() => import('./search-box.tsx'))

export function TopBar({ bell }: { bell?: ReactNode }) {
  const { t } = useTranslation('shell')
  return (
    <header className={styles.bar}>
      <ScopeMenu />
      <PeriodMenu />
      <div className={styles.search}>
        <Suspense
          fallback={
            <div className={styles.box}>
              <Icon name="search" size={16} />
              <span className={styles.placeholder}>{t('search.placeholder')}</span>
            </div>
          }
        >
          <SearchBox />
        </Suspense>
      </div>
      <FreshnessList />
      <div className={styles.bell}>{bell}</div>
      <span className={`${styles.rule} ${styles.last}`} />
      <div className={styles.settings}>
        <LanguageChoice />
        <SchemeMenu />
      </div>
    </header>
  )
}
