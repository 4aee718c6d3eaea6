import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import text from '#web/ui/text.module.css'
import type { Card } from './card.ts'
import { DotsChart } from './dots-chart.tsx'
import { likenessWords } from './likeness.ts'

/** How often requests come from this building, and from those like it. */
export function IntensityPanel({ card }: { card: Card }) {
  const { t } = useTranslation(['buildings', 'shell'])
  const format = useFormat()
  const [asTable, setAsTable] = useState(false)
  const { intensity, likeness, buildings, alike } = card.similar
  if (!intensity || intensity.median === null)
    return (
      <Panel title={t('intensity.title')}>
        <p className={text.quiet}>
          {intensity
            ? t('intensity.few', { n: format.number(buildings) })
            : t('intensity.noApartments')}
        </p>
      </Panel>
    )
  const higher = intensity.higher
  return (
    <Panel
      title={t('intensity.title')}
      finding={
        <span className={text.quiet}>
          {t('intensity.note')};{' '}
          {alike > buildings
            ? t('intensity.nearest', {
                n: format.number(buildings),
                alike: format.number(alike),
                likeness: likenessWords(likeness, t),
              })
            : t('intensity.who', {
                count: buildings,
                n: format.number(buildings),
                likeness: likenessWords(likeness, t),
              })}
          ;{' '}
          {higher === 0
            ? t('intensity.highest')
            : t('intensity.higher', { count: higher, n: format.number(higher) })}
        </span>
      }
      actions={
        <button
          type="button"
          className={text.link}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
        >
          {t(asTable ? 'shell:asChart' : 'shell:asTable')}
        </button>
      }
    >
      <DotsChart intensity={intensity} asTable={asTable} />
    </Panel>
  )
}
