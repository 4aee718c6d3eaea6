import { Link } from '@tanstack/react-router'
import type { Answer } from '#web/api.ts'
import { SideScroll } from '#web/ui/side-scroll.tsx'
import styles from './dossier.module.css'

export type Dossier = Answer['dossier']['one']['dossier']
type Section = Dossier['sections'][number]
type Block = Section['blocks'][number]
type Drawing = Extract<Block, { kind: 'drawing' }>
type Span = Extract<Block, { kind: 'text' }>['spans'][number]
type Ink = NonNullable<Extract<Drawing['marks'][number], { text: string }>['ink']>

const INKS: Record<Ink, string> = {
  ink: 'var(--ink)',
  ink2: 'var(--ink-2)',
  ink3: 'var(--ink-3)',
  hairline: 'var(--hairline)',
  volume2: 'var(--volume-2)',
  volume3: 'var(--volume-3)',
  volume4: 'var(--volume-4)',
  inspect: 'var(--inspect)',
  watch: 'var(--watch)',
  good: 'var(--good)',
  surface: 'var(--surface)',
}

interface SectionViewProps {
  section: Section
  /** Of its blocks, by number; all of them if not told. */
  only?: (block: Block, index: number) => boolean
  title?: string
  /** The panel or page around it has its title. */
  bare?: boolean
  /** Where there is a screen: what opens the requests of a row. */
  rows?: Dossier['rows'] | undefined
}

/** One section of a dossier, as the document has it. */
export function SectionView({ section, only, title, bare, rows }: SectionViewProps) {
  const blocks = only ? section.blocks.filter(only) : section.blocks
  if (blocks.length === 0) return null
  const id = `dossier-${section.id}`
  return (
    <section
      className={styles.section}
      aria-label={bare ? (title ?? section.title) : undefined}
      aria-labelledby={bare ? undefined : id}
    >
      {bare ? null : <h3 id={id}>{title ?? section.title}</h3>}
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change its order
        <BlockView key={index} block={block} rows={rows} />
      ))}
    </section>
  )
}

function BlockView({ block, rows }: { block: Block; rows: Dossier['rows'] | undefined }) {
  switch (block.kind) {
    case 'text':
      return (
        <p>
          <Spans spans={block.spans} />
        </p>
      )
    case 'note':
      return <p className={styles.note}>{block.text}</p>
    case 'drawing':
      return <DrawingView drawing={block} />
    case 'table':
      return <TableView table={block} rows={rows} />
    case 'numbers':
      return null
  }
}

export const Spans = ({ spans }: { spans: readonly Span[] }) =>
  spans.map((span, index) =>
    typeof span === 'string' ? (
      span
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a document does not change its order
      <strong key={index}>{span.strong}</strong>
    ),
  )

function DrawingView({ drawing }: { drawing: Drawing }) {
  const { width, height, marks, label } = drawing
  return (
    <svg
      className={styles.drawing}
      viewBox={`0 0 ${width} ${height}`}
      style={{ maxWidth: width * 1.35 }}
      role="img"
      aria-label={label}
    >
      {marks.map((mark, index) =>
        'path' in mark ? (
          <path
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture does not change its order
            key={index}
            d={mark.path}
            fill={mark.fill ? INKS[mark.fill] : 'none'}
            fillOpacity={mark.opacity}
            stroke={mark.stroke ? INKS[mark.stroke] : undefined}
            strokeWidth={mark.width}
            strokeDasharray={mark.dash}
          />
        ) : (
          <text
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture does not change its order
            key={index}
            x={mark.x}
            y={mark.y}
            textAnchor={mark.anchor}
            fontSize={mark.size}
            fontWeight={mark.strong ? 600 : undefined}
            fill={INKS[mark.ink ?? 'ink']}
          >
            {mark.text}
          </text>
        ),
      )}
    </svg>
  )
}

interface TableViewProps {
  table: Extract<Block, { kind: 'table' }>
  rows: Dossier['rows'] | undefined
}

/** A checksum has no place to break at. */
const LONG = 48

function TableView({ table, rows }: TableViewProps) {
  const { about } = table
  const first = (text: string, row: number) => {
    const id = about?.ids[row]
    if (!rows || !about || !id) return text
    return (
      <Link to="/requests" search={{ ...rows.events, [about.of]: [id] }} className={styles.number}>
        {text}
      </Link>
    )
  }
  const classOf = (index: number) => {
    const column = table.columns[index]
    return [
      column?.end ? styles.end : '',
      column?.strong ? styles.strong : '',
      column?.quiet ? styles.quiet : '',
    ].join(' ')
  }
  return (
    <SideScroll label={table.caption}>
      <table className={styles.table}>
        <caption className="visually-hidden">{table.caption}</caption>
        {table.head ? (
          <thead>
            <tr>
              {table.columns.map(({ title }, index) => (
                <th key={title} scope="col" className={classOf(index)}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
        ) : null}
        <tbody>
          {table.rows.map((row, place) => (
            <tr key={row.join(' ')}>
              {row.map((text, index) =>
                index === 0 ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: columns stand still
                  <th key={index} scope="row">
                    {first(text, place)}
                  </th>
                ) : (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: columns stand still
                    key={index}
                    className={`${classOf(index)} ${text.length > LONG ? styles.long : ''}`}
                  >
                    {text}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  )
}
