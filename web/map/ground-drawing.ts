import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl'
import { isReady } from './building-states.ts'
import type { GroundLayers } from './ground-archive.ts'
import type { Look } from './look.ts'
import type { MapSources } from './map-sources.ts'
import { cityLayers } from './style.ts'

/** A map archive that lies under everything; its layers come and go whole. */
export class GroundDrawing {
  readonly #map: MapLibre
  readonly #sources: MapSources
  #ground: GroundLayers | null = null

  constructor(map: MapLibre, sources: MapSources) {
    this.#map = map
    this.#sources = sources
  }

  set(ground: GroundLayers | null, look: Look) {
    this.#remove(look)
    this.#ground = ground
    this.add(look)
  }

  layers(look: Look): readonly LayerSpecification[] {
    return this.#ground?.layers(look) ?? []
  }

  add(look: Look) {
    if (!this.#ground || !isReady(this.#map) || this.#map.getSource('ground')) return
    this.#map.addSource('ground', this.#ground.source)
    // Right above the bare land.
    const above = this.#sources.lowestOf(cityLayers(look).slice(1))
    for (const layer of this.layers(look)) this.#map.addLayer(layer, above)
  }

  #remove(look: Look) {
    if (!this.#ground || !isReady(this.#map)) return
    for (const { id } of this.layers(look)) if (this.#map.getLayer(id)) this.#map.removeLayer(id)
    if (this.#map.getSource('ground')) this.#map.removeSource('ground')
  }
}
