import { Link } from '@tanstack/react-router'
import { createContext, use, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '#server/contract/filter.ts'
import { COMPARABLE } from '#server/contract/measures/comparison.ts'
import type { CountedId, MeasureId } from '#server/contract/measures/shape.ts'
import { MEASURE_IDS } from '#server/contract/measures/shape.ts'
import { tokenOf } from '#server/contract/measures/versions.ts'
import { Icon } from './icon.tsx'
import styles from './measure.module.css'

/** Opens the panel of a measure; null where there is none (the wall). */
export const MeasureContext = createContext<((measure: MeasureId) => void) | null>(null)

/** A number, or a part of a page, that shows a measure: `d` over it opens what it means. Spread onto the element. */
export const shows = (measure: MeasureId | undefined) =>
  measure ? { 'data-measure': measure } : {}

/** The measure of the number that has the focus, else of the one under the pointer. */
export function measureInSight(): MeasureId | undefined {
  const within = document.activeElement?.closest<HTMLElement>('[data-measure]')
  const hovered = [...document.querySelectorAll<HTMLElement>('[data-measure]:hover')].at(-1)
  const id = (within ?? hovered)?.dataset.measure
  return MEASURE_IDS.find((known) => known === id)
}

/** The same for those who have no keyboard: a small button beside the number, seen on hover, focus and touch screens. */
export function MeasureInfo({ measure }: { measure: MeasureId }) {
  const { t } = useTranslation(['shell', 'measures'])
  const open = use(MeasureContext)
  if (!open) return null
  return (
    <button
      type="button"
      className={styles.info}
      aria-label={t('shell:measure.about', { name: t(`measures:${measure}.name`) })}
      title={t('shell:measure.about', { name: t(`measures:${measure}.name`) })}
      onClick={() => open(measure)}
    >
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        <circle cx="7" cy="7" r="6.3" fill="none" stroke="currentColor" />
        <path d="M7 6.2V10.4M7 3.6V4.8" fill="none" stroke="currentColor" strokeWidth="1.3" />
      </svg>
    </button>
  )
}

interface MeasurePanelProps {
  measure: MeasureId
  /** What the page of the number is narrowed to. */
  scope: Partial<Filter>
  onClose: () => void
}

/** What a number means, in one version of its definition. */
export function MeasurePanel({ measure, scope, onClose }: MeasurePanelProps) {
  const { t } = useTranslation(['shell', 'measures'])
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const close = () => dialog.current?.close()
  const comparable = COMPARABLE.includes(measure as CountedId)
  return (
    <dialog ref={dialog} className={styles.panel} onClose={onClose} aria-labelledby="measure-name">
      <header>
        <h2 id="measure-name">{t(`measures:${measure}.name`)}</h2>
        <code>{tokenOf(measure)}</code>
        <button type="button" onClick={close} aria-label={t('shell:close')}>
          <Icon name="close" />
        </button>
      </header>
      <p>{t(`measures:${measure}.definition`)}</p>
      <MeasureParts measure={measure} />
      <footer>
        <Link to="/metrics-dictionary" search={{ measure }} onClick={close}>
          {t('shell:measure.inDictionary')}
        </Link>
        {comparable ? (
          <Link
            to="/metrics-dictionary"
            search={{ a: { measure: measure as CountedId, filter: scope } }}
            onClick={close}
          >
            {t('shell:measure.compareWith')}
          </Link>
        ) : null}
      </footer>
    </dialog>
  )
}

/** What is counted, of what, and what is left out. */
export function MeasureParts({ measure }: { measure: MeasureId }) {
  const { t } = useTranslation(['shell', 'measures'])
  return (
    <dl className={styles.parts}>
      <dt>{t('shell:measure.numerator')}</dt>
      <dd>{t(`measures:${measure}.numerator`)}</dd>
      <dt>{t('shell:measure.denominator')}</dt>
      <dd>{t(`measures:${measure}.denominator`)}</dd>
      <dt>{t('shell:measure.excluded')}</dt>
      <dd>{t(`measures:${measure}.excluded`)}</dd>
    </dl>
  )
}
