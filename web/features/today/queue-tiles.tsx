import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Skeleton } from '#web/ui/states.tsx'
import styles from '#web/ui/tile.module.css'
import { Tile, TileGroup } from '#web/ui/tile.tsx'
import { useQueueWords } from './phrases.ts'
import type { Scope } from './scope.ts'
import type { AheadState } from './use-ahead.ts'

interface QueueTilesProps {
  ahead: AheadState
  scope: Scope
}

/** What is open, and whether more is closed than comes. */
export function QueueTiles({ ahead: { data, why, open }, scope }: QueueTilesProps) {
  const { t } = useTranslation('today')
  const format = useFormat()
  const words = useQueueWords('short')
  const standing =
    open === null ? (
      '–'
    ) : (
      <Link to="/requests" search={{ ...scope, is: ['open'] }} className={styles.open}>
        {format.number(open)}
      </Link>
    )
  if (!data)
    return why ? (
      <TileGroup>
        <Tile measure="open" label={t('tiles.open')} figure={standing}>
          <p className={styles.why}>{why}</p>
        </Tile>
      </TileGroup>
    ) : (
      <Skeleton height="100%" />
    )
  const { queue } = data
  const work = queue.closings.value > 0 ? queue.open / queue.closings.value : null
  return (
    <TileGroup>
      <Tile measure="open" label={t('tiles.open')} figure={standing}>
        {work === null ? null : (
          <p className={styles.plain}>{t('tiles.work', { n: format.number(work, 1) })}</p>
        )}
        <p className={styles.soft}>{words(queue)}</p>
      </Tile>
      <Tile
        label={t('tiles.net')}
        figure={format.signed(Math.round(queue.net.value))}
        unit={`\u00a0${t('tiles.netUnit')}`}
      >
        <p className={styles.plain}>
          {t('tiles.of80', {
            range: `${format.signed(Math.round(queue.net.lower))}…${format.signed(Math.round(queue.net.upper))}`,
          })}
        </p>
        <p className={styles.soft}>
          {t('tiles.pace', {
            closes: format.number(queue.closings.value),
            comes: format.number(queue.inflow.value),
          })}
        </p>
      </Tile>
    </TileGroup>
  )
}
