import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import styles from '#web/ui/definitions.module.css'
import { Icon } from '#web/ui/icon.tsx'
import type { State } from './answers.ts'

const MEASURES = ['open', 'overdue', 'confirmed', 'reopened'] as const

/** How each number of this page is counted. */
export function Definitions({ state, onClose }: { state: State; onClose: () => void }) {
  const { t } = useTranslation('definitions')
  const { t: overview } = useTranslation('overview')
  const { t: measure } = useTranslation('measures')
  const { t: shell } = useTranslation('shell')
  const format = useFormat()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  const rows: [name: string, meaning: string][] = [
    ...MEASURES.map((id): [string, string] => [measure(`${id}.name`), measure(`${id}.definition`)]),
    [overview('emergencies'), overview('emergenciesDefinition')],
    [t('usual'), t('usualText', { n: format.number(state.weeks) })],
    [t('forecast'), t('forecastText')],
    [t('cohorts'), t('cohortsText')],
  ]
  return (
    <dialog ref={dialog} className={styles.dialog} onClose={onClose} aria-labelledby="definitions">
      <header>
        <h2 id="definitions">{t('title')}</h2>
        <button type="button" onClick={() => dialog.current?.close()} aria-label={shell('close')}>
          <Icon name="close" />
        </button>
      </header>
      <dl>
        {rows.map(([name, meaning]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </dialog>
  )
}
