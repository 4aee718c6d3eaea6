import type { Map as MapLibre, VectorTileSource } from 'maplibre-gl'
import { type Area, areaFeatures } from './areas.ts'
import { BuildingStates, isReady } from './building-states.ts'
import { Camera } from './camera.ts'
import type { Classes } from './classes.ts'
import { watchContext } from './context-loss.ts'
import {
  type Badge,
  bareOf,
  type Drawing,
  type GivenLook,
  type Listeners,
  lookOf,
} from './drawing.ts'
import { boundsOf, type City, districtOutlines, type Features, standingIn } from './geometry.ts'
import type { GroundLayers } from './ground-archive.ts'
import { GroundDrawing } from './ground-drawing.ts'
import { HexagonDrawing } from './hexagon-drawing.ts'
import { type CellScale, isSameScale } from './hexagon-scale.ts'
import type { Told } from './hexagons.ts'
import type { Look } from './look.ts'
import { makeMap, onceDrawn, pictureOf } from './make-map.ts'
import { MapSources } from './map-sources.ts'
import { badgeFeatures, type Mark, markFeatures } from './marks.ts'
import { listenToPointer } from './pointer.ts'
import { PulseLayer } from './pulse-layer.ts'
import { putImages, repaint } from './repaint.ts'
import { cityLayers, NOTHING, tilesOf } from './style.ts'
import type { Pulse } from './use-pulses.ts'

/** Owns the only MapLibre map. Buildings are tiles of the server; everything that changes is feature state or a handful of points. */
export class CityMapDrawing {
  readonly camera: Camera
  readonly #map: MapLibre
  readonly #states: BuildingStates
  readonly #hexagons: HexagonDrawing
  readonly #sources: MapSources
  readonly #ground: GroundDrawing
  readonly #pulses: PulseLayer
  /** What was told of the hexagons last; null = they are not shown. */
  #cells: CellScale | null | undefined
  #city: City
  #given: GivenLook
  #look: Look
  readonly #stopWaiting: () => void
  /** Let go of at the end: whoever hears may know of the drawing before, and so of all before it. */
  #heard: Listeners | null

  /** Throws where the browser gives no WebGL. */
  constructor(drawing: Drawing, listeners: Listeners) {
    const { city, view } = drawing
    this.#city = city
    this.#heard = listeners
    this.#given = drawing.look
    this.#look = lookOf(drawing.look, city, false)
    this.#pulses = new PulseLayer(this.#look)
    const base = drawing.base ?? NOTHING
    this.#map = makeMap(drawing, base, this.#look)
    this.#sources = new MapSources(this.#map, () => cityLayers(this.#look))
    this.#sources.began('base', base)
    this.#ground = new GroundDrawing(this.#map, this.#sources)
    this.#states = new BuildingStates(this.#map, city)
    this.#hexagons = new HexagonDrawing(this.#map, city)
    this.camera = new Camera(this.#map)
    if (!view && city.bounds) this.camera.keepWhole(city.bounds)
    // Also after a lost graphics context, when MapLibre builds the style anew and forgets states.
    let first = true
    this.#map.on('style.load', () => {
      if (!first) this.#sources.forget()
      first = false
      this.#dress()
    })
    this.#stopWaiting = watchContext(this.#map, {
      restored: () => this.#dress(),
      lost: () => this.#heard?.lost(),
    })
    this.#map.on('zoomend', () => this.#drawHexagons())
    this.#map.on('moveend', () => {
      if (!this.camera.isQuiet) this.#heard?.moved(this.camera.view())
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

  /** Called back once, when the first buildings stand; names and far corners may come a moment later. */
  whenDrawn(listener: () => void) {
    // An empty city has no tiles to wait for.
    const isEmpty = this.#city.keys.length === 0
    onceDrawn(
      this.#map,
      isEmpty ? null : () => (this.#zoomedToHexagons() ? 'hexagons' : 'buildings'),
      listener,
    )
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
    this.#sources.put('districts', districtOutlines(city))
    if (isAlike) this.#drawHexagons()
    else this.#draw(this.#look)
  }

  /** A map archive that lies under everything; its layers come and go whole. */
  setGround(ground: GroundLayers | null) {
    this.#ground.set(ground, this.#look)
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
    repaint(this.#map, [...cityLayers(look), ...this.#ground.layers(look)])
    putImages(this.#map, this.#look.palette)
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
    this.#sources.put('marks', markFeatures(this.#city, marks))
  }

  setLabels(labels: Features<unknown>) {
    // Names and their places are laid out anew: not for the same words.
    const told = this.#sources.of('district-labels')
    if (JSON.stringify(labels) !== JSON.stringify(told))
      this.#sources.put('district-labels', labels)
  }

  setBadges(badges: readonly Badge[]) {
    this.#sources.put('badges', badgeFeatures(badges))
  }

  setAreas(areas: readonly Area[]) {
    this.#sources.put('areas', areaFeatures(areas))
  }

  /** Places where a request has just arrived; strength 1 is now, 0 is gone. */
  setPulses(pulses: readonly Pulse[]) {
    this.#pulses.setPulses(standingIn(this.#city, pulses))
    this.#addPulses()
  }

  /** The base map in another language. */
  setBase(base: Features<unknown> | null) {
    this.#sources.put('base', base ?? NOTHING)
  }

  select(key: number | null) {
    this.#states.select(key)
  }

  /** Brings a building into sight; a picture that shows it already stays as it is. */
  show(key: number) {
    const [place] = standingIn(this.#city, [{ key }])
    if (!place) return
    const readable =
      this.#look.bare === 'many' ? 15 : Math.max(13, Math.ceil(this.#look.hexagonsBelow))
    this.camera.show(place, readable)
  }

  showAll() {
    if (this.#city.bounds) this.camera.showWhole(this.#city.bounds)
  }

  /** Shows these buildings and not much more; where none has a place, the picture stays. */
  frame(keys: readonly number[]) {
    const bounds = boundsOf(this.#city, keys)
    if (bounds) this.camera.showClose(bounds)
  }

  /** A copy of what is drawn. */
  picture(): Promise<HTMLCanvasElement> {
    return pictureOf(this.#map)
  }

  destroy() {
    this.#heard = null
    this.#stopWaiting()
    this.#map.remove()
  }

  #dress() {
    if (!isReady(this.#map)) return
    putImages(this.#map, this.#look.palette)
    this.#ground.add(this.#look)
    this.#states.tellAgain()
    this.#sources.putAll()
    this.#addPulses()
    this.#hexagons.forget()
    this.#drawHexagons()
  }

  #addPulses() {
    if (this.#pulses.isEmpty || !isReady(this.#map) || this.#map.getLayer('pulse')) return
    this.#map.addLayer(this.#pulses, this.#map.getLayer('badge') ? 'badge' : undefined)
  }

  /** Buildings are too small to be chosen while hexagons stand for them. */
  #zoomedToHexagons() {
    return this.#map.getZoom() < this.#look.hexagonsBelow
  }

  #drawHexagons() {
    const cells = this.#zoomedToHexagons() ? this.#hexagons.draw() : null
    if (this.#cells !== undefined && isSameScale(cells, this.#cells)) return
    this.#cells = cells
    this.#heard?.cells(cells)
  }
}
