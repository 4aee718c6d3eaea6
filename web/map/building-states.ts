import type { Map as MapLibre } from 'maplibre-gl'
import type { City } from './geometry.ts'

/** After a lost graphics context there is no style for a while, which MapLibre's types do not know. */
export const isReady = (map: MapLibre) => Boolean(map.style?._loaded)

/** Feature states of buildings: MapLibre is told only of differences, and everything again when its style is built anew. */
export class BuildingStates {
  readonly #map: MapLibre
  readonly #city: City
  #classes: ReadonlyMap<number, number> = new Map()
  #selected: number | null = null
  #hovered: number | null = null

  constructor(map: MapLibre, city: City) {
    this.#map = map
    this.#city = city
  }

  setClasses(classes: ReadonlyMap<number, number>) {
    const was = this.#classes
    this.#classes = classes
    for (const key of was.keys()) if (!classes.has(key)) this.#forget(key, 'class')
    for (const [key, position] of classes)
      if (was.get(key) !== position) this.#set(key, { class: position })
  }

  select(key: number | null) {
    if (key === this.#selected) return
    if (this.#selected !== null) this.#forget(this.#selected, 'selected')
    this.#selected = key
    if (key !== null) this.#set(key, { selected: true })
  }

  hover(key: number | null) {
    if (key === this.#hovered) return
    if (this.#hovered !== null) this.#forget(this.#hovered, 'hovered')
    this.#hovered = key
    if (key !== null) this.#set(key, { hovered: true })
  }

  tellAgain() {
    for (const [key, position] of this.#classes) this.#set(key, { class: position })
    if (this.#selected !== null) this.#set(this.#selected, { selected: true })
  }

  #sourcesOf(key: number): string[] {
    const i = this.#city.at.get(key)
    if (i === undefined || !isReady(this.#map)) return []
    return this.#city.outlined[i] ? ['outlines', 'points'] : ['points']
  }

  #set(key: number, state: Record<string, unknown>) {
    for (const source of this.#sourcesOf(key)) this.#map.setFeatureState({ source, id: key }, state)
  }

  #forget(key: number, flag: string) {
    for (const source of this.#sourcesOf(key))
      this.#map.removeFeatureState({ source, id: key }, flag)
  }
}
