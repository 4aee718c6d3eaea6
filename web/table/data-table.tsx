import {
  columnVisibilityFeature,
  createColumnHelper,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from '@tanstack/react-table'
import { type CSSProperties, type ReactNode, useEffect, useId, useMemo, useRef } from 'react'
import { type Column, type Order, type RowSource, shownColumns, tracksOf } from './column.ts'
import styles from './grid.module.css'
import { GridHeadCell } from './grid-head-cell.tsx'
import { GridCell, GridRow, SkeletonCells } from './grid-parts.tsx'
import { useGridKeys } from './use-grid-keys.ts'
import { useNarrow } from './use-narrow.ts'
import { useRowsInSight } from './use-rows-in-sight.ts'

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature })
const HEAD = 34
const HEAD_WITH_NOTES = 46

export interface DataTableProps<Row> {
  /** What the table lists; read out. */
  label: string
  columns: readonly Column<Row>[]
  /** Columns chosen by the reader; without it those that are not optional. */
  chosen?: readonly string[] | undefined
  source: RowSource<Row>
  rowId: (row: Row) => string
  /** Another filter or order is another list, which begins at its top. */
  listId?: string
  order?: Order | undefined
  onOrder?: ((order: Order) => void) | undefined
  /** Enter or a click on the row. */
  onOpen?: ((row: Row) => void) | undefined
  rowHeight?: number
  /** A row on a narrow screen; without it the table scrolls sideways. */
  card?: (row: Row) => ReactNode
  cardHeight?: number
  /** Rows to draw as skeletons while the total is not known. */
  expected?: number
}

/** A table as high as its parent: ordered and paged by whoever gives the rows, any number of them, by keyboard and by ear. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, source, rowId, order, onOrder, onOpen, card, listId } = props
  const narrow = useNarrow() && card !== undefined
  const total = source.total ?? props.expected ?? 12
  const headHeight = columns.some((column) => column.note !== undefined) ? HEAD_WITH_NOTES : HEAD
  const rowHeight = narrow ? (props.cardHeight ?? 76) : (props.rowHeight ?? 34)
  const scroller = useRef<HTMLDivElement>(null)
  const sight = useRowsInSight({
    total,
    rowHeight,
    headHeight: narrow ? 0 : headHeight,
    scroller,
  })
  const [first, last] = [sight.rows[0]?.index ?? 0, sight.rows.at(-1)?.index ?? 0]
  const { onWindow } = source
  useEffect(() => onWindow?.(first, last), [onWindow, first, last])

  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const sortable = onOrder !== undefined
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, { row: Row }>()
    return columns.map((column) =>
      // Only a column with a value can be ordered by.
      helper.accessor(({ row }): unknown => row, {
        id: column.id,
        header: column.title,
        enableSorting: sortable && column.order !== undefined,
        sortDescFirst: column.order === 'descending',
        cell: ({ row }) => column.cell(row.original.row),
      }),
    )
  }, [columns, sortable])
  const sorting: SortingState = order ? [{ id: order.id, desc: order.descending }] : []
  const table = useTable({
    features,
    columns: definitions,
    data: sight.rows.flatMap(({ index }) => {
      const row = source.at(index)
      return row === undefined ? [] : [{ row }]
    }),
    getRowId: ({ row }) => rowId(row),
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting, columnVisibility: shownColumns(columns, props.chosen) },
    onSortingChange: (change) => {
      const [next] = typeof change === 'function' ? change(sorting) : change
      if (next) onOrder?.({ id: next.id, descending: next.desc })
    },
  })
  const shown = table.getVisibleLeafColumns().flatMap(({ id }) => byId.get(id) ?? [])
  const models = new Map(table.getRowModel().rows.map((row) => [row.id, row]))
  const { tracks, width } = tracksOf(shown)

  const { active, setActive, onKeyDown } = useGridKeys({
    total: source.total,
    first,
    visible: sight.visible,
    reveal: sight.reveal,
    open: (index) => {
      const row = source.at(index)
      if (row !== undefined) onOpen?.(row)
    },
  })
  const { toTop } = sight
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list begins at its top
  useEffect(() => {
    setActive(null)
    toTop()
  }, [listId])

  const id = useId()
  const activeInSight = active !== null && active >= first && active <= last
  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed one by one
    <div
      className={styles.grid}
      data-narrow={narrow || undefined}
      ref={scroller}
      role="grid"
      aria-label={props.label}
      aria-rowcount={source.total === undefined ? -1 : source.total + 1}
      aria-colcount={narrow ? 1 : shown.length}
      aria-busy={source.total === undefined}
      aria-activedescendant={activeInSight ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={
        { '--tracks': tracks, '--width': `${width}px`, '--row': `${rowHeight}px` } as CSSProperties
      }
    >
      {table.getHeaderGroups().map((group) => (
        <GridRow key={group.id} position={1} className={styles.head} style={{ height: headHeight }}>
          {group.headers.map((header) => {
            const column = byId.get(header.column.id)
            if (!column) return null
            const sort = header.column.getCanSort()
              ? () => header.column.toggleSorting()
              : undefined
            return (
              <GridHeadCell
                key={header.id}
                column={column}
                sorted={header.column.getIsSorted()}
                onSort={sort}
              />
            )
          })}
        </GridRow>
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed one by one */}
      <div role="rowgroup" className={styles.body} style={{ height: sight.height }}>
        {sight.rows.map(({ index, top }) => {
          const row = source.at(index)
          const model = row === undefined ? undefined : models.get(rowId(row))
          return (
            <GridRow
              key={index}
              id={`${id}-${index}`}
              position={index + 2}
              className={styles.row}
              data-active={index === active || undefined}
              data-opens={(onOpen && row !== undefined) || undefined}
              style={{ transform: `translateY(${top}px)` }}
              onClick={(event) => {
                if (row === undefined || isControl(event.target)) return
                setActive(index)
                onOpen?.(row)
              }}
            >
              {row === undefined || model === undefined ? (
                <SkeletonCells columns={narrow ? 1 : shown.length} />
              ) : narrow ? (
                <GridCell className={styles.card}>{card?.(row)}</GridCell>
              ) : (
                model.getVisibleCells().map((cell) => (
                  <GridCell key={cell.id} align={byId.get(cell.column.id)?.align}>
                    <table.FlexRender cell={cell} />
                  </GridCell>
                ))
              )}
            </GridRow>
          )
        })}
      </div>
    </div>
  )
}

/** A click on a link, on a box to tick, or at the end of marking a text is not a click on the row. */
const isControl = (target: EventTarget) =>
  (target instanceof Element && target.closest('a, button, input, label') !== null) ||
  getSelection()?.type === 'Range'
