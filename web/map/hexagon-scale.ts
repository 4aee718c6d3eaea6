import type { Colour } from '#web/ui/theme.ts'
import { CLASSES, type MapClass, type Scale } from './layers.ts'

/** What the shades of hexagons mean while they stand for buildings. */
export interface CellScale {
  /** The value of the full shade; 0 = there is nothing to tell. */
  most: number
  /** A rate: what is above the full shade has it too. */
  isRate: boolean
}

export const isSameScale = (a: CellScale | null, b: CellScale | null) =>
  a?.most === b?.most && a?.isRate === b?.isRate

/** Colours of more and of fewer than none. */
export function cellColours(classes: readonly MapClass[]): { more: Colour; fewer: Colour } {
  // A sum of emergencies is not one past its limit: the ringed class lends no colour.
  const strong = classes.findLast((item) => !item.quiet && !item.ring)
  const more = strong?.colour === 'map-land' ? strong.stroke : strong?.colour
  const fewer = classes.find(({ colour }) => colour.startsWith('better'))?.stroke
  return { more: more ?? 'volume-4', fewer: fewer ?? 'better-3' }
}

/** Of a hexagon by its share of the full shade, from nothing told to all. */
export const OPACITY = { none: 0.35, least: 0.2, range: 0.75 } as const

/** From 0 to 1: areas are compared, and so a quarter of the value has half the shade. */
export const shadeOf = (value: number, most: number) =>
  most === 0 ? 0 : Math.min(1, Math.round(50 * Math.sqrt(Math.abs(value) / most)) / 50)

export interface CellStep {
  value: number
  colour: Colour
  opacity: number
}

/** Values of the legend from least to most with the colours that the map gives them. */
export function cellSteps(scale: Scale, { most, isRate }: CellScale): CellStep[] {
  const classes = CLASSES[scale]
  const { more, fewer } = cellColours(classes)
  const isSigned = classes.some(({ colour }) => colour.startsWith('better'))
  const values = [1 / 4, 1 / 2, 1].map((share) => (isRate ? share * most : Math.ceil(share * most)))
  const above = [...new Set(values)].filter((value) => value > 0)
  const below = isSigned ? above.map((value) => -value).reverse() : []
  return [...below, 0, ...above].map((value) => ({
    value,
    colour: value === 0 ? 'map-building' : value < 0 ? fewer : more,
    opacity: value === 0 ? OPACITY.none : OPACITY.least + OPACITY.range * shadeOf(value, most),
  }))
}
