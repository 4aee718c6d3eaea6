import { Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Evaluated } from '#server/contract/flags.ts'
import type { OrganizationOrder, UnitKind } from '#server/contract/organizations.ts'
import { IntervalAxis, type Scale } from '#web/chart/interval-cell.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { MeasureInfo, shows } from '#web/ui/measure.tsx'
import { type Scales, SECONDS, shareTicks, type TimeUnit, timeTicks, WIDTHS } from './scales.ts'
import styles from './table.module.css'

interface TableHeadProps {
  measure: Evaluated
  whose: UnitKind
  scales: Scales
  unit: TimeUnit
  slow: TimeUnit
  sort: OrganizationOrder
  onSort: (sort: OrganizationOrder) => void
}

/** Two lines: what a column is, and the axis of its cells. */
export function TableHead({ measure, whose, scales, unit, slow, sort, onSort }: TableHeadProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const sorted = (order: OrganizationOrder) => ({ order, sort, onSort })
  const axis = (scale: Scale, width: number, ticks: { at: number; label: string }[]) => (
    <IntervalAxis scale={scale} width={width} ticks={ticks} />
  )
  const shares = (scale: Scale) =>
    shareTicks(scale).map((at) => ({ at, label: format.number(at * 100) }))
  return (
    <>
      <colgroup>
        <col className={styles.checkColumn} />
        <col />
        <col className={styles.groundColumn} />
        <col className={styles.nColumn} />
        <col className={styles.ratioColumn} />
        <col className={styles.figuresColumn} />
        {(['raw', 'response', 'withinNorm', 'confirmed'] as const).map((column) => (
          <Fragment key={column}>
            <col className={styles.wide} style={{ width: WIDTHS[column] + 6 }} />
            <col className={styles.wide} style={{ width: column === 'raw' ? 54 : 44 }} />
          </Fragment>
        ))}
      </colgroup>
      <thead className={styles.head}>
        <tr>
          <td className={styles.check} />
          <th className={styles.name} aria-sort={ariaSort(sort === 'name')}>
            <Sort {...sorted('name')}>{t(`who.name.${whose}`)}</Sort>
            {whose === 'contractor' ? null : <small>{t('table.kindHouses')}</small>}
          </th>
          <th className={styles.ground}>{t('table.ground')}</th>
          <th className={styles.n} aria-sort={ariaSort(sort === 'n')} {...shows('registered')}>
            <Sort {...sorted('n')}>{t('table.requests')}</Sort>
            <small>{t('table.n')}</small>
          </th>
          <th
            className={styles.ratio}
            colSpan={2}
            aria-sort={ariaSort(sort === 'lower')}
            {...shows(measure)}
          >
            <Sort {...sorted('lower')}>{t(`table.ratio.${measure}`)}</Sort>
            <MeasureInfo measure={measure} />
            {axis(
              scales.ratio,
              WIDTHS.ratio,
              [0, 1, 2, 3]
                .filter((at) => at <= scales.ratio.high)
                .map((at) => ({ at, label: format.number(at) })),
            )}
          </th>
          <th
            className={styles.wide}
            colSpan={2}
            aria-sort={ariaSort(sort === 'raw')}
            {...shows(measure)}
          >
            <Sort {...sorted('raw')}>
              {measure === 'pace' ? t(`resolution.${slow}`) : t('table.raw')}
            </Sort>
            <MeasureInfo measure={measure === 'pace' ? 'resolutionMedian' : measure} />
            {axis(
              scales.raw,
              WIDTHS.raw,
              scales.raw.log
                ? timeTicks(scales.raw).map((at) => ({
                    at,
                    label: format.number(at / SECONDS[slow], at % SECONDS[slow] ? 1 : 0),
                  }))
                : shares(scales.raw),
            )}
          </th>
          <th
            className={styles.wide}
            colSpan={2}
            aria-sort={ariaSort(sort === 'response')}
            {...shows('responseMedian')}
          >
            <Sort {...sorted('response')}>{t(`table.response.${unit}`)}</Sort>
            <MeasureInfo measure="responseMedian" />
            {axis(
              scales.response,
              WIDTHS.response,
              timeTicks(scales.response).map((at) => ({
                at,
                label: format.number(at / SECONDS[unit]),
              })),
            )}
          </th>
          <th
            className={styles.wide}
            colSpan={2}
            aria-sort={ariaSort(sort === 'withinNorm')}
            {...shows('withinNorm')}
          >
            <Sort {...sorted('withinNorm')}>{t('table.withinNorm')}</Sort>
            <MeasureInfo measure="withinNorm" />
            {axis(scales.withinNorm, WIDTHS.withinNorm, shares(scales.withinNorm))}
          </th>
          <th
            className={styles.wide}
            colSpan={2}
            aria-sort={ariaSort(sort === 'confirmed')}
            {...shows('confirmed')}
          >
            <Sort {...sorted('confirmed')}>{t('table.confirmed')}</Sort>
            <MeasureInfo measure="confirmed" />
            {axis(scales.confirmed, WIDTHS.confirmed, shares(scales.confirmed))}
          </th>
        </tr>
      </thead>
    </>
  )
}

const ariaSort = (on: boolean) => (on ? 'descending' : 'none')

interface SortProps {
  order: OrganizationOrder
  sort: OrganizationOrder
  onSort: (sort: OrganizationOrder) => void
  children: ReactNode
}

function Sort({ order, sort, onSort, children }: SortProps) {
  return (
    <button type="button" className={styles.sort} onClick={() => onSort(order)}>
      {children}
      {order === sort ? (
        <svg width="8" height="9" viewBox="0 0 8 9" aria-hidden="true">
          <path d="M4 0V8M1 5 4 8 7 5" fill="none" stroke="currentColor" />
        </svg>
      ) : null}
    </button>
  )
}
