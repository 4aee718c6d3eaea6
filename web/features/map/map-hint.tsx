import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { Scale } from '#web/map/layers.ts'
import type { Pointed } from '#web/map/pointer.ts'
import type { MapRow } from './map-row.ts'

interface MapHintProps {
  what: Pointed
  row: MapRow | undefined
  scale: Scale
  /** There is nothing to count yet. */
  untold: boolean
}

/** What stands under the pointer, in a line or two. */
export function MapHint({ what, row, scale, untold }: MapHintProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  if ('sum' in what) {
    if (untold) return '—'
    const kind = CELLS[scale]
    const n = number(what.sum, kind === 'rate' || kind === 'rateBalance' ? 1 : 0)
    return t(`hint.${kind}`, {
      n: isSigned(kind) && what.sum > 0 ? `+${n}` : n,
      buildings: number(what.buildings),
    })
  }
  if (!row) return null
  return (
    <>
      <b>{row.address}</b>
      <br />
      {untold ? '—' : <Said row={row} scale={scale} />}
    </>
  )
}

type Cell = 'cell' | 'buildings' | 'houses' | 'increase' | 'rate' | 'rateBalance'

/** What a hexagon tells, by what a colour means. */
export const CELLS: Readonly<Record<Scale, Cell>> = {
  open: 'cell',
  overdue: 'cell',
  emergency: 'cell',
  intensity: 'rate',
  change: 'houses',
  deviation: 'houses',
  silence: 'buildings',
  difference: 'increase',
  rateDifference: 'rateBalance',
}
const isSigned = (kind: Cell) => kind === 'houses' || kind === 'increase' || kind === 'rateBalance'
const WORDS_OF_PERIOD = {
  change: 'hint.periods',
  silence: 'hint.year',
  deviation: 'hint.week',
} as const

function Said({ row, scale }: { row: MapRow; scale: Scale }) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const { week, before } = row
  if (week && (scale === 'deviation' || scale === 'change' || scale === 'silence'))
    return t(WORDS_OF_PERIOD[scale], {
      observed: number(week.observed),
      expected: number(week.expected, scale !== 'change' && week.expected < 10 ? 1 : 0),
    })
  if (before !== null) {
    const digits = scale === 'rateDifference' ? 1 : 0
    return t('hint.moved', { now: number(row.amount, digits), was: number(before, digits) })
  }
  return t('hint.counts', {
    open: t('count.open', { count: row.open, n: number(row.open) }),
    overdue: t('count.overdue', { count: row.overdue, n: number(row.overdue) }),
  })
}
