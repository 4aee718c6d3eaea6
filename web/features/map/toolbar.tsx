import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { MEASURES, type Measure } from '#web/map/layers.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Option } from '#web/ui/option.tsx'
import styles from './toolbar.module.css'

interface ToolbarProps {
  measure: Measure
  onMeasure: (measure: Measure) => void
  category: readonly string[]
  onCategory: (category: string[]) => void
}

export function Toolbar({ measure, onMeasure, category, onCategory }: ToolbarProps) {
  const { t } = useTranslation('map')
  return (
    <div className={styles.bar}>
      <div className={styles.measures} role="radiogroup" aria-label={t('measureLabel')}>
        {MEASURES.map((item) => (
          <label key={item} className={styles.measure} data-on={item === measure}>
            <input
              type="radio"
              name="measure"
              className="visually-hidden"
              checked={item === measure}
              onChange={() => onMeasure(item)}
            />
            {t(`measure.${item}`)}
          </label>
        ))}
      </div>
      <CategoryFilter category={category} onCategory={onCategory} />
    </div>
  )
}

function CategoryFilter({ category, onCategory }: Pick<ToolbarProps, 'category' | 'onCategory'>) {
  const { t } = useTranslation('map')
  const { language, number } = useFormat()
  const { data: all = [] } = useQuery(
    api.map.categories.queryOptions(
      { language },
      { meta: { live: false }, refetchInterval: 60_000 },
    ),
  )
  const chosen = new Set(category)
  const [only] = category.length === 1 ? all.filter(({ id }) => chosen.has(id)) : []
  const toggle = (id: string) =>
    onCategory(chosen.has(id) ? category.filter((known) => known !== id) : [...category, id])
  return (
    <Dropdown
      className={styles.filter ?? ''}
      face={
        <>
          {category.length === 0
            ? t('category.all')
            : (only?.name ??
              t('category.some', { count: category.length, n: number(category.length) }))}
          <Icon name="down" size={14} />
        </>
      }
    >
      {() => (
        <div className={styles.options}>
          <Option chosen={category.length === 0} onChoose={() => onCategory([])}>
            {t('category.all')}
          </Option>
          {all.map(({ id, name, open }) => (
            <Option
              key={id}
              chosen={chosen.has(id)}
              onChoose={() => toggle(id)}
              note={number(open)}
            >
              {name}
            </Option>
          ))}
        </div>
      )}
    </Dropdown>
  )
}
