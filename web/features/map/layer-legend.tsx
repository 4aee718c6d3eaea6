import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Answer } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Area } from '#web/map/areas.ts'
import { StatusShape } from '#web/ui/status-shape.tsx'
import styles from './layer-legend.module.css'

/** Outlines of the map, by their words. */
export const AREA_KINDS = ['suspectedArea', 'announcedArea'] as const
type AreaKind = (typeof AREA_KINDS)[number]
export const isDrawn = (areas: readonly Area[], kind: AreaKind) =>
  areas.some(({ suspected }) => suspected === (kind === 'suspectedArea'))

interface LayerLegendProps {
  areas: readonly Area[]
  flagged: Answer['map']['flags'] | undefined
  silent: Answer['map']['silence'] | undefined
  territory: Answer['map']['territory'] | undefined
}

/** What the shapes and edges of the layers mean, with how many there are. */
export function LayerLegend({ areas, flagged, silent, territory }: LayerLegendProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  if (areas.length === 0 && !flagged && !silent && !territory) return null
  return (
    <ul className={styles.layers}>
      {AREA_KINDS.map((kind) =>
        isDrawn(areas, kind) ? (
          <li key={kind}>
            <i className={styles[kind]} />
            {t(`layers.${kind}`)}
          </li>
        ) : null,
      )}
      {flagged
        ? (['inspect', 'watch'] as const).map((level) => {
            const count = flagged.houses.filter((house) => house.level === level).length
            return count === 0 ? null : (
              <li key={level}>
                <StatusShape kind={level} size={12} />
                <b>{number(count)}</b>
                {t(`layers.${level}`)}
              </li>
            )
          })
        : null}
      {flagged ? (
        <li>
          <Link to="/flags">
            {t('layers.flagged', {
              count: flagged.organizations.length,
              n: number(flagged.organizations.length),
            })}
          </Link>
        </li>
      ) : null}
      {silent ? (
        <li>
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <circle cx="7" cy="7" r="5" fill="none" stroke="currentColor" strokeWidth="1.5" />
            <path d="M4 10 10 4" stroke="currentColor" strokeWidth="1.5" />
          </svg>
          {t('layers.silent', { count: silent.silent.length, n: number(silent.silent.length) })}
        </li>
      ) : null}
      {territory ? (
        <li>
          <i className={styles.edge} />
          <Link to="/organizations/$organization" params={{ organization: territory.id }}>
            {t('layers.held', { name: territory.name, n: number(territory.houses.length) })}
          </Link>
        </li>
      ) : null}
    </ul>
  )
}
