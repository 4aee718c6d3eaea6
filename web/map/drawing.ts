import type { City, Features } from './geometry.ts'
import type { CellScale } from './hexagon-scale.ts'
import { hexagonsBelow } from './hexagons.ts'
import type { Look } from './look.ts'
import type { Pointed } from './pointer.ts'

export interface View {
  lon: number
  lat: number
  zoom: number
}
/** A number standing on the map. */
export interface Badge {
  id: number
  lon: number
  lat: number
  text: string
}
/** What the page says of the look; the rest follows from the city. */
export type GivenLook = Omit<Look, 'bare' | 'held' | 'hexagonsBelow'> & {
  /** Hexagons may stand for buildings where those are too close to be told apart. */
  hexagons: boolean
}
export interface Drawing {
  look: GivenLook
  container: HTMLElement
  city: City
  base: Features<unknown> | null
  view: View | null
  interactive: boolean
  reducedMotion: boolean
}
export interface Listeners {
  /** A building was chosen; null = the ground was. */
  chosen: (key: number | null) => void
  /** The pointer rests on a building, at a place of the container. */
  pointed: (what: Pointed | null, x: number, y: number) => void
  moved: (view: View) => void
  /** Hexagons with such shades stand for buildings from now on; null = none do. */
  cells: (cells: CellScale | null) => void
  /** The graphics context was lost and not given back: this drawing is to be destroyed, and another made. */
  lost: () => void
}

/** Above this number of buildings without an outline, one colour stands for all quiet ones at low zoom. */
const MANY_POINTS = 3000
export const bareOf = ({ bare }: Pick<City, 'bare'>): Look['bare'] =>
  bare > MANY_POINTS ? 'many' : bare > 0 ? 'some' : 'none'

export const lookOf = ({ hexagons, ...look }: GivenLook, city: City, held: boolean): Look => ({
  ...look,
  bare: bareOf(city),
  held,
  hexagonsBelow: hexagons ? hexagonsBelow(city) : 0,
})
