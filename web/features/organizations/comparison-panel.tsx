import { useTranslation } from 'react-i18next'
import { EVALUATED } from '#server/contract/flags.ts'
import { MOST_SELECTED, type OrganizationsSearch } from '#server/contract/organizations.ts'
import { IntervalAxis, IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { levelPoint } from '#web/ui/level.tsx'
import { Panel } from '#web/ui/panel.tsx'
import styles from './organizations.module.css'
import type { Comparison, Unit } from './rows.ts'
import { UnitLink } from './unit-link.tsx'

const WIDTH = 118
const MOST = 6

/** Wide enough for every ratio that is compared. */
function scaleOf(units: readonly Unit[]): Scale {
  const ratios = units.map(({ ratio }) => ratio)
  return {
    log: true,
    low: Math.max(0.1, Math.min(0.4, ...ratios) * 0.9),
    high: Math.min(MOST, Math.max(2.2, ...ratios.map((ratio) => ratio * 1.15))),
  }
}

interface ComparisonPanelProps {
  measured: readonly (Comparison | undefined)[]
  selected: readonly string[]
  search: OrganizationsSearch
  onClear: () => void
  /** Compare by curves and figures. */
  onCurves: () => void
}

/** The chosen ones side by side in every measure. */
export function ComparisonPanel(props: ComparisonPanelProps) {
  const { measured, selected, search, onClear, onCurves } = props
  const { t } = useTranslation('organizations')
  const format = useFormat()
  const { from, to, district, category } = search
  const compared = measured.flatMap(
    (answer) => answer?.units.filter(({ id }) => selected.includes(id)) ?? [],
  )
  const scale = scaleOf(compared)
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('compare.title', { n: selected.length, max: MOST_SELECTED })}
    >
      <p className={styles.quiet}>{t('compare.note')}</p>
      {selected.length === 0 ? (
        <p className={styles.hint}>{t(`compare.empty.${search.unit}`, { max: MOST_SELECTED })}</p>
      ) : (
        <>
          <table className={styles.compare}>
            <thead>
              <tr>
                <td />
                <td>
                  <IntervalAxis
                    scale={scale}
                    width={WIDTH}
                    ticks={[0.2, 0.5, 1, 2, 4]
                      .filter((at) => at >= scale.low && at <= scale.high)
                      .map((at) => ({ at, label: format.number(at, at % 1 ? 1 : 0) }))}
                  />
                </td>
              </tr>
            </thead>
            {EVALUATED.map((measure) => {
              const units = measured.find((answer) => answer?.measure === measure)?.units
              return (
                <tbody key={measure}>
                  <tr>
                    <th scope="rowgroup" colSpan={2}>
                      {t(`compare.${measure}`)}
                    </th>
                  </tr>
                  {selected.map((id) => {
                    const unit = units?.find((one) => one.id === id)
                    const name = measured
                      .flatMap((answer) => answer?.units ?? [])
                      .find((one) => one.id === id)?.name
                    return (
                      <tr key={id}>
                        <th scope="row">
                          <UnitLink
                            unit={search.unit}
                            id={id}
                            search={{
                              ...{ from, to, district, category },
                              ...(measure !== 'pace' && { measure }),
                            }}
                          >
                            {name ?? id}
                          </UnitLink>
                          <b>{unit ? format.number(unit.ratio, 2) : ''}</b>
                        </th>
                        <td>
                          {unit ? (
                            <>
                              <span className="visually-hidden">
                                {format.range(unit.lower, unit.upper, 2)}
                              </span>
                              <IntervalCell
                                value={unit.ratio}
                                lower={unit.lower}
                                upper={unit.upper}
                                scale={scale}
                                width={WIDTH}
                                city={1}
                                shape={levelPoint(unit.level)}
                              />
                            </>
                          ) : units ? (
                            t('compare.missing')
                          ) : null}
                        </td>
                      </tr>
                    )
                  })}
                </tbody>
              )
            })}
          </table>
          <p className={styles.buttons}>
            <button type="button" className={styles.button} onClick={onCurves}>
              {t('compare.curves')}
            </button>
            <button type="button" className={styles.bare} onClick={onClear}>
              {t('compare.clear')}
            </button>
          </p>
        </>
      )}
    </Panel>
  )
}
