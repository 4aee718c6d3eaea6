import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { stripDomain } from '#web/lib/scale.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { StatusShape } from '#web/ui/status-shape.tsx'
import { RangeStrip } from '#web/ui/strip.tsx'
import styles from '#web/ui/tile.module.css'
import { Tile, TileGroup } from '#web/ui/tile.tsx'
import type { State } from './answers.ts'
import { useNoComparison } from './use-no-comparison.ts'

interface StandingTilesProps {
  state: State
  district: string[]
}

export function StandingTiles({ state, district }: StandingTilesProps) {
  const { t } = useTranslation('overview')
  const { t: measure } = useTranslation('measures')
  const format = useFormat()
  const { open, overdue, emergency } = state
  const noComparison = useNoComparison(state)
  const strip = ({ value, usual }: { value: number; usual: [number, number] | null }) =>
    usual ? (
      <RangeStrip value={value} usual={usual} domain={stripDomain(value, usual)} />
    ) : undefined
  const usually = (usual: [number, number] | null) => (
    <p className={usual ? styles.soft : styles.why}>
      {usual ? t('usually', { range: format.shortRange(usual[0], usual[1]) }) : noComparison}
    </p>
  )
  return (
    <TileGroup>
      <Tile
        measure="open"
        label={measure('open.name')}
        definition={measure('open.definition')}
        figure={
          <Link to="/requests" search={{ district, is: ['open'] }} className={styles.open}>
            {format.number(open.value)}
          </Link>
        }
        long={open.value >= 100_000}
        strip={strip(open)}
      >
        {usually(open.usual)}
        <p className={styles.plain}>
          {open.sinceMidnight === 0
            ? t('sinceMidnightSame')
            : t('sinceMidnight', { change: format.signed(open.sinceMidnight) })}
        </p>
      </Tile>
      <Tile
        measure="overdue"
        label={measure('overdue.name')}
        definition={measure('overdue.definition')}
        figure={
          overdue ? (
            <Link to="/requests" search={{ district, is: ['overdue'] }} className={styles.open}>
              {format.number(overdue.value)}
            </Link>
          ) : (
            '–'
          )
        }
        long={overdue !== null && overdue.value >= 100_000}
        strip={overdue ? strip(overdue) : undefined}
      >
        {overdue ? (
          <>
            {usually(overdue.usual)}
            <p className={styles.plain}>
              {open.value > 0
                ? t('shareOf', {
                    share: format.percent(overdue.value / open.value, 1),
                    n: format.number(open.value),
                  })
                : null}
            </p>
          </>
        ) : (
          <p className={styles.why}>{t('noDue')}</p>
        )}
      </Tile>
      <Tile
        measure="emergencyOpen"
        label={t('emergencies')}
        definition={t('emergenciesDefinition')}
        figure={
          emergency.known ? (
            <Link
              to="/requests"
              search={{ district, priority: ['emergency'], is: ['open'] }}
              className={styles.open}
            >
              {format.number(emergency.value)}
            </Link>
          ) : (
            '–'
          )
        }
        strip={emergency.known ? strip(emergency) : undefined}
      >
        {emergency.known ? (
          usually(emergency.usual)
        ) : (
          <p className={styles.why}>{t('noPriority')}</p>
        )}
        {emergency.overdue > 0 ? (
          <Link
            to="/requests"
            search={{ district, priority: ['emergency'], is: ['overdue'] }}
            className={styles.danger}
          >
            <StatusShape kind="danger" />
            {t('pastLimit', { n: format.number(emergency.overdue) })}
          </Link>
        ) : emergency.known && emergency.value > 0 ? (
          <p className={styles.plain}>{t('withinLimit')}</p>
        ) : null}
      </Tile>
    </TileGroup>
  )
}
