import { useTranslation } from 'react-i18next'
import type { Judged } from '#server/contract/measures/shape.ts'
import { IntervalAxis, IntervalCell, type Scale } from '#web/chart/interval-cell.tsx'
import { useFormat } from '#web/lib/use-format.ts'
import { LevelMark, levelPoint } from '#web/ui/level.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState, Skeleton } from '#web/ui/states.tsx'
import styles from './panels.module.css'
import type { Unit } from './rows.ts'

const SCALE: Scale = { low: 0.4, high: 2.5, log: true }
const WIDTH = 300

interface StandingPanelProps {
  unit: Unit | undefined
  measure: Judged
  waiting: boolean
}

/** Where a contractor or a district stands: they are compared, but no flag is raised about them. */
export function StandingPanel({ unit, measure, waiting }: StandingPanelProps) {
  const { t } = useTranslation('organizations')
  const format = useFormat()
  return (
    <Panel
      className={styles.panel ?? ''}
      title={t('standing.title')}
      note={t(`measure.${measure}`)}
    >
      {waiting ? (
        <Skeleton height={240} />
      ) : !unit ? (
        <EmptyState what={t('one.sentence.nothing')} />
      ) : (
        <div className={styles.standing}>
          <p className={styles.ratio}>
            <strong>{format.number(unit.ratio, 2)}</strong>{' '}
            <span>
              {t('standing.ratio', { interval: format.range(unit.lower, unit.upper, 2) })}
            </span>
          </p>
          <IntervalAxis
            scale={SCALE}
            width={WIDTH}
            ticks={[0.5, 1, 2].map((at) => ({ at, label: format.number(at, at < 1 ? 1 : 0) }))}
          />
          <IntervalCell
            value={unit.ratio}
            lower={unit.lower}
            upper={unit.upper}
            scale={SCALE}
            width={WIDTH}
            city={1}
            shape={levelPoint(unit.level)}
          />
          <dl>
            <dt>{t('standing.level')}</dt>
            <dd>{unit.level === 'none' ? t('standing.none') : <LevelMark level={unit.level} />}</dd>
            <dt>{t(`standing.observed.${measure}`)}</dt>
            <dd>
              {format.number(unit.observed)} / {format.number(unit.n)}
            </dd>
            <dt>{t('standing.expected')}</dt>
            <dd>{format.number(unit.expected, 1)}</dd>
            <dt>{t('standing.chance')}</dt>
            <dd>{format.range(...unit.chance, 2)}</dd>
            <dt>{t('standing.outer')}</dt>
            <dd>{format.range(...unit.outer, 2)}</dd>
            <dt>{t('standing.shrunken')}</dt>
            <dd>
              {format.number(unit.shrunken.mean, 2)}{' '}
              <span>{format.range(unit.shrunken.lower, unit.shrunken.upper, 2)}</span>
            </dd>
          </dl>
          <p className={styles.quiet}>{t('standing.foot')}</p>
        </div>
      )}
    </Panel>
  )
}
