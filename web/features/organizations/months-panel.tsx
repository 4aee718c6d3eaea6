import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { JUDGED } from '#server/contract/measures/shape.ts'
import { type Answer, api } from '#web/api.ts'
import { Chart } from '#web/chart/chart.tsx'
import { writeAddress } from '#web/lib/address.ts'
import type { Format } from '#web/lib/format.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { ExportLinks } from '#web/table/export-links.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { usePalette } from '#web/ui/provider.tsx'
import { AsTable, EmptyState, Skeleton } from '#web/ui/states.tsx'
import { JUDGED_ONCE } from './freshness.ts'
import { isOutside, MONTHS_HEIGHT, type Month, monthsOption } from './months-option.ts'
import type { One } from './one.ts'
import styles from './organization.module.css'
import table from './organizations.module.css'
import { WeeklyDisclosure } from './weekly-disclosure.tsx'

/** Month by month, with the limits of chance around what was expected; months not mature are hatched. */
export function MonthsPanel({ one }: { one: One }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const palette = usePalette()
  const { from, to, district, category } = one.filter
  const [asTable, setAsTable] = useState(false)
  const answer = useQuery(api.organizations.months.queryOptions(one, JUDGED_ONCE))
  const months = answer.data
  const immature = months?.reopened.filter((month) => !month.mature) ?? []
  const why =
    immature.length === 0
      ? ''
      : immature.length === 1
        ? t('months.immature', {
            month: monthAlone(format, immature[0]?.month ?? '').replace(/\s\d+$/, ''),
          })
        : t('months.immatureMany')
  const option = useMemo(() => {
    if (!months) return null
    const words = {
      titles: { reopened: t('months.reopened'), late: t('months.late') },
      limit: t('months.limit'),
      told: t('months.told'),
      expected: t('months.expected'),
      immature: why,
    }
    const monthName = (month: string, withYear: boolean) => monthLabel(format, month, withYear)
    return (width: number) => monthsOption({ months, palette, format, words, monthName }, width)
  }, [months, palette, format, t, why])
  const outside = months ? [...months.reopened, ...months.late].filter(isOutside).length : 0
  return (
    <Panel
      className={`${styles.panel} ${styles.months}`}
      title={t('months.title')}
      note={t('months.note')}
      actions={
        <>
          <ExportLinks
            table="unit-months"
            search={writeAddress({
              ...{ from, to, district, category },
              id: one.id,
              ...(one.unit && { unit: one.unit }),
            }).slice(1)}
          />
          <AsTable
            pressed={asTable}
            onToggle={() => setAsTable(!asTable)}
            label={t(asTable ? 'asChart' : 'asTable')}
          />
        </>
      }
    >
      {!months || !option ? (
        <Skeleton height={MONTHS_HEIGHT} />
      ) : months.reopened.length + months.late.length === 0 ? (
        <EmptyState what={t('months.empty')} />
      ) : (
        <Chart
          option={option}
          label={t('months.label', { outside: format.number(outside) })}
          table={JUDGED.map((measure) => (
            <MonthsTable
              key={measure}
              title={t(`months.${measure}`)}
              months={months[measure]}
              told={measure === 'reopened' ? months.told : undefined}
            />
          ))}
          asTable={asTable}
          height={MONTHS_HEIGHT}
        />
      )}
      {one.unit === 'district' ? null : <WeeklyDisclosure one={one} />}
    </Panel>
  )
}

const numbersOf = (month: string): [year: number, month: number] => [
  Number(month.slice(0, 4)),
  Number(month.slice(5, 7)),
]

export function monthLabel(format: Format, month: string, withYear: boolean): string {
  const [year, number] = numbersOf(month)
  const name = format.monthShort(number)
  return withYear ? `${name} ${String(year).slice(2)}` : name
}

/** ноябрь 2026 */
function monthAlone(format: Format, month: string): string {
  const [year, number] = numbersOf(month)
  return format.month(year * 12 + number - 1)
}

interface MonthsTableProps {
  title: string
  months: readonly Month[]
  told?: Answer['organizations']['months']['told'] | undefined
}

function MonthsTable({ title, months, told }: MonthsTableProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const percent = (share: number) => format.percent(share, 1)
  const toldShare = (month: string) => {
    const share = told?.find((one) => one.month === month)?.share
    return share ? percent(share.share) : ''
  }
  return (
    <table className={table.plain}>
      <caption className={styles.caption}>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{t('months.columns.month')}</th>
          {told ? (
            <th scope="col" className={table.right}>
              {t('months.columns.told')}
            </th>
          ) : null}
          {(['n', 'observed', 'share', 'expected', 'limits', 'mature'] as const).map((column) => (
            <th key={column} scope="col" className={table.right}>
              {t(`months.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {months.map(({ month, n, observed, share, limits, mature }) => (
          <tr key={month}>
            <th scope="row">{monthAlone(format, month)}</th>
            {told ? <td className={table.right}>{toldShare(month)}</td> : null}
            <td className={table.right}>{format.number(n)}</td>
            <td className={table.right}>{format.number(observed)}</td>
            <td className={table.right}>{share === null ? '' : percent(share)}</td>
            <td className={table.right}>{limits ? percent(limits.expected) : ''}</td>
            <td className={table.right}>
              {limits ? format.percentRange(limits.lower, limits.upper, 1) : ''}
            </td>
            <td className={table.right}>{t(mature ? 'months.yes' : 'months.no')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
