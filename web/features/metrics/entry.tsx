import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { COMPARABLE, type WrittenSide, written } from '#server/contract/measures/comparison.ts'
import type { CountedId, MeasureId } from '#server/contract/measures/shape.ts'
import { tokenOf } from '#server/contract/measures/versions.ts'
import styles from './dictionary.module.css'
import { EntryDetails } from './entry-details.tsx'
import { type Value, ValueCell } from './value-cell.tsx'

interface EntryProps {
  measure: MeasureId
  /** Undefined while it is on its way, and of measures of time. */
  value: Value | undefined
  filter: Filter
  open: boolean
  onOpen: (open: boolean) => void
  onCompare: (a: WrittenSide) => void
}

/** One measure: what it means and what it is now; opened, everything else about it. */
export function Entry({ measure, value, filter, open, onOpen, onCompare }: EntryProps) {
  const { t } = useTranslation(['measures', 'shell'])
  const row = useRef<HTMLLIElement>(null)
  const arrived = useRef(open)
  useEffect(() => {
    if (arrived.current) row.current?.scrollIntoView({ block: 'center' })
  }, [])
  const comparable = COMPARABLE.includes(measure as CountedId)
  const id = `measure-${measure}`
  return (
    <li ref={row} className={styles.entry} data-open={open}>
      <div className={styles.meaning}>
        <h3>
          <button
            type="button"
            aria-expanded={open}
            aria-controls={open ? id : undefined}
            onClick={() => onOpen(!open)}
          >
            {t(`measures:${measure}.name`)}
          </button>{' '}
          <code>{tokenOf(measure)}</code>
        </h3>
        <p>{t(`measures:${measure}.definition`)}</p>
      </div>
      <ValueCell measure={measure} value={value} filter={filter} />
      {open ? (
        <EntryDetails id={id} measure={measure} filter={filter}>
          {comparable ? (
            <button
              type="button"
              className={styles.compareWith}
              onClick={() => {
                onCompare(written({ measure: measure as CountedId, part: 'rows', filter }))
                document.getElementById('compare')?.scrollIntoView({ block: 'start' })
              }}
            >
              {t('shell:measure.compareWith')}
            </button>
          ) : null}
        </EntryDetails>
      ) : null}
    </li>
  )
}
