import type { Map as MapLibre } from 'maplibre-gl'
import { type Classes, eachChange, NO_CLASSES } from './classes.ts'
import type { City } from './geometry.ts'

/** After a lost graphics context there is no style for a while, which MapLibre's types do not know. */
export const isReady = (map: MapLibre) => Boolean(map.style?._loaded)

/** Feature states of buildings: MapLibre is told only of differences, and everything again when its style is built anew. */
export class BuildingStates {
  readonly #map: MapLibre
  #city: City
  #classes = NO_CLASSES
  #held: ReadonlySet<number> = new Set()
  #selected: number | null = null
  #hovered: number | null = null

  constructor(map: MapLibre, city: City) {
    this.#map = map
    this.#city = city
  }

  setCity(city: City) {
    this.#city = city
    this.tellAgain()
  }

  setClasses(classes: Classes) {
    const was = this.#classes
    this.#classes = classes
    eachChange(was, classes, (key, place) => {
      if (place > 0) this.#set(key, { class: place - 1 })
      else this.#forget(key, 'class')
    })
  }

  /** Houses of one company. */
  setHeld(held: ReadonlySet<number>) {
    const was = this.#held
    this.#held = held
    for (const key of was) if (!held.has(key)) this.#forget(key, 'held')
    for (const key of held) if (!was.has(key)) this.#set(key, { held: true })
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
    eachChange(NO_CLASSES, this.#classes, (key, place) => this.#set(key, { class: place - 1 }))
    for (const key of this.#held) this.#set(key, { held: true })
    if (this.#selected !== null) this.#set(this.#selected, { selected: true })
  }

  #layersOf(key: number): readonly string[] {
    const i = this.#city.at.get(key)
    if (i === undefined || !isReady(this.#map)) return NOWHERE
    return this.#city.outlined[i] ? OUTLINED : BARE
  }

  #set(key: number, state: Record<string, unknown>) {
    for (const sourceLayer of this.#layersOf(key))
      this.#map.setFeatureState({ source: 'buildings', sourceLayer, id: key }, state)
  }

  #forget(key: number, flag: string) {
    for (const sourceLayer of this.#layersOf(key))
      this.#map.removeFeatureState({ source: 'buildings', sourceLayer, id: key }, flag)
  }
}

const OUTLINED = ['outlines', 'points']
const BARE = ['points']
const NOWHERE: readonly string[] = []
