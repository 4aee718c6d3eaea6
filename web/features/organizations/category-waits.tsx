import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { type Answer, api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import { WATCHED } from './freshness.ts'
import styles from './organizations.module.css'
import { daysOf } from './period.ts'
import { Wait } from './wait.tsx'

const FIRST = 10

type CategoryWait = Answer['organizations']['categories']['categories'][number]

/** How far the median of the closed ones alone is from the truth; a median not reached is farthest. */
export const deception = ({ median, naive }: Pick<CategoryWait, 'median' | 'naive'>): number => {
  if (!median || naive === null) return 0
  return median.value === null ? Number.POSITIVE_INFINITY : median.value / naive
}

/** Median time to resolution by category with open requests counted, beside the one of closed requests alone. */
export function CategoryWaits({ filter }: { filter: Filter }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const [all, setAll] = useState(false)
  const waits = useQuery(api.organizations.categories.queryOptions(filter, WATCHED))
  if (waits.isError && !waits.data) return null
  if (!waits.data) return <Skeleton height={400} />
  const { period, categories } = waits.data
  const ordered = [...categories].sort((a, b) => {
    const [x, y] = [deception(a), deception(b)]
    return x === y ? b.n - a.n : y > x ? 1 : -1
  })
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('waits.title')}
      note={t('waits.note', { period: format.days(...daysOf(period)) })}
    >
      {categories.length === 0 ? (
        <EmptyState what={t('waits.empty')} />
      ) : (
        <>
          <SideScroll label={t('waits.title')}>
            <table className={`${styles.plain} ${styles.waits}`}>
              <thead>
                <tr>
                  <th scope="col">{t('waits.category')}</th>
                  <th scope="col" className={styles.right}>
                    {t('waits.n')}
                  </th>
                  <th scope="col" className={styles.right}>
                    {t('waits.open')}
                  </th>
                  <th scope="col">{t('waits.median')}</th>
                  <th scope="col" className={styles.right}>
                    {t('waits.naive')} <small>{t('waits.naiveNote')}</small>
                  </th>
                </tr>
              </thead>
              <tbody>
                {(all ? ordered : ordered.slice(0, FIRST)).map((category) => (
                  <WaitRow
                    key={category.id ?? ''}
                    category={category}
                    filter={filter}
                    period={period}
                  />
                ))}
              </tbody>
            </table>
          </SideScroll>
          {ordered.length > FIRST && !all ? (
            <button type="button" className={styles.button} onClick={() => setAll(true)}>
              {t('waits.more', { n: format.number(ordered.length) })}
            </button>
          ) : null}
          <p className={styles.foot}>{t('waits.foot')}</p>
        </>
      )}
    </Panel>
  )
}

interface WaitRowProps {
  category: CategoryWait
  filter: Filter
  period: { from: string; to: string }
}

function WaitRow({ category, filter, period }: WaitRowProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { id, name, n, events } = category
  return (
    <tr>
      <th scope="row">{name ? inLanguage(name, format.language) : t('waits.unknown')}</th>
      <td className={styles.right}>{format.number(n)}</td>
      <td className={styles.right}>
        {id === null ? (
          format.number(n - events)
        ) : (
          <Link
            to="/requests"
            search={{ ...filter, ...period, category: [id], is: ['open'] }}
            className={styles.number}
          >
            {format.number(n - events)}
          </Link>
        )}{' '}
        <span className={styles.quiet}>{format.percent((n - events) / n)}</span>
      </td>
      <td>
        <Wait wait={category} />
      </td>
      <td className={`${styles.right} ${styles.quiet}`}>
        {category.naive === null ? '' : format.duration(category.naive)}
      </td>
    </tr>
  )
}
