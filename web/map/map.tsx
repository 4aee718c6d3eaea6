import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#web/lib/use-format.ts'
import { piece } from '#web/piece.ts'
import { usePalette } from '#web/ui/provider.tsx'
import { Skeleton } from '#web/ui/states.tsx'
import type { Palette } from '#web/ui/theme.ts'
import type { Area } from './areas.ts'
import { baseQuery, cityQuery } from './ask-city.ts'
import { baseIn } from './base.ts'
import type { CityMapDrawing } from './city-map.ts'
import type { Classes } from './classes.ts'
import type { Badge, View } from './drawing.ts'
import { districtLabels, districtMiddles } from './geometry.ts'
import type { CellScale } from './hexagon-scale.ts'
import type { Told } from './hexagons.ts'
import { CLASSES, quietClass, type Scale } from './layers.ts'
import styles from './map.module.css'
import type { Mark } from './marks.ts'
import type { Pointed } from './pointer.ts'
import { useGround } from './use-ground.ts'
import type { Pulse, Pulsing } from './use-pulses.ts'

export type { View } from './drawing.ts'

interface CityMapProps {
  measure: Scale
  /** In CLASSES[measure]; a building without one takes the measure's quiet class. */
  states: Classes
  /** What hexagons tell where buildings are too close to be told apart; without it there are no hexagons. */
  told?: Told
  /** What the map shows, for those who do not see it; the same numbers stand beside it as a list or a legend. */
  label: string
  /** Text under the name of each district key at low zoom. */
  totals?: ReadonlyMap<number, string>
  selected?: number | null
  onSelect?: (key: number | null) => void
  /** Where to begin; when it changes to something the map has not reported itself, the map goes there. */
  view?: View | null
  onView?: (view: View) => void
  /** Called when hexagons begin to stand for buildings, when their shades mean something else, and with null when they cease. */
  onCells?: (cells: CellScale | null) => void
  /** Buildings that the picture is drawn around, instead of the whole city; keep the list while it is the same. */
  around?: readonly number[]
  /** What to say of the building, or of the hexagon, under the pointer. */
  describe?: (what: Pointed) => ReactNode
  /** false: a picture that takes no pointer and no keys. */
  interactive?: boolean
  labels?: 'all' | 'districts' | 'none'
  /** Multiplies sizes; the wall is read from five metres. */
  scale?: number
  /** Only the wall has a palette of its own. */
  palette?: Palette
  badges?: readonly Badge[]
  /** Outlines over the buildings; keep the list while it is the same. */
  areas?: readonly Area[]
  /** Houses that get an edge; keep the set while it is the same. */
  held?: ReadonlySet<number>
  /** Shapes on buildings; keep the list while it is the same. */
  marks?: readonly Mark[]
  /** What pulses; where it tells of itself, the map alone is told, and nothing else is made anew. */
  pulses?: readonly Pulse[] | Pulsing
  /** Called once when the browser cannot draw the map at all. */
  onUnavailable?: () => void
  /** Called with what is drawn, and with null when it goes. */
  onDrawing?: (drawn: Drawn) => void
}
/** A drawing that gives copies of itself. */
export type Drawn = Pick<CityMapDrawing, 'picture'> | null

const NO_TOTALS: ReadonlyMap<number, string> = new Map()
const NOTHING_TOLD: Told = { keys: [], values: () => new Float64Array() }
const NO_HELD: ReadonlySet<number> = new Set()
const NO_MARKS: readonly Mark[] = []
const NO_KEYS: readonly number[] = []
const NO_BADGES: readonly Badge[] = []
const NO_PULSES: readonly Pulse[] = []
const NO_AREAS: readonly Area[] = []

/** The map of the city. Fills its parent, which gives it a size. */
export function CityMap({
  measure,
  states,
  told,
  label,
  totals = NO_TOTALS,
  selected = null,
  onSelect,
  view = null,
  onView,
  onCells,
  around = NO_KEYS,
  describe,
  interactive = true,
  labels = 'all',
  scale = 1,
  palette: given,
  badges = NO_BADGES,
  areas = NO_AREAS,
  held = NO_HELD,
  marks = NO_MARKS,
  pulses = NO_PULSES,
  onUnavailable,
  onDrawing,
}: CityMapProps) {
  const { t } = useTranslation('map')
  const { language } = useFormat()
  const own = usePalette()
  const palette = given ?? own
  const host = useRef<HTMLDivElement>(null)
  const reported = useRef<View | null>(view)
  const city = useQuery(cityQuery)
  const ground = useQuery(baseQuery(city.data?.base))
  const bounds = city.data?.bounds ?? null
  // A frame brings other totals, and asks no building again where it stands.
  const middles = useMemo(() => (city.data ? districtMiddles(city.data) : null), [city.data])
  const base = useMemo(
    () => (ground.data ? baseIn(language, ground.data, bounds) : null),
    [ground.data, language, bounds],
  )
  const under = useGround(city.data?.ground, language)
  const [drawing, setDrawing] = useState<CityMapDrawing | null>(null)
  const [drawn, setDrawn] = useState(false)
  const [broken, setBroken] = useState<'webgl' | 'load' | null>(null)
  const [attempt, setAttempt] = useState(0)
  const [hint, setHint] = useState<{ what: Pointed; x: number; y: number } | null>(null)

  const hexagons = told !== undefined
  const look = useMemo(
    () => ({
      palette,
      classes: CLASSES[measure],
      quiet: quietClass(measure),
      scale,
      labels,
      hexagons,
    }),
    [palette, measure, scale, labels, hexagons],
  )
  const chosen = useEffectEvent((key: number | null) => onSelect?.(key))
  const moved = useEffectEvent((at: View) => {
    reported.current = at
    onView?.(at)
  })
  const cells = useEffectEvent((now: CellScale | null) => onCells?.(now))
  const unavailable = useEffectEvent(() => onUnavailable?.())
  const begin = useEffectEvent(() => ({
    look,
    view: reported.current,
    interactive,
    city: city.data,
    base,
  }))

  const ready = city.data !== undefined && !(city.data.base && ground.isPending)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another drawing
  useEffect(() => {
    const element = host.current
    if (!element || !ready) return
    let made: CityMapDrawing | null = null
    let gone = false
    const observer = new ResizeObserver(() => made?.camera.resize())
    piece(() => import('./city-map.ts')).then(
      ({ CityMapDrawing }) => {
        if (gone) return
        const start = begin()
        if (!start.city) return
        try {
          made = new CityMapDrawing(
            {
              look: start.look,
              container: element,
              city: start.city,
              base: start.base,
              view: start.view,
              interactive: start.interactive,
              reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
            },
            {
              chosen: (key) => chosen(key),
              pointed: (what, x, y) => setHint(what && { what, x, y }),
              moved: (at) => moved(at),
              cells: (now) => cells(now),
              lost: () => setAttempt((before) => before + 1),
            },
          )
        } catch {
          setBroken('webgl')
          unavailable()
          return
        }
        setBroken(null)
        made.whenDrawn(() => setDrawn(true))
        observer.observe(element)
        setDrawing(made)
      },
      () => {
        if (!gone) setBroken('load')
      },
    )
    return () => {
      gone = true
      observer.disconnect()
      made?.destroy()
      made = null
      setDrawing(null)
      setDrawn(false)
      setHint(null)
    }
  }, [ready, attempt])

  useEffect(() => {
    if (drawing && city.data) drawing.setCity(city.data)
  }, [drawing, city.data])
  const handed = useEffectEvent((drawn: Drawn) => onDrawing?.(drawn))
  useEffect(() => handed(drawing), [drawing])
  useEffect(() => drawing?.setBase(base), [drawing, base])
  useEffect(() => drawing?.setLook(look), [drawing, look])
  useEffect(() => drawing?.setGround(under.layers), [drawing, under.layers])
  useEffect(() => drawing?.frame(around), [drawing, around])
  useEffect(() => drawing?.setStates(states, told ?? NOTHING_TOLD), [drawing, states, told])
  useEffect(() => drawing?.setBadges(badges), [drawing, badges])
  useEffect(() => drawing?.setAreas(areas), [drawing, areas])
  useEffect(() => drawing?.setHeld(held), [drawing, held])
  useEffect(() => drawing?.setMarks(marks), [drawing, marks])
  useEffect(() => {
    if (!drawing) return
    if (typeof pulses === 'function') return pulses((now) => drawing.setPulses(now))
    drawing.setPulses(pulses)
  }, [drawing, pulses])
  useEffect(() => {
    if (drawing && city.data && middles)
      drawing.setLabels(districtLabels(city.data, middles, language, totals))
  }, [drawing, city.data, middles, language, totals])
  useEffect(() => {
    if (!drawing) return
    drawing.select(selected)
    if (selected !== null) drawing.show(selected)
  }, [drawing, selected])
  useEffect(() => {
    const last = reported.current
    if (!drawing || !view || (last && isNear(view, last))) return
    reported.current = view
    drawing.camera.goTo(view)
  }, [drawing, view])

  const failed = broken !== null || (city.isError && !city.data)
  const owed = [under.layers?.attribution, base?.attribution, ...(city.data?.credits ?? [])]
  const attribution = [...new Set(owed.filter(Boolean))].join(' · ')
  const groundFile = city.data?.ground && 'file' in city.data.ground ? city.data.ground.file : ''
  const again = () => {
    if (broken === 'load') return window.location.reload()
    setAttempt((before) => before + 1)
    void city.refetch()
  }
  return (
    <section className={styles.frame} aria-label={label} data-drawn={drawn}>
      <div ref={host} className={styles.canvas} data-shown={drawn} />
      {interactive && drawing ? (
        <div className={styles.controls}>
          <button type="button" aria-label={t('closer')} onClick={() => drawing.camera.zoomBy(1)}>
            <Sign path="M3 8H13M8 3V13" />
          </button>
          <button type="button" aria-label={t('further')} onClick={() => drawing.camera.zoomBy(-1)}>
            <Sign path="M3 8H13" />
          </button>
          <button type="button" aria-label={t('wholeCity')} onClick={() => drawing.showAll()}>
            <Sign path="M3 6V3H6M10 3H13V6M13 10V13H10M6 13H3V10" />
          </button>
        </div>
      ) : null}
      {hint && describe ? (
        <div className={styles.hint} style={hintPlace(hint, host.current)}>
          {describe(hint.what)}
        </div>
      ) : null}
      {attribution && labels !== 'none' ? (
        <p className={styles.attribution}>{attribution}</p>
      ) : null}
      {under.fault && interactive ? (
        <p className={styles.groundFault} role="status">
          {t(`ground.${under.fault}`, { file: groundFile })}
        </p>
      ) : null}
      {drawn || failed ? null : (
        <div className={styles.waiting}>
          <Skeleton height="100%" />
        </div>
      )}
      {failed ? (
        <div className={styles.failed} role="status" style={{ fontSize: 14 * scale }}>
          <p>{broken === 'webgl' ? t('unavailable') : t('failed')}</p>
          {broken === 'webgl' || !interactive ? null : (
            <button type="button" onClick={again}>
              {t('again')}
            </button>
          )}
        </div>
      ) : null}
    </section>
  )
}

const Sign = ({ path }: { path: string }) => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" />
  </svg>
)

const isNear = (a: View, b: View) =>
  Math.abs(a.lon - b.lon) < 1e-4 &&
  Math.abs(a.lat - b.lat) < 1e-4 &&
  Math.abs(a.zoom - b.zoom) < 0.01

/** Beside the pointer, on the side that has room. */
function hintPlace({ x, y }: { x: number; y: number }, frame: HTMLElement | null) {
  const { clientWidth = 0, clientHeight = 0 } = frame ?? {}
  return {
    ...(x > clientWidth / 2 ? { right: clientWidth - x + 12 } : { left: x + 12 }),
    ...(y > clientHeight / 2 ? { bottom: clientHeight - y + 12 } : { top: y + 12 }),
  }
}
