import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { CLASSES, type Scale } from './layers.ts'
import styles from './legend.module.css'

/** Classes of the measure with how many buildings are in each; `counts` is of legendOf; null = there is nothing to count. */
export function MapLegend({
  measure,
  counts,
}: {
  measure: Scale
  counts: readonly number[] | null
}) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  return (
    <ul className={styles.legend}>
      {CLASSES[measure].map((item, position) =>
        item.rare && !counts?.[position] ? null : (
          <li key={item.word} className={styles.item}>
            <i
              className={item.ring ? styles.ring : styles.swatch}
              style={{
                background: `var(--${item.colour})`,
                borderColor: `var(--${item.stroke ?? item.colour})`,
              }}
            />
            <b className={styles.count}>{counts ? number(counts[position] ?? 0) : '—'}</b>
            <span className={styles.word}>{t(`class.${item.word}` as 'class.none')}</span>
          </li>
        ),
      )}
    </ul>
  )
}
