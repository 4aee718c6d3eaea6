import type { FitBoundsOptions, LngLatBoundsLike, Map as MapLibre } from 'maplibre-gl'

/** What the map was drawn around; it is drawn around it again in another room, until a person moves the map. */
export class Fit {
  readonly #map: MapLibre
  #around: { bounds: LngLatBoundsLike; options: FitBoundsOptions } | null = null
  #quiet = false

  constructor(map: MapLibre) {
    this.#map = map
    map.on('movestart', ({ originalEvent }) => {
      if (originalEvent) this.letGo()
    })
  }

  /** The map moves because its room did: nobody chose that view. */
  get isQuiet() {
    return this.#quiet
  }

  keep(bounds: LngLatBoundsLike, options: FitBoundsOptions) {
    this.#around = { bounds, options }
  }

  letGo() {
    this.#around = null
  }

  resize() {
    this.#quiet = this.#around !== null
    this.#map.resize()
    const { clientWidth, clientHeight } = this.#map.getContainer()
    // A map that is folded away has no room to be drawn in.
    if (this.#around && Math.min(clientWidth, clientHeight) > LEAST)
      this.#map.fitBounds(this.#around.bounds, {
        ...this.#around.options,
        linear: true,
        animate: false,
      })
    this.#quiet = false
    // A canvas of another size is empty until it is drawn.
    this.#map.redraw()
  }
}

/** Pixels; less than this is margin. */
const LEAST = 120
