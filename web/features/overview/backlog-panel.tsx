import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import { useSize } from '#web/ui/use-size.ts'
import type { State } from './answers.ts'
import styles from './backlog-panel.module.css'
import { backlogView, LABELS_WIDTH } from './backlog-view.ts'

const AGES = ['h4', 'h24', 'd3', 'd7', 'd14', 'd30', 'more'] as const

/** One bar by age, the overdue part at the right of each piece, and the same as a table below, joined by lines. */
export function BacklogPanel({ state, district }: { state: State; district: string[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const { open, overdue, ages } = state
  return (
    <Panel
      title={t('backlog.title')}
      note={
        overdue ? (
          <>
            {t('backlog.note', { n: format.number(open.value) })}{' '}
            <Link
              to="/requests"
              search={{ district, is: ['overdue'] }}
              className={overdue.value > 0 ? styles.overdueNote : undefined}
            >
              {format.number(overdue.value)}
            </Link>
          </>
        ) : (
          format.number(open.value)
        )
      }
    >
      {open.value === 0 ? <EmptyState what={t('backlog.empty')} /> : <Backlog ages={ages} />}
    </Panel>
  )
}

function Backlog({ ages }: { ages: State['ages'] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const [ref, { width }] = useSize<HTMLDivElement>()
  const { pieces, columns } = backlogView(ages, width)
  return (
    <div className={styles.backlog} ref={ref}>
      <svg className={styles.bar} width={width} height={30} aria-hidden="true">
        {pieces.map(({ x, width: piece, overdue }, age) => (
          <g key={AGES[age]}>
            <rect className={styles[`age${age}`]} x={x} width={piece} y="0.5" height="20" />
            <rect
              className={styles.overdue}
              x={x + piece - overdue}
              width={overdue}
              y="0.5"
              height="20"
            />
          </g>
        ))}
        {pieces.map(({ x, width: piece }, age) =>
          piece > 0 ? (
            <path
              key={AGES[age]}
              className={styles.leader}
              d={`M${x + piece / 2} 22.5v2L${columns[age] ?? 0} 28.5`}
            />
          ) : null,
        )}
      </svg>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="row" style={{ width: LABELS_WIDTH }}>
              {t('backlog.age')}
            </th>
            {AGES.map((age) => (
              <th key={age} scope="col">
                {t(width > 0 && width < 400 ? `backlog.short.${age}` : `backlog.ages.${age}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr className={styles.openRow}>
            <th scope="row">{t('backlog.open')}</th>
            {ages.map(({ open }, age) => (
              <td key={AGES[age]}>{format.number(open)}</td>
            ))}
          </tr>
          <tr className={styles.overdueRow}>
            <th scope="row">{t('backlog.overdue')}</th>
            {ages.map(({ overdue }, age) => (
              <td key={AGES[age]} data-none={overdue === 0 || undefined}>
                {format.number(overdue)}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  )
}
