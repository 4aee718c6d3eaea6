import type { GeoJSONSource, LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { isReady } from './building-states.ts'
import type { Features } from './geometry.ts'
import { geojson, layersOn, NOTHING } from './style.ts'

/** Sources of a handful of shapes: one is added with its layers when it first holds something, and told only what differs. */
export class MapSources {
  readonly #map: MapLibre
  /** All layers of the look as it is now. */
  readonly #layers: () => readonly LayerSpecification[]
  readonly #data = new Map<string, Features<unknown>>()
  /** What the style was told of each: told again, the same would be read again. Another style knows nothing of it. */
  readonly #held = new Map<string, Features<unknown>>()

  constructor(map: MapLibre, layers: () => readonly LayerSpecification[]) {
    this.#map = map
    this.#layers = layers
  }

  /** What the style was made with. */
  began(source: string, data: Features<unknown>) {
    this.#data.set(source, data)
    this.#held.set(source, data)
  }

  of(source: string): Features<unknown> {
    return this.#data.get(source) ?? NOTHING
  }

  put(source: string, data: Features<unknown>) {
    this.#data.set(source, data)
    if (!isReady(this.#map)) return
    const held = data.features.length > 0 ? data : NOTHING
    if (this.#held.get(source) === held) return
    this.#held.set(source, held)
    const known = this.#map.getSource<GeoJSONSource>(source)
    if (known) known.setData(held as never)
    else if (held !== NOTHING) this.#add(source, held)
  }

  putAll() {
    for (const [source, data] of this.#data) this.put(source, data)
  }

  forget() {
    this.#held.clear()
  }

  /** The first of these layers that is on the map; pulses are right below the badges. */
  lowestOf(layers: readonly LayerSpecification[]) {
    return layers
      .flatMap(({ id }) => (id === 'badge' ? ['pulse', id] : id))
      .find((id) => this.#map.getLayer(id))
  }

  #add(source: string, data: Features<unknown>) {
    this.#map.addSource(source, geojson(data))
    for (const { layer, above } of layersOn(source, this.#layers()))
      this.#map.addLayer(layer, this.lowestOf(above))
  }
}
