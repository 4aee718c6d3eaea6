import type { Map as MapLibre } from 'maplibre-gl'
import type { View } from './drawing.ts'
import { Fit } from './fit.ts'
import type { City } from './geometry.ts'

/** Room around the city, in pixels. */
const MARGIN = 24
export const WHOLE = { padding: MARGIN, maxZoom: 16 }
const CLOSE = { padding: 2 * MARGIN, maxZoom: 15.5 }

type Bounds = NonNullable<City['bounds']>

/** Where the map looks: what it fits keeps fitting when its room changes, until somebody moves it. */
export class Camera {
  readonly #map: MapLibre
  readonly #fit: Fit

  constructor(map: MapLibre) {
    this.#map = map
    this.#fit = new Fit(map)
  }

  view(): View {
    const { lng, lat } = this.#map.getCenter()
    return { lon: lng, lat, zoom: this.#map.getZoom() }
  }

  /** What moves now is the room, not a hand. */
  get isQuiet() {
    return this.#fit.isQuiet
  }

  /** The map was made to show the whole city. */
  keepWhole(bounds: Bounds) {
    this.#fit.keep(bounds, WHOLE)
  }

  showWhole(bounds: Bounds) {
    this.#fit.keep(bounds, WHOLE)
    this.#map.fitBounds(bounds, { ...WHOLE, duration: 180 })
  }

  showClose(bounds: Bounds) {
    this.#fit.keep(bounds, CLOSE)
    this.#map.fitBounds(bounds, { ...CLOSE, duration: 0 })
  }

  /** Brings a place into sight; a picture that shows it already, at a zoom from which on it can be read, stays as it is. */
  show({ lon, lat }: { lon: number; lat: number }, readable: number) {
    const zoom = this.#map.getZoom()
    if (this.#map.getBounds().contains([lon, lat]) && zoom >= readable) return
    this.#fit.letGo()
    this.#map.easeTo({ center: [lon, lat], zoom: Math.max(zoom, readable), duration: 180 })
  }

  goTo({ lon, lat, zoom }: View) {
    this.#fit.letGo()
    this.#map.jumpTo({ center: [lon, lat], zoom })
  }

  zoomBy(steps: number) {
    this.#fit.letGo()
    this.#map.zoomTo(this.#map.getZoom() + steps, { duration: 180 })
  }

  resize() {
    this.#fit.resize()
  }
}
