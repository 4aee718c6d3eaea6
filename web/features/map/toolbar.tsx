import { useQuery } from '@tanstack/react-query'
import { memo, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clocks } from '#server/contract/registry-search.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { isOfAnInstant, MEASURES, OF_AN_INSTANT } from '#web/map/layers.ts'
import { Dropdown } from '#web/ui/dropdown.tsx'
import { Icon } from '#web/ui/icon.tsx'
import { Option } from '#web/ui/option.tsx'
import { CompanyChoice, CompareChoice, LayerChoice } from './layer-choice.tsx'
import { LAYERS, type MapSearch, OF_THE_PAST } from './search.ts'
import styles from './toolbar.module.css'
import { CHANGE_DAYS } from './use-map-rows.ts'

interface ToolbarProps {
  search: MapSearch
  onSearch: (change: Partial<MapSearch>) => void
  /** Another instant than now is shown, of which only some measures are known. */
  past: boolean
  clocks: Clocks
}

/** Made anew when the address changes, not when a number does. */
export const Toolbar = memo(({ search, onSearch, past, clocks }: ToolbarProps) => {
  const { t } = useTranslation('map')
  const { m: measure, category, vs, layers, company } = search
  const measures = useRef<HTMLDivElement>(null)
  // Where not all have room, the chosen one is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another measure is marked in the same row
  useEffect(() => {
    const row = measures.current
    const chosen = row?.querySelector<HTMLElement>('[data-on="true"]')
    if (row && chosen)
      row.scrollLeft = chosen.offsetLeft - (row.clientWidth - chosen.offsetWidth) / 2
  }, [measure])
  return (
    <div className={styles.bar}>
      <div
        ref={measures}
        className={styles.measures}
        role="radiogroup"
        aria-label={t('measureLabel')}
      >
        {(past ? OF_AN_INSTANT : MEASURES).map((item) => (
          <label key={item} className={styles.measure} data-on={item === measure}>
            <input
              type="radio"
              name="measure"
              className="visually-hidden"
              checked={item === measure}
              onChange={() => onSearch({ m: item })}
            />
            {t(`measure.${item}`)}
          </label>
        ))}
      </div>
      {past || !(isOfAnInstant(measure) || measure === 'change') ? null : (
        <CompareChoice
          days={vs ?? (measure === 'change' ? CHANGE_DAYS : undefined)}
          always={measure === 'change'}
          onDays={(days) => onSearch({ vs: days })}
        />
      )}
      <LayerChoice
        offered={past ? OF_THE_PAST : LAYERS}
        layers={layers}
        onLayers={(chosen) => onSearch({ layers: chosen })}
      />
      <CompanyChoice
        company={company}
        clocks={clocks}
        onCompany={(chosen) => onSearch({ company: chosen })}
      />
      {measure === 'silence' ? null : (
        <CategoryFilter
          category={category}
          onCategory={(chosen) => onSearch({ category: chosen })}
        />
      )}
    </div>
  )
})

interface CategoryFilterProps {
  category: readonly string[]
  onCategory: (category: string[]) => void
}

function CategoryFilter({ category, onCategory }: CategoryFilterProps) {
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
