import { useTranslation } from 'react-i18next'
import { useNow } from '#web/clock.ts'
import { useFormat } from '#web/lib/use-format.ts'
import type { OutageRow, OutagesAnswer } from './answers.ts'
import { AXIS, elapsed, outageAxis } from './outage-axis.ts'
import { OutageBar } from './outage-bar.tsx'
import { OutagesSentence } from './outages-sentence.tsx'
import { figureSize, shortened } from './scale.ts'
import styles from './scene-outages.module.css'
import { Shape } from './shapes.tsx'
import { useOutageNames } from './use-outage-names.ts'

/** Where the rows begin, and how high each is: under a sentence, and closer under the banner of old data. */
const PLAN = { top: 218, row: 170 }
const PLAN_PAST = { top: 270, row: 158 }
const ROWS = 4
const LEFT = 64
const TEXT = 542
const TEXT_WIDTH = 560
const { right: RIGHT } = AXIS

interface OutagesSceneProps {
  outages: OutagesAnswer
  past: string | null
}

/** Clocks that run over people who are without something: how long, what, where, until when. */
export function OutagesScene({ outages, past }: OutagesSceneProps) {
  const { t } = useTranslation('wall')
  const now = useNow(1000)
  const { zone } = useFormat()
  const axis = outageAxis(now, zone)
  const x = (instant: number) =>
    AXIS.left + ((instant - axis.from) / (axis.to - axis.from)) * (AXIS.right - AXIS.left)
  const { top, row: high } = past === null ? PLAN : PLAN_PAST
  const bottom = top + ROWS * high
  const here = x(now)
  return (
    <>
      {past === null ? <OutagesSentence outages={outages} /> : null}
      <svg className={styles.plan} viewBox="0 0 1920 1080" aria-hidden="true">
        <text className={styles.head} x={LEFT} y={top - 20}>
          {t('outages.lasts')}
        </text>
        <text className={styles.head} x={TEXT} y={top - 20}>
          {t('outages.what')}
        </text>
        {axis.ticks.map(({ at, hour }, i) => (
          <g key={at}>
            {Math.abs(x(at) - here) < 84 && i > 0 && i < axis.ticks.length - 1 ? null : (
              <text
                className={styles.head}
                x={x(at)}
                y={top - 20}
                textAnchor={i === axis.ticks.length - 1 ? 'end' : 'middle'}
              >
                {hour}
              </text>
            )}
            <path className={styles.grid} d={`M${x(at)} ${top}V${bottom}`} />
          </g>
        ))}
        <text className={styles.now} x={here} y={top - 20} textAnchor="middle">
          {t('outages.now')}
        </text>
        {Array.from({ length: ROWS + 1 }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of the table, in their places
          <path key={i} className={styles.grid} d={`M${LEFT} ${top + i * high}H${RIGHT}`} />
        ))}
        {outages.rows.map((row, i) => (
          <Row
            key={`${row.kind} ${row.since} ${row.houses} ${row.address?.ru ?? ''}`}
            row={row}
            top={top + i * high}
            now={now}
            x={x}
          />
        ))}
        {outages.rows.length === 0 ? (
          <text className={styles.sub} x={LEFT} y={top + 98}>
            {t('outages.empty')}
          </text>
        ) : null}
        <Others outages={outages} y={bottom + 62 - (past === null ? 0 : 8)} />
      </svg>
      <OutagesTable rows={outages.rows} now={now} />
    </>
  )
}

interface RowProps {
  row: OutageRow
  top: number
  now: number
  x: (instant: number) => number
}

function Row({ row, top, now, x }: RowProps) {
  const { title, where } = useOutageNames(row)
  const { clock, seconds } = elapsed(now - row.since)
  const late = row.kind === 'late'
  const size = figureSize(clock, 132, 300)
  const kind = late ? 'danger' : row.kind === 'suspected' ? 'watch' : 'insufficient'
  return (
    <g>
      <text
        className={late ? styles.lateFigure : styles.figure}
        x={LEFT - 4}
        y={top + 131}
        fontSize={size}
        data-key-figure
      >
        {clock}
      </text>
      <text className={styles.seconds} x="384" y={top + 129}>
        {seconds}
      </text>
      {kind === 'insufficient' ? (
        <path className={styles.dash} d={`M468 ${top + 58}h46`} />
      ) : (
        <Shape kind={kind} x={490} y={top + 58} size={48} />
      )}
      <text className={styles.title} x={TEXT} y={top + 73}>
        {shortened(title, 44, TEXT_WIDTH)}
      </text>
      <text className={styles.sub} x={TEXT} y={top + 129}>
        {shortened(where, 38, TEXT_WIDTH)}
      </text>
      <OutageBar row={row} top={top} now={now} x={x} />
    </g>
  )
}

/** What has no row. */
function Others({ outages: { rows, late, inTime }, y }: { outages: OutagesAnswer; y: number }) {
  const { t } = useTranslation('wall')
  const { number } = useFormat()
  const shown = (kind: OutageRow['kind']) => rows.filter((row) => row.kind === kind).length
  const hidden = late - shown('late')
  const rest = hidden + inTime - shown('emergency')
  if (rest <= 0) return null
  return (
    <text className={styles.sub} x={LEFT} y={y}>
      {hidden > 0
        ? t('outages.othersLate', { n: number(rest), late: number(hidden) })
        : t('outages.othersInTime', { n: number(rest) })}
    </text>
  )
}

/** The same for those who hear the wall. */
function OutagesTable({ rows, now }: { rows: readonly OutageRow[]; now: number }) {
  return (
    <ul className="visually-hidden">
      {rows.map((row) => (
        <HeardRow
          key={`${row.kind} ${row.since} ${row.houses} ${row.address?.ru ?? ''}`}
          row={row}
          now={now}
        />
      ))}
    </ul>
  )
}

function HeardRow({ row, now }: { row: OutageRow; now: number }) {
  const { title, where } = useOutageNames(row)
  const { duration } = useFormat()
  return (
    <li>
      {title}, {where}, {duration((now - row.since) / 1000)}
    </li>
  )
}
