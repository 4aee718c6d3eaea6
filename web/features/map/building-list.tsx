import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  memo,
  useDeferredValue,
  useEffect,
  useEffectEvent,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { CLASSES, type Scale } from '#web/map/layers.ts'
import { EmptyState } from '#web/ui/states.tsx'
import styles from './building-list.module.css'
import type { MapRow } from './map-row.ts'
import type { Place } from './places.ts'
import type { MapRows } from './rows.ts'

interface BuildingListProps {
  rows: MapRows
  selected: string | null
  onSelect: (id: string) => void
}

const ROW = 44
const PAGE = 10

/** The map as a list: the same buildings, the same order, by keyboard. */
export function BuildingList({ rows, selected, onSelect }: BuildingListProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const id = useId()
  const frame = useRef<HTMLDivElement>(null)
  const [wanted, setWanted] = useState('')
  const words = useDeferredValue(wanted.trim().toLocaleLowerCase('ru'))
  const shown: readonly Place[] = useMemo(
    () =>
      words
        ? rows.places.filter(({ address }) => address.toLocaleLowerCase('ru').includes(words))
        : rows.listed,
    [rows, words],
  )
  const at = selected === null ? -1 : shown.findIndex((row) => row.id === selected)
  const list = useVirtualizer({
    count: shown.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    overscan: 12,
  })
  const bringUp = useEffectEvent(() => {
    if (at >= 0) list.scrollToIndex(at, { align: 'auto' })
  })
  const ready = shown.length > 0
  // Only a new choice scrolls: rows that change places under live numbers must not pull the list from under the reader.
  useEffect(() => {
    if (selected !== null && ready) bringUp()
  }, [selected, ready])

  const go = (to: number) => {
    const row = shown[Math.max(0, Math.min(shown.length - 1, to))]
    if (row) onSelect(row.id)
  }
  const keys = (event: KeyboardEvent) => {
    const to = target(event.key, at, shown.length - 1)
    if (to === null) return
    event.preventDefault()
    go(to)
  }

  return (
    <section className={styles.list} aria-labelledby={`${id}title`}>
      <header className={styles.head}>
        <h2 id={`${id}title`}>
          {t('list.title')} <span>{number(shown.length)}</span>
        </h2>
        <input
          type="search"
          className={styles.find}
          value={wanted}
          placeholder={t('list.find')}
          aria-label={t('list.find')}
          onChange={(event) => setWanted(event.target.value)}
        />
      </header>
      {shown.length === 0 ? (
        <div className={styles.empty}>
          <EmptyState
            what={
              words
                ? t('list.notFound')
                : t(`list.nothing.${rows.scale === 'rateDifference' ? 'difference' : rows.scale}`)
            }
            todo={words ? t('list.notFoundTodo') : t('list.nothingTodo')}
          />
        </div>
      ) : (
        <div
          ref={frame}
          className={styles.rows}
          role="listbox"
          tabIndex={0}
          aria-labelledby={`${id}title`}
          aria-activedescendant={at >= 0 ? `${id}${shown[at]?.key}` : undefined}
          onKeyDown={keys}
        >
          <div className={styles.all} style={{ height: list.getTotalSize() }}>
            {list.getVirtualItems().map(({ index, start }) => {
              const row = rows.rowOf(shown[index]?.key ?? -1)
              if (!row) return null
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the list box takes the keys of its options
                <div
                  key={row.key}
                  id={`${id}${row.key}`}
                  className={styles.row}
                  role="option"
                  tabIndex={-1}
                  aria-selected={row.id === selected}
                  aria-posinset={index + 1}
                  aria-setsize={shown.length}
                  style={{ transform: `translateY(${start}px)` }}
                  onClick={() => onSelect(row.id)}
                >
                  <Cells row={row} scale={rows.scale} />
                </div>
              )
            })}
          </div>
        </div>
      )}
    </section>
  )
}

/** Where a key leads from a place of the list; null = it is not a key of the list. */
function target(key: string, at: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return at + 1
    case 'ArrowUp':
      return at - 1
    case 'PageDown':
      return at + PAGE
    case 'PageUp':
      return at - PAGE
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

interface CellProps {
  row: MapRow
  scale: Scale
}

/** Of a row whose numbers stand, nothing is made anew. */
const Cells = memo(({ row, scale }: CellProps) => (
  <>
    <Swatch row={row} scale={scale} />
    <span className={styles.address}>{row.address}</span>
    <b className={styles.amount}>
      <Amount row={row} scale={scale} />
    </b>
    <span className={styles.note}>
      <Note row={row} scale={scale} />
    </span>
  </>
))

function Swatch({ row, scale }: CellProps) {
  const item = CLASSES[scale][row.position]
  if (!item) return <i />
  return (
    <i
      className={item.ring ? styles.ring : styles.swatch}
      style={{
        background: `var(--${item.colour})`,
        borderColor: `var(--${item.stroke ?? item.colour})`,
      }}
    />
  )
}

function Amount({ row, scale }: CellProps) {
  const { number, signed } = useFormat()
  switch (scale) {
    case 'change':
    case 'deviation':
    case 'silence':
      return row.week ? number(row.week.observed) : ''
    case 'intensity':
      return row.amount < 0 ? '' : number(row.amount, 1)
    case 'difference':
      return signed(row.difference)
    case 'rateDifference':
      return signed(row.difference, 1)
    default:
      return number(row.amount)
  }
}

function Note({ row, scale }: CellProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const { week } = row
  const expected = week ? number(week.expected, week.expected < 10 ? 1 : 0) : ''
  switch (scale) {
    case 'deviation':
      return week
        ? t('list.week', { word: t(`class.${row.deviation}`), expected })
        : t('class.usual')
    case 'change':
      return week
        ? t('list.period', { word: t(`class.${row.deviation}`), expected: number(week.expected) })
        : t(row.comparable ? 'class.usual' : 'class.notCompared')
    case 'silence':
      return week ? t('list.year', { expected }) : t('class.heard')
    case 'difference':
      return t('list.moved', { now: number(row.amount), was: number(row.before ?? 0) })
    case 'rateDifference':
      return t('list.moved', { now: number(row.amount, 1), was: number(row.before ?? 0, 1) })
  }
  const parts = [
    scale === 'open' ? null : t('count.open', { count: row.open, n: number(row.open) }),
    scale === 'overdue' || row.overdue === 0
      ? null
      : t('count.overdue', { count: row.overdue, n: number(row.overdue) }),
    row.emergencyOverdue === 0
      ? null
      : t('count.pastLimit', { count: row.emergencyOverdue, n: number(row.emergencyOverdue) }),
    scale === 'intensity' && row.apartments
      ? t('count.apartments', { count: row.apartments, n: number(row.apartments) })
      : null,
  ]
  const told = parts.filter((part) => part !== null)
  return told.length > 0 ? told.join(', ') : t('list.allInTime')
}
