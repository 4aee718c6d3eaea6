import 'maplibre-gl/dist/maplibre-gl.css'
import {
  type GeoJSONSource,
  Map as MapLibre,
  type MapSourceDataEvent,
  setWorkerUrl,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { type Area, areaFeatures } from './areas.ts'
import { BuildingStates, isReady } from './building-states.ts'
import { cellsOf } from './cells.ts'
import { boundsOf, type City, type Features } from './geometry.ts'
import { landmarkImage } from './landmark.ts'
import { cellsBelow, type Look } from './look.ts'
import { cellFeatures, placed } from './marks.ts'
import { listenToPointer, type Pointed } from './pointer.ts'
import { cityLayers, cityStyle, NOTHING } from './style.ts'
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
export interface Drawing extends Omit<Look, 'many'> {
  container: HTMLElement
  city: City
  base: Features<unknown> | null
  view: View | null
  interactive: boolean
  reducedMotion: boolean
}
export interface Listeners {
  /** A building was chosen; null = the ground was. */
  chosen: (key: number | null) => void
  /** The pointer rests on a building, at a place of the container. */
  pointed: (what: Pointed | null, x: number, y: number) => void
  moved: (view: View) => void
}

/** Above this number of buildings without an outline, cells stand for them at low zoom. */
const MANY_POINTS = 3000
/** The layers come from code that tests check against the specification. */
const UNCHECKED = { validate: false }
/** Room around the city, in pixels. */
const MARGIN = 24

/** Owns the only MapLibre map. Geometry is uploaded once; everything that changes is feature state or a handful of points. */
export class CityMapDrawing {
  readonly #map: MapLibre
  readonly #city: City
  readonly #states: BuildingStates
  #look: Look
  #values: ReadonlyMap<number, number> = new Map()
  #labels: Features<unknown> = NOTHING
  #pulses: Features<unknown> = NOTHING
  #badges: Features<unknown> = NOTHING
  #areas: Features<unknown> = NOTHING
  #cellsAt = -1

  /** Throws where the browser gives no WebGL. */
  constructor(drawing: Drawing, listeners: Listeners) {
    const { city, view } = drawing
    this.#city = city
    this.#look = { ...drawing, many: city.bare > MANY_POINTS }
    this.#map = new MapLibre({
      container: drawing.container,
      style: cityStyle(city, drawing.base, this.#look),
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
    this.#states = new BuildingStates(this.#map, city)
    this.#map.touchZoomRotate.disableRotation()
    this.#map.keyboard.disableRotation()
    // Also after a lost graphics context, when MapLibre builds the style anew and forgets states.
    this.#map.on('style.load', () => this.#dress())
    this.#map.on('webglcontextrestored', () => this.#dress())
    this.#map.on('zoomend', () => this.#drawCells(false))
    this.#map.on('moveend', () => listeners.moved(this.view()))
    if (drawing.interactive)
      listenToPointer(this.#map, {
        ...listeners,
        onCells: () => this.#zoomedToCells(),
        hovered: (key) => this.#states.hover(key),
      })
  }

  view(): View {
    const { lng, lat } = this.#map.getCenter()
    return { lon: lng, lat, zoom: this.#map.getZoom() }
  }

  /** Called back once, when the first buildings stand; names and far corners may come a moment later. */
  whenDrawn(listener: () => void) {
    const source = this.#city.bare > 0 ? 'points' : 'outlines'
    const heard = ({ sourceId, tile }: MapSourceDataEvent) => {
      if (sourceId !== source || !tile) return
      this.#map.off('sourcedata', heard)
      this.#map.once('render', listener)
    }
    // An empty city has no tiles to wait for.
    if (this.#city.keys.length === 0) this.#map.once('load', listener)
    else this.#map.on('sourcedata', heard)
  }

  /** New colours or sizes; geometry and states stay. */
  setLook(look: Omit<Look, 'many'>) {
    this.#look = { ...look, many: this.#look.many }
    if (isReady(this.#map)) {
      for (const layer of cityLayers(this.#look)) {
        // Object.entries forgets which properties a layer may have.
        for (const [property, value] of Object.entries(layer.paint ?? {}))
          this.#map.setPaintProperty(layer.id, property as 'fill-color', value, UNCHECKED)
        for (const [property, value] of Object.entries(layer.layout ?? {}))
          this.#map.setLayoutProperty(layer.id, property as 'visibility', value, UNCHECKED)
        if (layer.type === 'circle')
          this.#map.setLayerZoomRange(layer.id, layer.minzoom ?? 0, layer.maxzoom ?? 24)
      }
      this.#addImages()
      this.#drawCells(true)
    }
  }

  /** Class of each building; a building that is not in the map takes the quiet class. Only differences are told to MapLibre. */
  setStates(states: ReadonlyMap<number, number>, values: ReadonlyMap<number, number>) {
    this.#states.setClasses(states)
    this.#values = values
    this.#drawCells(true)
  }

  setLabels(labels: Features<unknown>) {
    this.#labels = labels
    this.#put('district-labels', labels)
  }

  setBadges(badges: readonly Badge[]) {
    this.#badges = placed(badges, ({ text }) => ({ text }))
    this.#put('badges', this.#badges)
  }

  setAreas(areas: readonly Area[]) {
    this.#areas = areaFeatures(areas)
    this.#put('areas', this.#areas)
  }

  /** Places where a request has just arrived; strength 1 is now, 0 is gone. */
  setPulses(pulses: readonly Pulse[]) {
    this.#pulses = placed(
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
    this.#states.select(key)
  }

  /** Brings a building into sight; a picture that shows it already stays as it is. */
  show(key: number) {
    const i = this.#city.at.get(key)
    if (i === undefined) return
    const centre: [number, number] = [this.#city.lon[i] ?? 0, this.#city.lat[i] ?? 0]
    const zoom = this.#map.getZoom()
    const readable = this.#look.many ? 15 : 13
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

  /** Shows these buildings and not much more; where none has a place, the picture stays. */
  frame(keys: readonly number[]) {
    const bounds = boundsOf(this.#city, keys)
    if (bounds) this.#map.fitBounds(bounds, { padding: 2 * MARGIN, maxZoom: 15.5, duration: 0 })
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

  #dress() {
    if (!isReady(this.#map)) return
    this.#addImages()
    this.#states.tellAgain()
    this.#put('district-labels', this.#labels)
    this.#put('pulses', this.#pulses)
    this.#put('badges', this.#badges)
    this.#put('areas', this.#areas)
    this.#drawCells(true)
  }

  #addImages() {
    const image = landmarkImage(this.#look.palette)
    if (this.#map.hasImage('landmark')) this.#map.updateImage('landmark', image)
    else this.#map.addImage('landmark', image, { pixelRatio: 2 })
  }

  #put(source: string, data: Features<unknown>) {
    if (!isReady(this.#map)) return
    this.#map.getSource<GeoJSONSource>(source)?.setData(data as never)
  }

  /** Points are too small to be chosen while cells stand for them. */
  #zoomedToCells() {
    return this.#map.getZoom() < cellsBelow(this.#look)
  }

  /** Cells change with whole zoom levels and with the values, and only where there are too many points to see. */
  #drawCells(changed: boolean) {
    if (!isReady(this.#map) || !this.#zoomedToCells()) return
    const zoom = this.#map.getZoom()
    const level = Math.floor(zoom)
    if (!changed && level === this.#cellsAt) return
    this.#cellsAt = level
    this.#put('cells', cellFeatures(cellsOf(this.#city, this.#values, level)))
  }
}
