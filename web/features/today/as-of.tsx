import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { inLanguage } from '#server/contract/vocabulary.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useLive } from '#web/live.ts'
import { Icon } from '#web/ui/icon.tsx'
import type { Day } from './answers.ts'
import type { Scope, TodaySearch } from './scope.ts'
import styles from './today-page.module.css'

interface AsOfProps {
  day: Day
  scope: Scope
  onSearch: (next: Partial<TodaySearch>) => void
  onMethod: () => void
}

/** The day, how old its numbers are, what they are narrowed to, and what they mean. */
export function AsOf({ day, scope, onSearch, onMethod }: AsOfProps) {
  const { t } = useTranslation('overview')
  const { t: today } = useTranslation('today')
  const format = useFormat()
  const heardAt = useLive((live) => live.heardAt)
  const { data: parts } = useQuery({
    ...api.today.parts.queryOptions({ district: [], category: [], part: 'category' }),
    enabled: scope.category.length > 0,
    meta: { live: false },
  })
  const nameOf = (id: string) => {
    const name = parts?.rows.find((row) => row.id === id)?.name
    return name ? inLanguage(name, format.language) : id
  }
  return (
    <div className={styles.asOf}>
      <strong>
        {format.weekdayAndDay(day.today)}
        {day.holiday ? `, ${inLanguage(day.holiday, format.language)}` : null}
      </strong>
      <span>{t('asOf', { time: format.clockSeconds(Math.max(heardAt ?? 0, day.now)) })}</span>
      {scope.category.length > 0 ? (
        <div className={styles.chips}>
          {scope.category.map((id) => (
            <button
              key={id}
              type="button"
              className={styles.chip}
              aria-label={today('widen', { name: nameOf(id) })}
              onClick={() => onSearch({ category: scope.category.filter((other) => other !== id) })}
            >
              {nameOf(id)}
              <Icon name="close" size={12} />
            </button>
          ))}
        </div>
      ) : null}
      <button type="button" className={styles.define} onClick={onMethod}>
        {t('howCounted')}
      </button>
    </div>
  )
}
