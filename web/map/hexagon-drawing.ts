import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { isReady } from './building-states.ts'
import type { City } from './geometry.ts'
import { type Hexagons, hexagonsOf, sumsOf } from './hexagons.ts'

const NO_SUMS = new Float64Array()

/** Hexagons on the map: their shapes change with whole zoom levels only, their sums are feature states. */
export class HexagonDrawing {
  readonly #map: MapLibre
  #city: City
  #values: ReadonlyMap<number, number> = new Map()
  #hexagons: Hexagons | null = null
  #sums: Float64Array = NO_SUMS
  #shares: number[] = []

  constructor(map: MapLibre, city: City) {
    this.#map = map
    this.#city = city
  }

  /** What the hexagon at a position stands for. */
  at(position: number): { sum: number; buildings: number } {
    return {
      sum: this.#sums[position] ?? 0,
      buildings: this.#hexagons?.buildings[position] ?? 0,
    }
  }

  setCity(city: City) {
    this.#city = city
    this.#hexagons = null
  }

  setValues(values: ReadonlyMap<number, number>) {
    this.#values = values
  }

  /** Another style knows nothing of what the one before was told. */
  forget() {
    this.#hexagons = null
  }

  /** To be called when the zoom or the values have changed, while hexagons are shown. */
  draw() {
    if (!isReady(this.#map)) return
    const level = Math.floor(this.#map.getZoom())
    if (this.#hexagons?.level !== level) {
      this.#hexagons = hexagonsOf(this.#city, level)
      this.#shares = []
      this.#map.removeFeatureState({ source: 'hexagons' })
      this.#map.getSource<GeoJSONSource>('hexagons')?.setData(this.#hexagons.features as never)
    }
    this.#sums = sumsOf(this.#hexagons, this.#city, this.#values)
    const most = this.#sums.reduce((max, sum) => Math.max(max, sum), 0)
    // Steps of a fiftieth: a sum that moves by one does not repaint the city.
    this.#sums.forEach((sum, id) => {
      const share = sum > 0 ? Math.max(0.02, Math.round(50 * Math.sqrt(sum / most)) / 50) : 0
      if ((this.#shares[id] ?? 0) === share) return
      this.#shares[id] = share
      this.#map.setFeatureState({ source: 'hexagons', id }, { share })
    })
  }
}
