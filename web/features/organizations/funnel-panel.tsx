import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chart } from '#web/chart/chart.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { usePalette } from '#web/ui/provider.tsx'
import { AsTable, EmptyState, Skeleton } from '#web/ui/states.tsx'
import { FUNNEL_HEIGHT, type FunnelWords } from './funnel-names.ts'
import { funnelOption } from './funnel-option.ts'
import styles from './organizations.module.css'
import type { Comparison, Unit } from './rows.ts'

interface FunnelPanelProps {
  comparison: Comparison | undefined
  /** Those that the page shows; all of them made the limits. */
  shown: readonly Unit[]
  selected: readonly string[]
  onSelect: (id: string) => void
}

export function FunnelPanel({ comparison, shown, selected, onSelect }: FunnelPanelProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const palette = usePalette()
  const [asTable, setAsTable] = useState(false)
  const option = useMemo(() => {
    if (!comparison) return null
    const figures = ({ observed, expected, n }: Unit) => ({
      observed: format.number(observed),
      expected: format.number(expected, 1),
      n: format.number(n),
    })
    const words: FunnelWords = {
      expected: t('funnel.expected'),
      chance: t('funnel.chance'),
      outer: t('funnel.outer'),
      few: (unit) => t('funnel.few', figures(unit)),
      alone: t('funnel.alone'),
      quality: t('funnel.quality'),
      byChance: (unit) => t('funnel.byChance', figures(unit)),
      of: (unit) => t('funnel.of', figures(unit)),
    }
    const { limits } = comparison
    return (width: number) =>
      funnelOption({ units: shown, limits, selected, palette, format, words }, width)
  }, [comparison, shown, selected, palette, format, t])
  const beyond = shown.filter(({ level }) => level === 'inspect').length
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('funnel.title')}
      note={
        comparison
          ? `${t(`funnel.note.${comparison.measure}`)}, n ${format.number(comparison.units.length)}`
          : undefined
      }
      actions={
        <AsTable
          pressed={asTable}
          onToggle={() => setAsTable(!asTable)}
          label={t(asTable ? 'asChart' : 'asTable')}
        />
      }
    >
      {comparison && comparison.units.length === 0 ? (
        <EmptyState what={t(`funnel.empty.${comparison.measure}`)} todo={t('funnel.emptyTodo')} />
      ) : comparison && option ? (
        <>
          <Chart
            option={option}
            label={t('funnel.label', {
              beyond: format.number(beyond),
              all: format.number(shown.length),
            })}
            table={<FunnelTable units={shown} />}
            asTable={asTable}
            height={FUNNEL_HEIGHT}
            onPick={onSelect}
          />
          {asTable ? null : (
            <p className={styles.axisNote}>
              <span>{t(`funnel.x.${comparison.measure}`)}</span>
              <span>
                {t('funnel.more')} <ArrowRight />
              </span>
            </p>
          )}
        </>
      ) : (
        <Skeleton height={FUNNEL_HEIGHT + 18} />
      )}
    </Panel>
  )
}

const ArrowRight = () => (
  <svg width="12" height="8" viewBox="0 0 12 8" aria-hidden="true">
    <path d="M0 4H11M8 1 11 4 8 7" fill="none" stroke="currentColor" />
  </svg>
)

function FunnelTable({ units }: { units: readonly Unit[] }) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const columns = ['observed', 'expected', 'ratio', 'interval', 'chance', 'outer'] as const
  return (
    <table className={styles.plain}>
      <thead>
        <tr>
          <th scope="col">{t('funnel.columns.organization')}</th>
          {columns.map((column) => (
            <th key={column} scope="col" className={styles.right}>
              {t(`funnel.columns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {units.map((unit) => (
          <tr key={unit.id}>
            <th scope="row">{unit.name}</th>
            <td className={styles.right}>{format.number(unit.observed)}</td>
            <td className={styles.right}>{format.number(unit.expected, 1)}</td>
            <td className={styles.right}>{format.number(unit.ratio, 2)}</td>
            <td className={styles.right}>{format.range(unit.lower, unit.upper, 2)}</td>
            <td className={styles.right}>{format.range(...unit.chance, 2)}</td>
            <td className={styles.right}>{format.range(...unit.outer, 2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
