import { useTranslation } from 'react-i18next'
import { dayOfInstant } from '#web/lib/city-time.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { useNarrow } from '#web/table/use-narrow.ts'
import { useHatch } from '#web/ui/hatch.tsx'
import { useSize } from '#web/ui/use-size.ts'
import type { Card } from './card.ts'
import { TenureLane } from './tenure-lane.tsx'
import { WeekBars } from './week-bars.tsx'
import styles from './year-chart.module.css'
import { countAxis, monthMarks, shareOf, stretchesOf } from './year-view.ts'

/** Places of the lanes, px. On a phone the names stand above the lanes. */
const WIDE = { left: 168, right: 116, lane: 4, bars: 76, height: 148, end: 26 }
const NARROW = { left: 26, right: 8, lane: 26, bars: 96, height: 120, end: 22 }
const LANE = 34
/** A closing younger than this may still return. */
const WINDOW_DAYS = 14

interface YearChartProps {
  card: Card
  week: number | undefined
  onPick: (week: number | undefined) => void
}

/** Who managed the building, and its requests by week over what is usual in similar buildings; the table says the same. */
export function YearChart({ card, week, onPick }: YearChartProps) {
  const { t } = useTranslation('buildings')
  const format = useFormat()
  const narrow = useNarrow()
  const hatch = useHatch('var(--volume-3)')
  const [ref, { width }] = useSize<HTMLDivElement>()
  const place = narrow ? NARROW : WIDE
  const { year, similar } = card
  const plot = Math.max(1, width - place.left - place.right)
  const x = (day: number) => place.left + shareOf(day, year.firstWeek) * plot
  const highest = Math.max(
    ...year.weeks.map(({ requests }) => requests),
    ...(year.usual?.high ?? [0]),
  )
  const axis = countAxis(highest)
  const bottom = place.bars + place.height
  const y = (count: number) => bottom - (count / axis.max) * place.height
  const dayOf = (instant: number) => dayOfInstant(instant, format.zone)
  const stretches = stretchesOf(card.tenures, year.firstWeek, card.now, dayOf)
  const months = monthMarks(year.firstWeek)
  const end = x(year.firstWeek + 364)
  const immature = x(year.today - WINDOW_DAYS + 1)
  const ticks = Array.from({ length: axis.max / axis.step + 1 }, (_, index) => index * axis.step)
  const named = months.filter(({ middle }) => middle !== null)
  const peers = similar.buildings
  const band = year.usual
    ? t('year.band', { count: peers, n: format.number(peers) })
    : card.building.apartments
      ? t('year.noBand', { n: format.number(peers) })
      : t('year.noApartments')

  return (
    <div ref={ref} className={styles.chart} style={{ minHeight: bottom + place.end }}>
      {width > 0 ? (
        // biome-ignore lint/a11y/useSemanticElements: a drawing with links is a group, and no field set
        <svg
          width={width}
          height={bottom + place.end}
          role="group"
          aria-label={t('year.chart', {
            n: format.number(year.requests),
            highest: format.number(Math.max(...year.weeks.map(({ requests }) => requests))),
          })}
        >
          <defs>{hatch.pattern}</defs>
          {months.map(({ day }) =>
            day > year.firstWeek ? (
              <path
                key={day}
                className={styles.grid}
                d={`M${crisp(x(day))} ${place.lane}V${bottom}`}
              />
            ) : null,
          )}
          {ticks.map((tick) => (
            <g key={tick}>
              <path className={styles.grid} d={`M${place.left} ${crisp(y(tick))}H${end}`} />
              <text className={styles.tick} x={place.left - 8} y={y(tick) + 4} textAnchor="end">
                {format.number(tick)}
              </text>
            </g>
          ))}
          <text className={styles.lane} x={0} y={narrow ? 14 : place.lane + 22}>
            {t('year.tenures')}
          </text>
          <text className={styles.lane} x={0} y={narrow ? place.bars - 14 : place.bars + 12}>
            {t('year.requests')}
          </text>
          {narrow ? null : (
            <>
              <text className={styles.note} x={0} y={place.bars + 32}>
                {t('year.weeks', { n: format.number(year.requests) })}
              </text>
              <foreignObject x={0} y={place.bars + 44} width={place.left - 44} height={54}>
                <p className={styles.band}>{band}</p>
              </foreignObject>
              <rect className={styles.returned} x={0} y={place.bars + 100} width={11} height={11} />
              <text className={styles.note} x={18} y={place.bars + 110}>
                {t('year.returned')}
              </text>
            </>
          )}
          <rect
            x={immature}
            y={place.bars}
            width={Math.max(0, end - immature)}
            height={place.height}
            fill={hatch.fill}
          />
          <WeekBars
            year={year}
            x={x}
            y={y}
            top={place.bars}
            bottom={bottom}
            hatch={hatch.fill}
            week={week}
            onPick={onPick}
            immatureFrom={year.today - WINDOW_DAYS + 1}
          />
          <path className={styles.base} d={`M${place.left} ${crisp(bottom)}H${end}`} />
          {named.map(({ middle, month, year: of }, index) =>
            narrow && index % 3 !== 1 ? null : (
              <text
                key={middle}
                className={styles.tick}
                x={x(middle ?? 0)}
                y={bottom + 17}
                textAnchor="middle"
              >
                {format.monthShort(month)}
                {month === 1 && !narrow ? ` ${String(of).slice(2)}` : ''}
              </text>
            ),
          )}
          {stretches.length === 0 ? (
            <text className={styles.note} x={place.left} y={place.lane + 22}>
              {t('year.unknownManager')}
            </text>
          ) : null}
          <TenureLane
            stretches={stretches}
            left={place.left}
            plot={plot}
            top={place.lane}
            height={LANE}
            bottom={bottom}
          />
          {narrow ? null : (
            <>
              <text className={styles.aside} x={end + 6} y={place.bars + 10}>
                {t('year.immature')}
              </text>
              <text className={styles.aside} x={end + 6} y={place.bars + 25}>
                {t('year.immatureWindow')}
              </text>
              {year.usual ? (
                <text className={styles.note} x={end + 6} y={y(year.usual.middle.at(-1) ?? 0) + 4}>
                  {t('year.usual')}
                </text>
              ) : null}
            </>
          )}
        </svg>
      ) : null}
      {narrow ? (
        <p className={styles.legend}>
          {band}; <strong>{t('year.returned')}</strong>; {t('year.immature')}{' '}
          {t('year.immatureWindow')}.
        </p>
      ) : null}
    </div>
  )
}

const crisp = (value: number) => Math.round(value) + 0.5
