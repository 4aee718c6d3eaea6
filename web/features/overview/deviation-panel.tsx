import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { EVERYTHING } from '#server/contract/filter.ts'
import { DEVIATIONS } from '#server/contract/geometry.ts'
import { api } from '#web/api.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { classesOf } from '#web/map/classes.ts'
import { legendOf, quietClass } from '#web/map/layers.ts'
import { MapLegend } from '#web/map/legend.tsx'
import { CityMap } from '#web/map/map.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { EmptyState } from '#web/ui/states.tsx'
import type { State } from './answers.ts'
import styles from './deviation-panel.module.css'
import { OutageKey } from './outage-key.tsx'
import { useNoComparison } from './use-no-comparison.ts'
import { useOutages } from './use-outages.ts'

/** A picture of where the week is not as usual; the map itself is one click away. */
export function DeviationPanel({ state, district }: { state: State; district: string[] }) {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const noComparison = useNoComparison(state)
  const { data } = useQuery(api.map.deviation.queryOptions({ ...EVERYTHING, district }))
  const states = useMemo(
    () =>
      new Map(
        data?.deviating.map(({ building, deviation }) => [building, DEVIATIONS.indexOf(deviation)]),
      ),
    [data],
  )
  const classes = useMemo(() => classesOf(states), [states])
  const counts = legendOf('deviation', states.values())
  const usual = quietClass('deviation')
  counts[usual] = (data?.buildings ?? states.size) - states.size
  const deviating = states.size
  const outages = useOutages(district)
  const standing = useMemo(
    () => outages.filter(({ state }) => state === 'suspected' || state === 'in_force'),
    [outages],
  )
  const areas = useMemo(
    () =>
      standing.flatMap(({ outline, state }, id) =>
        outline ? [{ id, suspected: state === 'suspected', outline }] : [],
      ),
    [standing],
  )
  return (
    <Panel
      title={t('deviation.title')}
      note={t('deviation.note')}
      flush
      finding={
        data
          ? data.tooEarly || state.ended
            ? noComparison
            : t('deviation.finding', {
                count: deviating,
                n: format.number(deviating),
                all: format.number(data.buildings),
                chance: format.number(data.byChance),
              })
          : '\u00a0'
      }
      actions={
        <Link to="/map" search={{ district, m: 'deviation' }}>
          {t('deviation.open')}
        </Link>
      }
    >
      <div className={styles.body}>
        <div className={styles.map}>
          {data?.buildings === 0 ? (
            <div className={styles.none}>
              <EmptyState what={t('deviation.none')} todo={t('deviation.noneTodo')} />
            </div>
          ) : (
            <CityMap
              measure="deviation"
              states={classes}
              label={t('deviation.label')}
              interactive={false}
              areas={areas}
            />
          )}
          <Link
            to="/map"
            search={{ district, m: 'deviation' }}
            className={styles.over}
            aria-label={t('deviation.open')}
            tabIndex={-1}
          />
        </div>
        <div className={styles.legend}>
          <OutageKey outages={standing} />
          <MapLegend measure="deviation" counts={counts} />
        </div>
      </div>
    </Panel>
  )
}
