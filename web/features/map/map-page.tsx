import { type ReactNode, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { followFrames } from '#web/live.ts'
import type { Measure } from '#web/map/layers.ts'
import { MapLegend } from '#web/map/legend.tsx'
import { CityMap, type View } from '#web/map/map.tsx'
import { usePulses } from '#web/map/use-pulses.ts'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { BuildingList } from './building-list.tsx'
import { BuildingPanel } from './building-panel.tsx'
import type { CountsAt } from './counts.ts'
import { districtTotals } from './district-totals.ts'
import styles from './map-page.module.css'
import { MapSentence } from './map-sentence.tsx'
import { OutageList } from './outage-list.tsx'
import type { MapRow } from './rows.ts'
import type { MapSearch } from './search.ts'
import { Toolbar } from './toolbar.tsx'
import { useMapRows } from './use-map-rows.ts'
import { useOutageAreas } from './use-outage-areas.ts'

interface MapPageProps {
  search: MapSearch
  /** Writes to the address; `replace` leaves no step to go back to. */
  onSearch: (change: Partial<MapSearch>, replace: boolean) => void
  /** Counts of another instant, shown instead of the live ones; null = now. */
  past?: CountsAt | null
  /** Stands between the map and its legend: what chooses that instant. */
  timeline?: ReactNode
}

const NONE: ReadonlyMap<number, number> = new Map()
const NO_PULSES: readonly never[] = []
const NO_AREAS: readonly never[] = []

export function MapPage({ search, onSearch, past = null, timeline }: MapPageProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const { rows, city, state, deviation, failed, retry } = useMapRows(search, past)
  const pulses = usePulses(followFrames)
  const { lines: outages, areas } = useOutageAreas(search.district)
  const [unavailable, setUnavailable] = useState(false)
  const measure = search.m

  const choose = (id: string | null) => onSearch({ b: id ?? undefined }, search.b !== undefined)
  const places = rows?.places
  const byId = useMemo(() => new Map(places?.map((place) => [place.id, place])), [places])
  const chosen = search.b === undefined ? undefined : byId.get(search.b)
  const totals = useMemo(
    () => (rows && state ? districtTotals(measure, state.districts, rows, number) : undefined),
    [rows, state, measure, number],
  )
  const { lon, lat, z: zoom } = search
  const view = useMemo(
    () =>
      lon === undefined || lat === undefined || zoom === undefined ? null : { lon, lat, zoom },
    [lon, lat, zoom],
  )
  const moved = useCallback(
    (at: View) =>
      onSearch({ lon: rounded(at.lon, 5), lat: rounded(at.lat, 5), z: rounded(at.zoom, 2) }, true),
    [onSearch],
  )
  const setMeasure = (m: Measure) => onSearch({ m }, false)

  if (failed && !rows)
    return (
      <div className={styles.page}>
        <ErrorState
          what={t('pageFailed')}
          todo={t('failed')}
          retry={{ label: t('again'), run: () => void retry() }}
        />
      </div>
    )
  const empty = rows?.places.length === 0
  return (
    <div className={styles.page} data-map={unavailable ? 'none' : undefined}>
      <header className={styles.head}>
        <MapSentence
          measure={measure}
          rows={rows}
          state={state}
          deviation={deviation}
          search={search}
        />
        <Toolbar
          measure={measure}
          onMeasure={setMeasure}
          category={search.category}
          onCategory={(category) => onSearch({ category }, false)}
        />
      </header>
      <div className={styles.body}>
        <figure className={styles.map}>
          <div className={styles.canvas}>
            <CityMap
              measure={measure}
              states={rows?.states ?? NONE}
              values={rows?.values ?? NONE}
              label={t('label', { measure: t(`measure.${measure}`) })}
              {...(totals && { totals })}
              pulses={past ? NO_PULSES : pulses}
              areas={past ? NO_AREAS : areas}
              selected={chosen?.key ?? null}
              onSelect={(key) => choose(key === null ? null : (rows?.rowOf(key)?.id ?? null))}
              view={view}
              onView={moved}
              describe={(key) => <Hint row={rows?.rowOf(key)} measure={measure} />}
              onUnavailable={() => setUnavailable(true)}
            />
            {city && city.keys.length === 0 ? (
              <div className={styles.over}>
                <EmptyState
                  what={t(empty ? 'empty' : 'noPlaces')}
                  todo={t(empty ? 'emptyTodo' : 'noPlacesTodo')}
                />
              </div>
            ) : null}
          </div>
          {timeline}
          <figcaption className={styles.legend}>
            {rows ? (
              <MapLegend measure={measure} counts={rows.legend} />
            ) : (
              <Skeleton height={36} width={420} />
            )}
            <p className={styles.meaning}>
              {t(`meaning.${measure}`)}
              {state && state.unplaced > 0 ? (
                <> {t('unplaced', { count: state.unplaced, n: number(state.unplaced) })}</>
              ) : null}
            </p>
          </figcaption>
        </figure>
        <aside className={styles.side}>
          {outages.length > 0 && !past ? <OutageList lines={outages} onSelect={choose} /> : null}
          {search.b === undefined || past ? null : (
            <BuildingPanel id={search.b} onClose={() => choose(null)} />
          )}
          {rows ? (
            <BuildingList
              rows={rows}
              measure={measure}
              selected={search.b ?? null}
              onSelect={choose}
            />
          ) : (
            <div className={styles.waiting} aria-busy="true">
              <Skeleton height="100%" />
            </div>
          )}
        </aside>
      </div>
    </div>
  )
}

function Hint({ row, measure }: { row: MapRow | undefined; measure: Measure }) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  if (!row) return null
  return (
    <>
      <b>{row.address}</b>
      <br />
      {measure === 'deviation' && row.week
        ? t('hint.week', {
            observed: number(row.week.observed),
            expected: number(row.week.expected, row.week.expected < 10 ? 1 : 0),
          })
        : t('hint.counts', {
            open: t('count.open', { count: row.open, n: number(row.open) }),
            overdue: t('count.overdue', { count: row.overdue, n: number(row.overdue) }),
          })}
    </>
  )
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits))
