import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Clocks } from '#server/contract/registry-search.ts'
import { useFormat } from '#web/lib/use-format.ts'
import { followFrames } from '#web/live.ts'
import type { Area } from '#web/map/areas.ts'
import { NO_CLASSES } from '#web/map/classes.ts'
import { HexagonLegend, useCellWord } from '#web/map/hexagon-legend.tsx'
import type { CellScale } from '#web/map/hexagon-scale.ts'
import type { Told } from '#web/map/hexagons.ts'
import { isOfAnInstant } from '#web/map/layers.ts'
import { MapLegend } from '#web/map/legend.tsx'
import { CityMap, type Drawn, type View } from '#web/map/map.tsx'
import { pulsesOf } from '#web/map/use-pulses.ts'
import { EmptyState, ErrorState, Skeleton } from '#web/ui/states.tsx'
import { BuildingList } from './building-list.tsx'
import { BuildingPanel } from './building-panel.tsx'
import type { CountsAt } from './counts.ts'
import { districtTotals } from './district-totals.ts'
import { AREA_KINDS, isDrawn, LayerLegend } from './layer-legend.tsx'
import { CELLS, MapHint } from './map-hint.tsx'
import { MapMeaning } from './map-meaning.tsx'
import styles from './map-page.module.css'
import { MapSentence, useSaid } from './map-sentence.tsx'
import { OutageList } from './outage-list.tsx'
import { scaleOf } from './rows.ts'
import type { MapSearch } from './search.ts'
import { type ShownMap, shownCells, shownLegend } from './shown.ts'
import { Toolbar } from './toolbar.tsx'
import { useMapRows } from './use-map-rows.ts'
import { useOutageAreas } from './use-outage-areas.ts'
import { useOverlays } from './use-overlays.ts'

interface MapPageProps {
  search: MapSearch
  /** Writes to the address; `replace` leaves no step to go back to. */
  onSearch: (change: Partial<MapSearch>, replace: boolean) => void
  /** Counts of another instant, shown instead of the live ones; null = now. */
  past?: CountsAt | null
  /** Outlines of the outages of that instant; keep the list while it is the same. */
  pastAreas?: readonly Area[]
  /** By which clocks a company's houses are its own; empty = now. */
  clocks?: Clocks
  /** Stands between the map and its legend: what chooses that instant. */
  timeline?: (shown: () => ShownMap | null) => ReactNode
  /** Above everything, while the past is shown. */
  notice?: ReactNode
  /** In place of the sentence, where the past has nothing to count. */
  sentence?: ReactNode
  /** The chosen building at that instant. */
  pastBuilding?: (id: string, onClose: () => void) => ReactNode
}

const NOTHING_TOLD: Told = { keys: [], values: () => new Float64Array() }
const NO_AREAS: readonly Area[] = []
const NOW: Clocks = {}
const NO_LAYERS: MapSearch['layers'] = []
const LIVE = pulsesOf(followFrames)

export function MapPage({
  search,
  onSearch,
  past = null,
  pastAreas = NO_AREAS,
  clocks = NOW,
  timeline,
  notice,
  sentence,
  pastBuilding,
}: MapPageProps) {
  const { t } = useTranslation('map')
  const { number } = useFormat()
  const cellWord = useCellWord()
  // A measure that only the present knows gives way to what was open.
  const measure = past && !isOfAnInstant(search.m) ? 'open' : search.m
  const known = useMapRows({ ...search, m: measure }, past)
  const { rows, city, state, failed, retry } = known
  const said = useSaid(isOfAnInstant(measure) ? measure : 'open', known, search)
  const showsOutages = search.layers.includes('outages')
  const live = useOutageAreas(search.district, !past && showsOutages)
  const areas = !past ? live.areas : showsOutages ? pastAreas : NO_AREAS
  const overlays = useOverlays(past ? { ...search, layers: NO_LAYERS } : search, clocks)
  const [unavailable, setUnavailable] = useState(false)
  const [cells, setCells] = useState<CellScale | null>(null)
  const drawing = useRef<Drawn>(null)

  const choose = (id: string | null) => onSearch({ b: id ?? undefined }, search.b !== undefined)
  const places = rows?.places
  const byId = useMemo(() => new Map(places?.map((place) => [place.id, place])), [places])
  const chosen = search.b === undefined ? undefined : byId.get(search.b)
  const untold = sentence !== undefined
  const totals = useMemo(() => {
    if (!rows || !state) return undefined
    if (untold) return new Map(state.districts.map(({ key }) => [key, '—']))
    return districtTotals(state.districts, rows, number)
  }, [rows, state, number, untold])
  const cameLate = useMemo(
    () =>
      [...(past?.late ?? [])].flatMap(([id, strength]) => {
        const place = byId.get(id)
        return place ? [{ key: place.key, strength }] : []
      }),
    [past?.late, byId],
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

  const bar = useMemo(() => ({ ...search, m: measure }), [search, measure])
  const write = useCallback((change: Partial<MapSearch>) => onSearch(change, false), [onSearch])
  const scale = rows?.scale ?? scaleOf(measure, search.vs !== undefined && !past)
  const showing = useRef<(() => ShownMap) | null>(null)
  useEffect(() => {
    showing.current = () => ({
      title: t(`measure.${measure}`),
      said: said(),
      legend: cells
        ? shownCells(scale, untold ? null : cells, cellWord)
        : shownLegend(
            scale,
            untold ? null : (rows?.legend ?? []),
            (word) => t(`class.${word}` as 'class.none'),
            number,
          ),
      unit: cells ? t(`cellUnit.${scale}`) : null,
      lines: AREA_KINDS.filter((kind) => isDrawn(areas, kind)).map((kind) => t(`layers.${kind}`)),
      take: async () => (await drawing.current?.picture()) ?? null,
    })
  })
  const shown = useCallback(() => showing.current?.() ?? null, [])

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
      {notice}
      <header className={styles.head}>
        {sentence ?? (
          <MapSentence measure={measure} known={known} search={search} past={past !== null} />
        )}
        <Toolbar search={bar} onSearch={write} past={past !== null} clocks={clocks} />
      </header>
      <div className={styles.body}>
        <figure className={styles.map}>
          <div className={styles.canvas}>
            <CityMap
              measure={scale}
              states={rows?.classes ?? NO_CLASSES}
              told={rows?.told ?? NOTHING_TOLD}
              label={t('label', { measure: t(`measure.${measure}`) })}
              {...(totals && { totals })}
              pulses={past ? cameLate : LIVE}
              areas={areas}
              held={overlays.held}
              marks={overlays.marks}
              selected={chosen?.key ?? null}
              onSelect={(key) => choose(key === null ? null : (rows?.rowOf(key)?.id ?? null))}
              view={view}
              onView={moved}
              onCells={setCells}
              describe={(what) => (
                <MapHint
                  what={what}
                  row={'key' in what ? rows?.rowOf(what.key) : undefined}
                  scale={scale}
                  untold={untold}
                />
              )}
              onUnavailable={() => setUnavailable(true)}
              onDrawing={(drawn) => {
                drawing.current = drawn
              }}
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
          {timeline?.(shown)}
          <figcaption className={styles.legend}>
            <div aria-busy={!rows && !untold}>
              {cells ? (
                <HexagonLegend measure={scale} cells={rows && !untold ? cells : null} />
              ) : (
                <MapLegend measure={scale} counts={rows && !untold ? rows.legend : null} />
              )}
            </div>
            <p className={styles.meaning}>
              <MapMeaning scale={scale} days={search.vs} />
              {cells ? <> {t(`cells.${CELLS[scale]}`)}</> : null}
              {state && state.unplaced > 0 ? (
                <> {t('unplaced', { count: state.unplaced, n: number(state.unplaced) })}</>
              ) : null}
            </p>
            <LayerLegend
              areas={areas}
              flagged={overlays.flagged}
              silent={overlays.silent}
              territory={overlays.territory}
            />
          </figcaption>
        </figure>
        <aside className={styles.side}>
          {live.lines.length > 0 ? <OutageList lines={live.lines} onSelect={choose} /> : null}
          {search.b === undefined ? null : past ? (
            pastBuilding?.(search.b, () => choose(null))
          ) : (
            <BuildingPanel id={search.b} onClose={() => choose(null)} />
          )}
          {untold ? null : rows ? (
            <BuildingList rows={rows} selected={search.b ?? null} onSelect={choose} />
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

const rounded = (value: number, digits: number) => Number(value.toFixed(digits))
