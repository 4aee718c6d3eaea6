import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { REQUEST_SORTS } from '#server/contract/requests.ts'
import { FAULT_MARKS, inLanguage, type Words } from '#server/contract/vocabulary.ts'
import type { Answer } from '#web/api.ts'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { Column } from '#web/table/column.ts'
import { Due } from '#web/ui/due.tsx'
import styles from './requests.module.css'

export type Line = Answer['requests']['page']['rows'][number]

export const isFaulty = (line: Pick<Line, 'marks'>) =>
  line.marks.some((mark) => FAULT_MARKS.includes(mark))

/** The due cell of a line, at the server's time or as it stood at an earlier instant. */
export function LineDue({ line, at = null }: { line: Line; at?: number | null }) {
  const today = useNow(60_000)
  const now = at ?? today
  return (
    <Due
      dueAt={line.dueAt}
      closedAt={line.closedAt}
      now={now}
      emergency={line.priority === 'emergency'}
      faulty={isFaulty(line)}
    />
  )
}

/** Said beside its number: a test, or a message that is no appeal. */
export function LineMark({ line }: { line: Line }) {
  const { t } = useTranslation('incident')
  if (!line.test && !line.message) return null
  return <span className={styles.mark}>{t(line.test ? 'testMark' : 'messageMark')}</span>
}

/** Where it happened, linked to the building when it is known. */
export function LinePlace({ line }: { line: Line }) {
  const { t } = useTranslation('requests')
  const { language } = useFormat()
  if (line.building)
    return (
      <Link
        to="/buildings/$building"
        params={{ building: line.building.id }}
        className={styles.quietLink}
      >
        {inLanguage(line.building.address, language)}
      </Link>
    )
  return <span className={styles.quiet}>{line.place ?? t('noPlace')}</span>
}

export function useColumns(): Column<Line>[] {
  const { t } = useTranslation('words')
  const format = useFormat()
  const now = useNow(60_000)
  return useMemo(() => {
    const { language } = format
    const named = (name: Words | null) => (name ? inLanguage(name, language) : '')
    /** A day of another year has no time in `when`, and a table by time needs it. */
    const when = (instant: number | null) => {
      if (instant === null) return ''
      const said = format.when(instant, now)
      return said.includes(':') ? said : format.dateTime(instant)
    }
    const titled = (column: Omit<Column<Line>, 'title'> & { id: ColumnId }): Column<Line> => ({
      ...column,
      title: t(`column.${column.id}`),
      ...(SORTED.has(column.id) && { order: NEWEST.has(column.id) ? 'descending' : 'ascending' }),
    })
    return [
      titled({
        id: 'number',
        width: 100,
        fixed: true,
        cell: (line) => (
          <Link to="/requests/$request" params={{ request: line.number }} className={styles.number}>
            {line.number}
            <LineMark line={line} />
          </Link>
        ),
      }),
      titled({ id: 'registeredAt', width: 144, cell: (line) => when(line.registeredAt) }),
      titled({
        id: 'category',
        width: 130,
        grow: 1.3,
        cell: (line) => <strong className={styles.category}>{named(line.category)}</strong>,
      }),
      titled({ id: 'address', width: 138, grow: 1.2, cell: (line) => <LinePlace line={line} /> }),
      titled({
        id: 'responsibleNow',
        width: 132,
        grow: 1.2,
        cell: (line) =>
          line.responsible ? (
            <Link
              to="/organizations/$organization"
              params={{ organization: line.responsible.id }}
              className={styles.quietLink}
            >
              {line.responsible.name}
            </Link>
          ) : (
            <span className={styles.quiet}>{t('nobody')}</span>
          ),
      }),
      titled({
        id: 'state',
        width: 124,
        grow: 1.2,
        cell: (line) => t(`state.${line.state}`),
      }),
      titled({ id: 'dueAt', width: 128, cell: (line) => when(line.dueAt) }),
      titled({
        id: 'remaining',
        width: 152,
        align: 'end',
        cell: (line) => <LineDue line={line} />,
      }),
      titled({
        id: 'priority',
        width: 96,
        optional: true,
        cell: (line) => t(`priority.${line.priority}`),
      }),
      titled({ id: 'district', width: 120, optional: true, cell: (line) => named(line.district) }),
      titled({
        id: 'channel',
        width: 130,
        optional: true,
        cell: (line) => t(`channel.${line.channel}`),
      }),
      titled({ id: 'kind', width: 110, optional: true, cell: (line) => t(`kind.${line.kind}`) }),
      titled({ id: 'closedAt', width: 146, optional: true, cell: (line) => when(line.closedAt) }),
      titled({
        id: 'organization',
        width: 160,
        grow: 1,
        optional: true,
        cell: (line) => line.organization?.name ?? '',
      }),
      titled({
        id: 'reopenings',
        width: 110,
        align: 'end',
        optional: true,
        cell: (line) => format.number(line.reopenings),
      }),
      titled({
        id: 'transfers',
        width: 90,
        align: 'end',
        optional: true,
        cell: (line) => format.number(line.transfers),
      }),
      titled({
        id: 'marks',
        width: 200,
        optional: true,
        cell: (line) => line.marks.map((mark) => t(`mark.${mark}`)).join('; '),
      }),
    ]
  }, [t, format, now])
}

const SORTED: ReadonlySet<string> = new Set(REQUEST_SORTS)
/** Their first click shows the newest or the most. */
const NEWEST: ReadonlySet<string> = new Set(['registeredAt', 'closedAt', 'reopenings', 'priority'])
type ColumnId =
  | (typeof REQUEST_SORTS)[number]
  | 'number'
  | 'kind'
  | 'organization'
  | 'transfers'
  | 'marks'
