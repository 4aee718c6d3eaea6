import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { isWithin, type Page } from './pages.ts'
import styles from './rail.module.css'
import { usePages, usePath } from './use-pages.ts'

export type Tallies = Partial<Record<Page['name'], number>>

interface RailProps {
  tallies: Tallies
  narrow: boolean
  onNarrow: (narrow: boolean) => void
  onKeys: () => void
}

export function Rail({ tallies, narrow, onNarrow, onKeys }: RailProps) {
  const { t } = useTranslation('shell')
  const turn = t(narrow ? 'expand' : 'collapse')
  return (
    <nav className={styles.rail} aria-label={t('rail')}>
      <Link to="/" className={styles.brand} aria-label={t('product')}>
        <Icon name="house" size={20} />
        <span className={styles.word}>{t('product')}</span>
      </Link>
      <PageLinks tallies={tallies} />
      <div className={styles.foot}>
        <button type="button" className={styles.item} onClick={onKeys} title={t('keys')}>
          <Icon name="keys" />
          <span className={styles.word}>{t('keys')}</span>
          <span className={styles.tally}>?</span>
        </button>
        <button
          type="button"
          className={styles.item}
          onClick={() => onNarrow(!narrow)}
          title={turn}
          aria-expanded={!narrow}
        >
          <Icon name={narrow ? 'expand' : 'collapse'} />
          <span className={styles.word}>{turn}</span>
        </button>
      </div>
    </nav>
  )
}

export function PageLinks({ tallies, onGo }: { tallies: Tallies; onGo?: () => void }) {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const pages = usePages()
  const path = usePath()
  return [0, 1, 2].map((group) => {
    const members = pages.filter((page) => page.group === group)
    return members.length > 0 ? (
      <ul key={group} className={styles.group}>
        {members.map(({ name, to, icon }) => {
          const tally = tallies[name]
          return (
            <li key={name}>
              <Link
                to={to}
                search={keepScope}
                className={styles.item}
                aria-current={isWithin(path, to) ? 'page' : undefined}
                title={t(`pages.${name}`)}
                onClick={onGo}
              >
                <Icon name={icon} />
                <span className={styles.word}>{t(`pages.${name}`)}</span>
                {tally === undefined ? null : (
                  <span className={styles.tally}>{format.number(tally)}</span>
                )}
              </Link>
            </li>
          )
        })}
      </ul>
    ) : null
  })
}

/** A section opens with the scope of this page and its own usual period. */
const keepScope = (search: { district?: string[] }) =>
  search.district?.length ? { district: search.district } : {}
