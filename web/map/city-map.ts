import 'maplibre-gl/dist/maplibre-gl.css'
import {
  type GeoJSONSource,
  getGlobalDispatcher,
  type LayerSpecification,
  Map as MapLibre,
  type MapSourceDataEvent,
  setWorkerUrl,
  type VectorTileSource,
} from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url'
import { type Area, areaFeatures } from './areas.ts'
import { BuildingStates, isReady } from './building-states.ts'
import type { Classes } from './classes.ts'
import {
  type Badge,
  bareOf,
  type Drawing,
  type GivenLook,
  type Listeners,
  lookOf,
  type View,
} from './drawing.ts'
import { Fit } from './fit.ts'
import { boundsOf, type City, districtOutlines, type Features } from './geometry.ts'
import type { GroundLayers } from './ground-archive.ts'
import { HexagonDrawing } from './hexagon-drawing.ts'
import type { CellScale } from './hexagon-scale.ts'
import type { Told } from './hexagons.ts'
import { IMAGES, imageOf } from './images.ts'
import type { Look } from './look.ts'
import { type Mark, placed } from './marks.ts'
import { listenToPointer } from './pointer.ts'
import { PulseLayer } from './pulse-layer.ts'
import { cityLayers, cityStyle, geojson, layersOn, NOTHING, tilesOf } from './style.ts'
import type { Pulse } from './use-pulses.ts'

setWorkerUrl(workerUrl)
// A ping starts the worker while the page still asks for the city.
getGlobalDispatcher()
  .broadcast('PI', undefined)
  .catch(() => {})

/** The layers come from code that tests check against the specification. */
const UNCHECKED = { validate: false }
/** A browser that does not give a lost context back within so long is asked for another. */
const GIVEN_BACK_MS = 5000
/** Room around the city, in pixels. */
const MARGIN = 24
const WHOLE = { padding: MARGIN, maxZoom: 16 }
const CLOSE = { padding: 2 * MARGIN, maxZoom: 15.5 }

/** Owns the only MapLibre map. Buildings are tiles of the server; everything that changes is feature state or a handful of points. */
export class CityMapDrawing {
  readonly #map: MapLibre
  readonly #states: BuildingStates
  readonly #hexagons: HexagonDrawing
  readonly #fit: Fit
  readonly #pulses: PulseLayer
  /** What was told of the hexagons last; null = they are not shown. */
  #cells: CellScale | null | undefined
  #city: City
  #given: GivenLook
  #look: Look
  #ground: GroundLayers | null = null
  #labels: Features<unknown> = NOTHING
  #badges: Features<unknown> = NOTHING
  #areas: Features<unknown> = NOTHING
  #marks: Features<unknown> = NOTHING
  #lost: ReturnType<typeof setTimeout> | undefined
  #base: Features<unknown>
  /** What each source holds: told again, the same would be read again. Another style knows nothing of it. */
  #held: Map<string, Features<unknown>>
  /** Let go of at the end: whoever hears may know of the drawing before, and so of all before it. */
  #heard: Listeners | null

  /** Throws where the browser gives no WebGL. */
  constructor(drawing: Drawing, listeners: Listeners) {
    const { city, view } = drawing
    this.#city = city
    this.#heard = listeners
    this.#base = drawing.base ?? NOTHING
    this.#held = new Map([['base', this.#base]])
    this.#given = drawing.look
    this.#look = lookOf(drawing.look, city, false)
    this.#pulses = new PulseLayer(this.#look)
    this.#map = new MapLibre({
      container: drawing.container,
      style: cityStyle(city, this.#base, this.#look),
      interactive: drawing.interactive,
      attributionControl: false,
      fadeDuration: 0,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      maxPitch: 0,
      // Whoever made the drawing tells it of its room.
      trackResize: false,
      minZoom: 7,
      maxZoom: 19,
      reduceMotion: drawing.reducedMotion,
      renderWorldCopies: false,
      validateStyle: false,
      ...(view
        ? { center: [view.lon, view.lat], zoom: view.zoom }
        : city.bounds
          ? { bounds: city.bounds, fitBoundsOptions: WHOLE }
          : {}),
    })
    this.#states = new BuildingStates(this.#map, city)
    this.#hexagons = new HexagonDrawing(this.#map, city)
    this.#fit = new Fit(this.#map)
    if (!view && city.bounds) this.#fit.keep(city.bounds, WHOLE)
    this.#map.touchZoomRotate.disableRotation()
    this.#map.keyboard.disableRotation()
    // Also after a lost graphics context, when MapLibre builds the style anew and forgets states.
    let first = true
    this.#map.on('style.load', () => {
      if (!first) this.#held.clear()
      first = false
      this.#dress()
    })
    this.#map.on('webglcontextlost', () => {
      clearTimeout(this.#lost)
      this.#lost = setTimeout(() => this.#heard?.lost(), GIVEN_BACK_MS)
    })
    this.#map.on('webglcontextrestored', () => {
      clearTimeout(this.#lost)
      this.#dress()
      // MapLibre waits once for a context that cannot be made, at each that is made: this lets the waiting ones go.
      this.#map.getCanvas().dispatchEvent(new Event('webglcontextcreationerror'))
    })
    this.#map.on('zoomend', () => this.#drawHexagons())
    this.#map.on('moveend', () => {
      if (!this.#fit.isQuiet) this.#heard?.moved(this.view())
    })
    if (drawing.interactive)
      listenToPointer(this.#map, {
        chosen: (key) => this.#heard?.chosen(key),
        pointed: (what, x, y) => this.#heard?.pointed(what, x, y),
        hexagon: () =>
          this.#zoomedToHexagons() ? (position) => this.#hexagons.at(position) : null,
        hovered: (key) => this.#states.hover(key),
      })
  }

  view(): View {
    const { lng, lat } = this.#map.getCenter()
    return { lon: lng, lat, zoom: this.#map.getZoom() }
  }

  /** Called back once, when the first buildings stand; names and far corners may come a moment later. */
  whenDrawn(listener: () => void) {
    const heard = ({ sourceId, tile }: MapSourceDataEvent) => {
      if (!tile || sourceId !== (this.#zoomedToHexagons() ? 'hexagons' : 'buildings')) return
      this.#map.off('sourcedata', heard)
      this.#map.once('render', listener)
    }
    // An empty city has no tiles to wait for.
    if (this.#city.keys.length === 0) this.#map.once('load', listener)
    else this.#map.on('sourcedata', heard)
  }

  /** Other buildings, or other shapes of them; what is shown stays until the new tiles are there. */
  setCity(city: City) {
    const before = this.#city
    if (city === before) return
    this.#city = city
    this.#states.setCity(city)
    this.#hexagons.setCity(city)
    const bare = bareOf(city)
    const isAlike = bare === this.#look.bare
    this.#look = { ...this.#look, bare }
    if (!isReady(this.#map)) return
    if (before.tiles !== city.tiles)
      this.#map.getSource<VectorTileSource>('buildings')?.setTiles([tilesOf(city)])
    this.#put('districts', districtOutlines(city))
    if (isAlike) this.#drawHexagons()
    else this.#draw(this.#look)
  }

  /** A map archive that lies under everything; its layers come and go whole. */
  setGround(ground: GroundLayers | null) {
    this.#removeGround()
    this.#ground = ground
    this.#addGround()
  }

  /** New colours or sizes; geometry and states stay. */
  setLook(look: GivenLook) {
    if (look === this.#given) return
    this.#given = look
    this.#draw(lookOf(look, this.#city, this.#look.held))
  }

  #draw(look: Look) {
    this.#look = look
    this.#pulses.setLook(look)
    if (!isReady(this.#map)) return
    for (const layer of [...cityLayers(this.#look), ...(this.#ground?.layers(this.#look) ?? [])]) {
      if (!this.#map.getLayer(layer.id)) continue
      // Object.entries forgets which properties a layer may have.
      for (const [property, value] of Object.entries(layer.paint ?? {}))
        this.#map.setPaintProperty(layer.id, property as 'fill-color', value, UNCHECKED)
      for (const [property, value] of Object.entries(layer.layout ?? {}))
        this.#map.setLayoutProperty(layer.id, property as 'visibility', value, UNCHECKED)
    }
    this.#addImages()
    this.#drawHexagons()
  }

  /** Class of each building; a building that is not in the map takes the quiet class. Only differences are told to MapLibre. */
  setStates(classes: Classes, told: Told) {
    this.#states.setClasses(classes)
    this.#hexagons.tell(told)
    this.#drawHexagons()
  }

  /** Houses of one company, which get an edge. */
  setHeld(held: ReadonlySet<number>) {
    this.#states.setHeld(held)
    const some = held.size > 0
    if (some !== this.#look.held) this.#draw({ ...this.#look, held: some })
  }

  /** Shapes that stand on buildings. */
  setMarks(marks: readonly Mark[]) {
    this.#marks = placed(
      marks.flatMap(({ key, kind }) => {
        const place = this.#placeOf(key)
        return place ? [{ id: key, ...place, kind }] : []
      }),
      ({ kind }) => ({ kind }),
    )
    this.#put('marks', this.#marks)
  }

  setLabels(labels: Features<unknown>) {
    // Names and their places are laid out anew: not for the same words.
    if (JSON.stringify(labels) === JSON.stringify(this.#labels)) return
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
    this.#pulses.setPulses(
      pulses.flatMap(({ key, strength }) => {
        const place = this.#placeOf(key)
        return place ? [{ ...place, strength }] : []
      }),
    )
    this.#addPulses()
  }

  /** The base map in another language. */
  setBase(base: Features<unknown> | null) {
    if (base === this.#base) return
    this.#base = base ?? NOTHING
    this.#put('base', this.#base)
  }

  select(key: number | null) {
    this.#states.select(key)
  }

  /** Brings a building into sight; a picture that shows it already stays as it is. */
  show(key: number) {
    const place = this.#placeOf(key)
    if (!place) return
    const centre: [number, number] = [place.lon, place.lat]
    const zoom = this.#map.getZoom()
    const readable =
      this.#look.bare === 'many' ? 15 : Math.max(13, Math.ceil(this.#look.hexagonsBelow))
    if (this.#map.getBounds().contains(centre) && zoom >= readable) return
    this.#fit.letGo()
    this.#map.easeTo({ center: centre, zoom: Math.max(zoom, readable), duration: 180 })
  }

  goTo({ lon, lat, zoom }: View) {
    this.#fit.letGo()
    this.#map.jumpTo({ center: [lon, lat], zoom })
  }

  showAll() {
    const { bounds } = this.#city
    if (!bounds) return
    this.#fit.keep(bounds, WHOLE)
    this.#map.fitBounds(bounds, { ...WHOLE, duration: 180 })
  }

  /** Shows these buildings and not much more; where none has a place, the picture stays. */
  frame(keys: readonly number[]) {
    const bounds = boundsOf(this.#city, keys)
    if (!bounds) return
    this.#fit.keep(bounds, CLOSE)
    this.#map.fitBounds(bounds, { ...CLOSE, duration: 0 })
  }

  zoomBy(steps: number) {
    this.#fit.letGo()
    this.#map.zoomTo(this.#map.getZoom() + steps, { duration: 180 })
  }

  /** A copy of the picture as it stands; a canvas of graphics forgets its own after each frame. */
  picture(): Promise<HTMLCanvasElement> {
    return new Promise((resolve) => {
      this.#map.once('render', () => {
        const drawn = this.#map.getCanvas()
        const copy = document.createElement('canvas')
        copy.width = drawn.width
        copy.height = drawn.height
        copy.getContext('2d')?.drawImage(drawn, 0, 0)
        resolve(copy)
      })
      this.#map.triggerRepaint()
    })
  }

  resize() {
    this.#fit.resize()
  }

  destroy() {
    this.#heard = null
    clearTimeout(this.#lost)
    this.#map.remove()
  }

  #dress() {
    if (!isReady(this.#map)) return
    this.#addImages()
    this.#addGround()
    this.#states.tellAgain()
    this.#put('base', this.#base)
    this.#put('district-labels', this.#labels)
    this.#addPulses()
    this.#put('badges', this.#badges)
    this.#put('areas', this.#areas)
    this.#put('marks', this.#marks)
    this.#hexagons.forget()
    this.#drawHexagons()
  }

  #addImages() {
    for (const name of IMAGES) {
      const image = imageOf(name, this.#look.palette)
      if (this.#map.hasImage(name)) this.#map.updateImage(name, image)
      else this.#map.addImage(name, image, { pixelRatio: 2 })
    }
  }

  #addGround() {
    if (!this.#ground || !isReady(this.#map) || this.#map.getSource('ground')) return
    this.#map.addSource('ground', this.#ground.source)
    // Right above the bare land.
    const above = this.#lowestOf(cityLayers(this.#look).slice(1))
    for (const layer of this.#ground.layers(this.#look)) this.#map.addLayer(layer, above)
  }

  #addPulses() {
    if (this.#pulses.isEmpty || !isReady(this.#map) || this.#map.getLayer('pulse')) return
    this.#map.addLayer(this.#pulses, this.#map.getLayer('badge') ? 'badge' : undefined)
  }

  #removeGround() {
    if (!this.#ground || !isReady(this.#map)) return
    for (const { id } of this.#ground.layers(this.#look))
      if (this.#map.getLayer(id)) this.#map.removeLayer(id)
    if (this.#map.getSource('ground')) this.#map.removeSource('ground')
  }

  #placeOf(key: number) {
    const i = this.#city.at.get(key)
    return i === undefined ? null : { lon: this.#city.lon[i] ?? 0, lat: this.#city.lat[i] ?? 0 }
  }

  #put(source: string, data: Features<unknown>) {
    if (!isReady(this.#map)) return
    const held = data.features.length > 0 ? data : NOTHING
    if (this.#held.get(source) === held) return
    this.#held.set(source, held)
    const known = this.#map.getSource<GeoJSONSource>(source)
    if (known) known.setData(held as never)
    else if (held !== NOTHING) this.#add(source, held)
  }

  #add(source: string, data: Features<unknown>) {
    this.#map.addSource(source, geojson(data))
    for (const { layer, above } of layersOn(source, cityLayers(this.#look)))
      this.#map.addLayer(layer, this.#lowestOf(above))
  }

  /** The first of these layers that is on the map; pulses are right below the badges. */
  #lowestOf(layers: readonly LayerSpecification[]) {
    return layers
      .flatMap(({ id }) => (id === 'badge' ? ['pulse', id] : id))
      .find((id) => this.#map.getLayer(id))
  }

  /** Buildings are too small to be chosen while hexagons stand for them. */
  #zoomedToHexagons() {
    return this.#map.getZoom() < this.#look.hexagonsBelow
  }

  #drawHexagons() {
    const cells = this.#zoomedToHexagons() ? this.#hexagons.draw() : null
    if (this.#cells !== undefined && isSame(cells, this.#cells)) return
    this.#cells = cells
    this.#heard?.cells(cells)
  }
}

const isSame = (a: CellScale | null, b: CellScale | null) =>
  a?.most === b?.most && a?.isRate === b?.isRate
