import { Link } from '@tanstack/react-router'
import { memo, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeasureId } from '#server/contract/measures/shape.ts'
import type { OrganizationsSearch } from '#server/contract/organizations.ts'
import { IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import type { Format } from '#web/lib/format.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { LevelMark, levelPoint } from '#web/ui/level.tsx'
import { shows } from '#web/ui/measure.tsx'
import type { CityFigures } from './city-row.tsx'
import type { OrganizationRow } from './rows.ts'
import { inUnit, type Scales, type TimeUnit, WIDTHS } from './scales.ts'
import styles from './table.module.css'
import { UnitLink } from './unit-link.tsx'

interface TableRowProps {
  row: OrganizationRow
  scales: Scales
  unit: TimeUnit
  slow: TimeUnit
  city: CityFigures & { share: number | undefined }
  search: OrganizationsSearch
  chosen: boolean
  onSelect: (id: string) => void
}

export const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, scales, unit: time, slow, city, search, chosen, onSelect } = props
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { unit, shares, response } = row
  const { from, to, district, category, measure } = search
  // In the order of the shrunken estimate the row shows what it is ordered by.
  const shown =
    search.sort === 'shrunken' && unit
      ? unit.shrunken
      : { mean: unit?.ratio ?? 0, lower: unit?.lower ?? 0, upper: unit?.upper ?? 0 }
  const estimate =
    unit &&
    t('shrunkenTitle', {
      value: format.number(unit.shrunken.mean, 2),
      interval: format.range(unit.shrunken.lower, unit.shrunken.upper, 2),
    })
  return (
    <tr className={chosen ? styles.chosen : undefined}>
      <td className={styles.check}>
        <input
          type="checkbox"
          checked={chosen}
          aria-label={t('table.select', { name: row.name })}
          onChange={() => onSelect(row.id)}
        />
      </td>
      <th scope="row" className={styles.name}>
        <UnitLink
          unit={search.unit}
          id={row.id}
          title={row.name}
          search={{
            ...{ from, to, district, category },
            ...(measure !== 'pace' && { measure }),
          }}
        >
          {row.name}
        </UnitLink>{' '}
        {row.buildings > 0 ? <span>{format.number(row.buildings)}</span> : null}
      </th>
      <td className={styles.ground}>
        {unit && unit.level !== 'none' ? (
          unit.level === 'insufficient' || search.unit !== 'organization' ? (
            <LevelMark level={unit.level} />
          ) : (
            <Link to="/flags/$flag" params={{ flag: `${measure}.${row.id}` }}>
              <LevelMark level={unit.level} />
            </Link>
          )
        ) : null}
      </td>
      <td className={styles.n} {...shows('registered')}>
        {unit ? format.number(unit.n) : ''}
      </td>
      {unit ? (
        <>
          <td className={styles.plot} title={estimate ?? undefined} {...shows(measure)}>
            <IntervalCell
              value={shown.mean}
              lower={shown.lower}
              upper={shown.upper}
              scale={scales.ratio}
              width={WIDTHS.ratio}
              city={1}
              shape={levelPoint(unit.level)}
            />
          </td>
          <td className={styles.figures} {...shows(measure)}>
            <b>{format.number(shown.mean, 2)}</b>{' '}
            <span>{ratioRange(format, shown.lower, shown.upper)}</span>
          </td>
        </>
      ) : (
        <td colSpan={2} className={styles.none}>
          {t('table.notCompared')}
        </td>
      )}
      {measure === 'pace' ? (
        <Median
          measure="resolutionMedian"
          of={row.resolution}
          scale={scales.raw}
          width={WIDTHS.raw}
          unit={slow}
          city={city.resolutions?.median?.value ?? undefined}
        />
      ) : (
        <Interval
          measure={measure}
          of={unit?.share && valued(unit.share)}
          scale={scales.raw}
          width={WIDTHS.raw}
          city={city.share}
          none={t('table.noData')}
        >
          {unit?.share ? format.percent(unit.share.share, 1) : null}
        </Interval>
      )}
      <Median
        measure="responseMedian"
        of={response}
        scale={scales.response}
        width={WIDTHS.response}
        unit={time}
        city={city.responses?.median?.value ?? undefined}
      />
      <Interval
        measure="withinNorm"
        of={shares?.withinNorm && valued(shares.withinNorm)}
        scale={scales.withinNorm}
        width={WIDTHS.withinNorm}
        city={city.shares?.withinNorm?.share}
        none={t('table.noData')}
      >
        {shares?.withinNorm ? format.percent(shares.withinNorm.share) : null}
      </Interval>
      <Interval
        measure="confirmed"
        of={shares?.confirmed && valued(shares.confirmed)}
        scale={scales.confirmed}
        width={WIDTHS.confirmed}
        city={city.shares?.confirmed?.share}
        none={t('table.noData')}
      >
        {shares?.confirmed ? format.percent(shares.confirmed.share) : null}
      </Interval>
    </tr>
  )
})

/** An upper end beyond a hundred times says only that little is known. */
const ratioRange = (format: Format, lower: number, upper: number) =>
  upper < 100 ? format.range(lower, upper, 2) : `${format.number(lower, 2)}–…`

interface MedianProps {
  measure: 'responseMedian' | 'resolutionMedian'
  of: OrganizationRow['response']
  scale: Scale
  width: number
  unit: TimeUnit
  city: number | undefined
}

function Median({ measure, of, scale, width, unit, city }: MedianProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const median = of?.median
  return (
    <Interval
      measure={measure}
      of={
        median && median.value !== null
          ? {
              value: median.value,
              lower: median.lower ?? median.value,
              upper: median.upper ?? Number.POSITIVE_INFINITY,
            }
          : null
      }
      scale={scale}
      width={width}
      city={city}
      none={t(`table.${withoutMedian(of)}`)}
    >
      {median && median.value !== null ? inUnit(format, median.value, unit) : null}
    </Interval>
  )
}

/** Why a median is not shown. */
function withoutMedian(response: OrganizationRow['response']) {
  if (!response || response.events === 0) return 'noData' as const
  return response.median ? ('notReached' as const) : ('fewData' as const)
}

const valued = ({ share, lower, upper }: { share: number; lower: number; upper: number }) => ({
  value: share,
  lower,
  upper,
})

interface IntervalProps {
  measure: MeasureId
  of: { value: number; lower: number; upper: number } | null | undefined
  scale: Scale
  width: number
  city: number | undefined
  none: string
  children: ReactNode
}

/** Plot and figure of one of the quiet columns. */
function Interval({ measure, of, scale, width, city, none, children }: IntervalProps) {
  const format = useFormat()
  if (!of)
    return (
      <td colSpan={2} className={`${styles.wide} ${styles.none}`} {...shows(measure)}>
        {none}
      </td>
    )
  const said =
    scale.log === true
      ? `${format.duration(of.lower)} – ${Number.isFinite(of.upper) ? format.duration(of.upper) : '…'}`
      : format.percentRange(of.lower, of.upper, 1)
  return (
    <>
      <td className={`${styles.wide} ${styles.plot}`} title={said} {...shows(measure)}>
        <IntervalCell {...of} scale={scale} width={width} city={city} tone="quiet" />
      </td>
      <td className={`${styles.wide} ${styles.figure}`} {...shows(measure)}>
        {children}
        <span className="visually-hidden"> ({said})</span>
      </td>
    </>
  )
}
