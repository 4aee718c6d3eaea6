import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { type CellScale, cellSteps } from './hexagon-scale.ts'
import type { Scale } from './layers.ts'
import styles from './legend.module.css'

/** What the shades of hexagons mean, with the unit; `cells` null = there is nothing to count. */
export function HexagonLegend({ measure, cells }: { measure: Scale; cells: CellScale | null }) {
  const { t } = useTranslation('map')
  const word = useCellWord()
  return (
    <div className={styles.cells}>
      <p className={styles.unit}>{t(`cellUnit.${measure}`)}</p>
      <ul className={styles.legend}>
        {cells
          ? cellSteps(measure, cells).map(({ value, colour, opacity }) => (
              <li key={value} className={styles.cell}>
                <svg width="16" height="18" viewBox="0 0 16 18" aria-hidden="true">
                  <path
                    d="M8 1 15 5V13L8 17 1 13V5Z"
                    style={{ fill: `var(--${colour})`, fillOpacity: opacity }}
                  />
                </svg>
                <b className={styles.count}>{word(value, cells)}</b>
              </li>
            ))
          : '—'}
      </ul>
    </div>
  )
}

/** A value of the legend in words: the last of a rate is where the full shade begins. */
export function useCellWord() {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  return (value: number, { most, isRate }: CellScale): string => {
    const n = number(value, isRate && !Number.isInteger(value) ? 1 : 0)
    if (!isRate || Math.abs(value) < most) return n
    return t(value < 0 ? 'cellTo' : 'cellFrom', { n })
  }
}
