import type { FitBoundsOptions, LngLatBoundsLike, Map as MapLibre } from 'maplibre-gl'

/** What the map was drawn around; it is drawn around it again in another room, until a person moves the map. */
export class Fit {
  readonly #map: MapLibre
  #around: { bounds: LngLatBoundsLike; options: FitBoundsOptions } | null = null
  #quiet = false
  #room: readonly [number, number]

  constructor(map: MapLibre) {
    this.#map = map
    this.#room = roomOf(map)
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
    const [width, height] = roomOf(this.#map)
    // Whoever begins to watch a room is told of it at once.
    if (width === this.#room[0] && height === this.#room[1]) return
    this.#room = [width, height]
    this.#quiet = this.#around !== null
    this.#map.resize()
    // A map that is folded away has no room to be drawn in.
    if (this.#around && Math.min(width, height) > LEAST)
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

const roomOf = (map: MapLibre) => {
  const { clientWidth, clientHeight } = map.getContainer()
  return [clientWidth, clientHeight] as const
}
