import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl'
import { isReady } from './building-states.ts'
import type { City } from './geometry.ts'
import type { CellScale } from './hexagon-scale.ts'
import { type Hexagons, hexagonsOf, mostOf, shadesOf, type Told, toldBy } from './hexagons.ts'

const NO_SUMS = new Float64Array()
const NOTHING_TOLD: Told = { keys: [], values: () => NO_SUMS }

/** Hexagons on the map: their shapes change with whole zoom levels only, their sums are feature states. */
export class HexagonDrawing {
  readonly #map: MapLibre
  #city: City
  #told = NOTHING_TOLD
  #hexagons: Hexagons | null = null
  #sums: Float64Array = NO_SUMS
  /** As the map was told them. */
  #shares: Float64Array = NO_SUMS

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

  tell(told: Told) {
    this.#told = told
  }

  /** Another style knows nothing of what the one before was told. */
  forget() {
    this.#hexagons = null
  }

  /** To be called when the zoom or the values have changed, while hexagons are shown; tells what their shades mean. */
  draw(): CellScale {
    const { per } = this.#told
    if (!isReady(this.#map)) return { most: 0, isRate: per !== undefined }
    const level = Math.floor(this.#map.getZoom())
    if (this.#hexagons?.level !== level) {
      this.#hexagons = hexagonsOf(this.#city, level)
      this.#shares = new Float64Array(this.#hexagons.buildings.length)
      this.#map.removeFeatureState({ source: 'hexagons' })
      this.#map.getSource<GeoJSONSource>('hexagons')?.setData(this.#hexagons.features as never)
    }
    this.#sums = toldBy(this.#hexagons, this.#city, this.#told)
    const most = per?.full ?? mostOf(this.#sums)
    const shares = shadesOf(this.#sums, most)
    for (const [id, share] of shares.entries())
      if (this.#shares[id] !== share)
        this.#map.setFeatureState({ source: 'hexagons', id }, { share })
    this.#shares = shares
    return { most, isRate: per !== undefined }
  }
}
