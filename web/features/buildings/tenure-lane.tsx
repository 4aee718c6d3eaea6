import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import type { Card } from './card.ts'
import styles from './year-chart.module.css'
import type { Stretch } from './year-view.ts'

interface TenureLaneProps {
  stretches: readonly Stretch<Card['tenures'][number]>[]
  left: number
  plot: number
  top: number
  height: number
  /** The line of a change goes through all lanes down to here. */
  bottom: number
}

const TIP = 6
/** Narrower than this a name cannot be read. */
const NAMED = 56
/** About this many px a letter. */
const LETTER = 7.2
/** A date cut in its middle would read as another one: it is said whole or not at all. */
const SMALL_LETTER = 6.2

/** Who managed it: an arrow at an end means that it went on beyond, one line through all lanes is the change. */
export function TenureLane({ stretches, left, plot, top, height, bottom }: TenureLaneProps) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  return stretches.map(({ tenure, from, to, earlier, goesOn }, index) => {
    const [start, end] = [left + from * plot, left + to * plot]
    const middle = top + height / 2
    const { organization } = tenure
    const outline = [
      `M${start} ${top}H${end}`,
      goesOn ? `L${end + TIP} ${middle}` : '',
      `L${end} ${top + height}H${start}`,
      earlier ? `L${start - TIP} ${middle}` : '',
      'Z',
    ].join('')
    const room = end - start - 16
    const name = shortened(organization?.name ?? t('year.nobody'), room)
    const begun = t('year.since', { date: format.date(tenure.start) })
    const since = [
      begun,
      ...(tenure.contract ? [t('year.contract', { contract: tenure.contract })] : []),
    ].join(', ')
    const said = [since, begun].find((text) => text.length * SMALL_LETTER <= room)
    const drawn = (
      <g
        className={styles.tenure}
        data-now={goesOn || undefined}
        data-nobody={!organization || undefined}
      >
        <title>{`${organization?.name ?? t('year.nobody')}, ${since}`}</title>
        <path d={outline} />
        {end - start >= NAMED ? (
          <>
            <text className={styles.tenureName} x={start + 8} y={top + 14}>
              {name}
            </text>
            <text className={styles.tenureSince} x={start + 8} y={top + 28}>
              {said}
            </text>
          </>
        ) : null}
      </g>
    )
    return (
      <g key={tenure.start}>
        {organization ? (
          <Link to="/organizations/$organization" params={{ organization: organization.id }}>
            {drawn}
          </Link>
        ) : (
          drawn
        )}
        {index > 0 && !earlier ? (
          <path className={styles.change} d={`M${Math.round(start) + 0.5} ${top}V${bottom}`} />
        ) : null}
      </g>
    )
  })
}

const shortened = (text: string, room: number) => {
  const letters = Math.floor(room / LETTER)
  return text.length <= letters ? text : `${text.slice(0, Math.max(1, letters - 1))}…`
}
