import 'maplibre-gl/dist/maplibre-gl.css'
import {
  type GeoJSONSource,
  Map as MapLibre,
  type MapMouseEvent,
  type SourceSpecification,
  type StyleSpecification,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { type Cell, cellsOf } from './cells.ts'
import { FONT_FACES } from './fonts.ts'
import { type City, districtOutlines, type Features, feature } from './geometry.ts'
import { landmarkImage } from './landmark.ts'
import { cityLayers, type Look } from './style.ts'
import type { Pulse } from './use-pulses.ts'

setWorkerUrl(workerUrl)

export interface View {
  lon: number
  lat: number
  zoom: number
}
/** A number standing on the map. */
export interface Badge {
  id: number
  lon: number
  lat: number
  text: string
}
export interface Drawing extends Omit<Look, 'cellsBelow'> {
  container: HTMLElement
  city: City
  base: Features<unknown> | null
  view: View | null
  interactive: boolean
  reducedMotion: boolean
  /** Texts of the cells of a city of points. */
  count: (value: number) => string
}
export interface Listeners {
  /** A building was chosen; null = the ground was. */
  chosen: (key: number | null) => void
  /** The pointer rests on a building, at a place of the container. */
  pointed: (key: number | null, x: number, y: number) => void
  moved: (view: View) => void
}

/** Above this number of buildings without an outline, cells stand for them at low zoom. */
const MANY_POINTS = 3000
const CELLS_BELOW = 14
const HIT = ['outline', 'point', 'point-quiet', 'dot']
const NOTHING: Features<never> = { type: 'FeatureCollection', features: [] }
/** The layers come from code that tests check against the specification. */
const UNCHECKED = { validate: false }
/** Room around the city, in pixels. */
const MARGIN = 24

/** Owns the only MapLibre map. Geometry is uploaded once; everything that changes is feature state or a handful of points. */
export class CityMapDrawing {
  readonly #map: MapLibre
  readonly #city: City
  readonly #listeners: Listeners
  readonly #count: (value: number) => string
  #look: Look
  #states: ReadonlyMap<number, number> = new Map()
  #values: ReadonlyMap<number, number> = new Map()
  #labels: Features<unknown> = NOTHING
  #pulses: Features<unknown> = NOTHING
  #badges: Features<unknown> = NOTHING
  #selected: number | null = null
  #hovered: number | null = null
  #cellsAt = -1

  /** Throws where the browser gives no WebGL. */
  constructor(drawing: Drawing, listeners: Listeners) {
    const { city, view } = drawing
    this.#city = city
    this.#listeners = listeners
    this.#count = drawing.count
    this.#look = { ...drawing, cellsBelow: city.bare > MANY_POINTS ? CELLS_BELOW : 0 }
    this.#map = new MapLibre({
      container: drawing.container,
      style: this.#style(drawing.base),
      interactive: drawing.interactive,
      attributionControl: false,
      fadeDuration: 0,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      minZoom: 7,
      maxZoom: 19,
      reduceMotion: drawing.reducedMotion,
      renderWorldCopies: false,
      validateStyle: false,
      ...(view
        ? { center: [view.lon, view.lat], zoom: view.zoom }
        : city.bounds
          ? { bounds: city.bounds, fitBoundsOptions: { padding: MARGIN, maxZoom: 16 } }
          : {}),
    })
    this.#map.touchZoomRotate.disableRotation()
    this.#map.keyboard.disableRotation()
    // Also after a lost graphics context, when MapLibre builds the style anew and forgets states.
    this.#map.on('style.load', () => this.#dress())
    this.#map.on('webglcontextrestored', () => this.#dress())
    this.#map.on('zoomend', () => this.#drawCells(false))
    this.#map.on('moveend', () => listeners.moved(this.view()))
    if (drawing.interactive) this.#listen()
  }

  view(): View {
    const { lng, lat } = this.#map.getCenter()
    return { lon: lng, lat, zoom: this.#map.getZoom() }
  }

  /** Called back once, when the buildings stand; names may come a moment later. */
  whenDrawn(listener: () => void) {
    const look = () => {
      const source = this.#city.bare > 0 ? 'points' : 'outlines'
      if (!this.#isReady() || !this.#map.isSourceLoaded(source)) return
      this.#map.off('render', look)
      listener()
    }
    this.#map.on('render', look)
  }

  /** New colours or sizes; geometry and states stay. */
  setLook(look: Omit<Look, 'cellsBelow'>) {
    const was = this.#look
    this.#look = { ...look, cellsBelow: was.cellsBelow }
    if (this.#isReady()) {
      for (const layer of cityLayers(this.#look)) {
        // Object.entries forgets which properties a layer may have.
        for (const [property, value] of Object.entries(layer.paint ?? {}))
          this.#map.setPaintProperty(layer.id, property as 'fill-color', value, UNCHECKED)
        for (const [property, value] of Object.entries(layer.layout ?? {}))
          this.#map.setLayoutProperty(layer.id, property as 'visibility', value, UNCHECKED)
      }
      this.#addImages()
    }
  }

  /** Class of each building; a building that is not in the map takes the quiet class. Only differences are told to MapLibre. */
  setStates(states: ReadonlyMap<number, number>, values: ReadonlyMap<number, number>) {
    const was = this.#states
    this.#states = states
    this.#values = values
    if (!this.#isReady()) return
    for (const key of was.keys()) if (!states.has(key)) this.#forget(key, 'class')
    for (const [key, position] of states)
      if (was.get(key) !== position) this.#state(key, { class: position })
    this.#drawCells(true)
  }

  setLabels(labels: Features<unknown>) {
    this.#labels = labels
    this.#put('district-labels', labels)
  }

  setBadges(badges: readonly Badge[]) {
    this.#badges = places(badges, ({ text }) => ({ text }))
    this.#put('badges', this.#badges)
  }

  /** Places where a request has just arrived; strength 1 is now, 0 is gone. */
  setPulses(pulses: readonly Pulse[]) {
    this.#pulses = places(
      pulses.flatMap(({ key, strength }) => {
        const i = this.#city.at.get(key)
        return i === undefined
          ? []
          : [{ id: key, lon: this.#city.lon[i] ?? 0, lat: this.#city.lat[i] ?? 0, strength }]
      }),
      ({ strength }) => ({ strength }),
    )
    this.#put('pulses', this.#pulses)
  }

  select(key: number | null) {
    if (key === this.#selected) return
    if (this.#selected !== null) this.#forget(this.#selected, 'selected')
    this.#selected = key
    if (key !== null) this.#state(key, { selected: true })
  }

  /** Brings a building into sight; a picture that shows it already stays as it is. */
  show(key: number) {
    const i = this.#city.at.get(key)
    if (i === undefined) return
    const centre: [number, number] = [this.#city.lon[i] ?? 0, this.#city.lat[i] ?? 0]
    const zoom = this.#map.getZoom()
    const readable = this.#look.cellsBelow > 0 ? CELLS_BELOW + 1 : 13
    if (this.#map.getBounds().contains(centre) && zoom >= readable) return
    this.#map.easeTo({ center: centre, zoom: Math.max(zoom, readable), duration: 180 })
  }

  goTo({ lon, lat, zoom }: View) {
    this.#map.jumpTo({ center: [lon, lat], zoom })
  }

  showAll() {
    if (this.#city.bounds)
      this.#map.fitBounds(this.#city.bounds, { padding: MARGIN, maxZoom: 16, duration: 180 })
  }

  zoomBy(steps: number) {
    this.#map.zoomTo(this.#map.getZoom() + steps, { duration: 180 })
  }

  resize() {
    this.#map.resize()
  }

  destroy() {
    this.#map.remove()
  }

  #style(base: Features<unknown> | null): StyleSpecification {
    const geojson = (data: Features<unknown>): SourceSpecification => ({
      type: 'geojson',
      // Our features carry any shape; MapLibre reads them in its worker.
      data: data as never,
    })
    return {
      version: 8,
      'font-faces': FONT_FACES,
      sources: {
        base: geojson(base ?? NOTHING),
        districts: geojson(districtOutlines(this.#city)),
        outlines: geojson(this.#city.outlines),
        points: geojson(this.#city.points),
        cells: geojson(NOTHING),
        'district-labels': geojson(NOTHING),
        pulses: geojson(NOTHING),
        badges: geojson(NOTHING),
      },
      layers: cityLayers(this.#look),
    }
  }

  #isReady() {
    // After a lost context there is no style for a while, which MapLibre's types do not know.
    return Boolean(this.#map.style?._loaded)
  }

  #dress() {
    if (!this.#isReady()) return
    this.#addImages()
    for (const [key, position] of this.#states) this.#state(key, { class: position })
    if (this.#selected !== null) this.#state(this.#selected, { selected: true })
    this.#put('district-labels', this.#labels)
    this.#put('pulses', this.#pulses)
    this.#put('badges', this.#badges)
    this.#drawCells(true)
  }

  #addImages() {
    const image = landmarkImage(this.#look.palette)
    if (this.#map.hasImage('landmark')) this.#map.updateImage('landmark', image)
    else this.#map.addImage('landmark', image, { pixelRatio: 2 })
  }

  #put(source: string, data: Features<unknown>) {
    if (!this.#isReady()) return
    this.#map.getSource<GeoJSONSource>(source)?.setData(data as never)
  }

  #sourcesOf(key: number): string[] {
    if (!this.#city.at.has(key)) return []
    return ['outlines', 'points']
  }

  #state(key: number, state: Record<string, unknown>) {
    if (!this.#isReady()) return
    for (const source of this.#sourcesOf(key)) this.#map.setFeatureState({ source, id: key }, state)
  }

  #forget(key: number, flag: string) {
    if (!this.#isReady()) return
    for (const source of this.#sourcesOf(key))
      this.#map.removeFeatureState({ source, id: key }, flag)
  }

  /** Cells change with whole zoom levels and with the values, and only where there are too many points to see. */
  #drawCells(changed: boolean) {
    if (this.#look.cellsBelow === 0 || !this.#isReady()) return
    const zoom = this.#map.getZoom()
    if (zoom >= CELLS_BELOW) return
    const level = Math.floor(zoom)
    if (!changed && level === this.#cellsAt) return
    this.#cellsAt = level
    this.#put('cells', cellFeatures(cellsOf(this.#city, this.#values, level), this.#count))
  }

  #listen() {
    const map = this.#map
    map.on('mousemove', (event) => this.#point(event))
    map.on('mouseout', () => this.#hover(null, 0, 0))
    map.on('click', (event) => {
      const key = this.#keyAt(event)
      if (key !== null) return this.#listeners.chosen(key)
      const [cell] = map.queryRenderedFeatures(event.point, { layers: this.#layers(['cell']) })
      if (cell) map.easeTo({ center: event.lngLat, zoom: Math.floor(map.getZoom()) + 2 })
      else this.#listeners.chosen(null)
    })
  }

  #layers(ids: readonly string[]) {
    return ids.filter((id) => this.#map.getLayer(id))
  }

  #keyAt({ point: { x, y } }: MapMouseEvent): number | null {
    if (!this.#isReady()) return null
    const near = 3
    const found = this.#map.queryRenderedFeatures(
      [
        [x - near, y - near],
        [x + near, y + near],
      ],
      { layers: this.#layers(HIT) },
    )
    const [first] = found
    return typeof first?.id === 'number' ? first.id : null
  }

  #point(event: MapMouseEvent) {
    this.#hover(this.#keyAt(event), event.point.x, event.point.y)
  }

  #hover(key: number | null, x: number, y: number) {
    if (key !== this.#hovered) {
      if (this.#hovered !== null) this.#forget(this.#hovered, 'hovered')
      this.#hovered = key
      if (key !== null) this.#state(key, { hovered: true })
      this.#map.getCanvas().style.cursor = key === null ? '' : 'pointer'
    } else if (key === null) return
    this.#listeners.pointed(key, x, y)
  }
}

const places = <P extends { id: number; lon: number; lat: number }>(
  all: readonly P[],
  properties: (place: P) => Record<string, unknown>,
): Features<unknown> => ({
  type: 'FeatureCollection',
  features: all.map((place) =>
    feature(place.id, { type: 'Point', coordinates: [place.lon, place.lat] }, properties(place)),
  ),
})

function cellFeatures(cells: readonly Cell[], count: (value: number) => string) {
  const most = cells.reduce((max, cell) => Math.max(max, cell.sum), 1)
  return places(
    cells.map((cell, id) => ({ ...cell, id })),
    ({ sum }) => {
      const share = Math.sqrt(sum / most)
      return { text: count(sum), radius: 9 + 19 * share, step: Math.min(3, Math.floor(share * 4)) }
    },
  )
}
