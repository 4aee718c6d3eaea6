import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './outage-list.module.css'
import type { OutageLine } from './use-outage-areas.ts'

interface OutageListProps {
  lines: readonly OutageLine[]
  onSelect: (building: string) => void
}

/** The outlines of the map as a list, each with its houses. */
export function OutageList({ lines, onSelect }: OutageListProps) {
  const { t } = useTranslation('outages')
  const { language, number } = useFormat()
  return (
    <ul className={styles.list}>
      {lines.map(({ id, announced, count, houses, resource, state }) => (
        <li key={id}>
          <details>
            <summary>
              {announced ? null : <StatusShape kind="watch" size={12} />}{' '}
              <b>{announced ? t(`gone.${resource}`) : t(`looksLike.${resource}`)}</b>,{' '}
              {t('houses', { count, n: number(count) })}
            </summary>
            <ul className={styles.houses}>
              {houses.map((house) => (
                <li key={house.id}>
                  <button type="button" onClick={() => onSelect(house.id)}>
                    {inLanguage(house.address, language) || house.id}
                  </button>
                </li>
              ))}
            </ul>
          </details>
          <Link to="/outages" hash={state}>
            {t('details')}
          </Link>
        </li>
      ))}
    </ul>
  )
}
