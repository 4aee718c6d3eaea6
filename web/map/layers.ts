import { DEVIATIONS, type Deviation } from '#server/contract/geometry.ts'
import type { Colour } from '#web/ui/theme.ts'

export const MEASURES = ['open', 'overdue', 'emergency', 'intensity', 'deviation'] as const
export type Measure = (typeof MEASURES)[number]

/** What the map knows of one building. */
export interface BuildingState {
  open: number
  overdue: number
  emergency: number
  emergencyOverdue: number
  apartments: number | null
  deviation: Deviation
}

export interface MapClass {
  /** Word of the catalogue `map`, under `class`. */
  word: string
  colour: Colour
  /** Drawn around the shape where its fill alone is too close to a neutral building. */
  stroke?: Colour
  /** Not one of those the eye should find: drawn small as a point, left out at low zoom. */
  quiet?: boolean
  /** Ringed: status is never colour alone. */
  ring?: boolean
}

const NONE: MapClass = { word: 'none', colour: 'map-building', quiet: true }

/** Fixed limits, not quantiles: a colour means the same today and tomorrow. */
export const CLASSES: Readonly<Record<Measure, readonly [MapClass, ...MapClass[]]>> = {
  open: [
    { ...NONE, colour: 'volume-1', stroke: 'volume-2' },
    { word: 'one', colour: 'volume-2' },
    { word: 'twoThree', colour: 'volume-3' },
    { word: 'fourSeven', colour: 'volume-4' },
    { word: 'eight', colour: 'volume-5' },
  ],
  overdue: [
    NONE,
    { word: 'one', colour: 'worse-1', stroke: 'worse-3' },
    { word: 'twoThree', colour: 'worse-2', stroke: 'worse-3' },
    { word: 'four', colour: 'worse-3', stroke: 'worse-3' },
  ],
  emergency: [
    NONE,
    { word: 'inTime', colour: 'volume-5' },
    { word: 'pastLimit', colour: 'danger', stroke: 'danger', ring: true },
  ],
  intensity: [
    { ...NONE, colour: 'volume-1', stroke: 'volume-2' },
    { word: 'belowOne', colour: 'volume-2' },
    { word: 'oneTwo', colour: 'volume-3' },
    { word: 'twoFour', colour: 'volume-4' },
    { word: 'fourPlus', colour: 'volume-5' },
    { word: 'unknown', colour: 'map-land', stroke: 'volume-3', quiet: true },
  ],
  deviation: [
    { word: 'less', colour: 'better-2', stroke: 'better-3' },
    { word: 'usual', colour: 'map-building', quiet: true },
    { word: 'slightly', colour: 'worse-1', stroke: 'worse-3' },
    { word: 'more', colour: 'worse-2', stroke: 'worse-3' },
    { word: 'much', colour: 'worse-3', stroke: 'worse-3' },
  ],
}

const COUNT_FROM = [1, 2, 4, 8]
const INTENSITY_FROM = [Number.MIN_VALUE, 1, 2, 4]
const above = (limits: readonly number[], value: number) =>
  limits.filter((limit) => value >= limit).length

/** Open requests per 100 apartments; null where the number of apartments is not known. */
export const intensity = (state: BuildingState) =>
  state.apartments ? (100 * state.open) / state.apartments : null

/** Position of a building in CLASSES[measure]. */
export function classOf(measure: Measure, state: BuildingState): number {
  switch (measure) {
    case 'open':
      return above(COUNT_FROM, state.open)
    case 'overdue':
      return Math.min(above(COUNT_FROM, state.overdue), 3)
    case 'emergency':
      return state.emergencyOverdue > 0 ? 2 : state.emergency > 0 ? 1 : 0
    case 'intensity': {
      const value = intensity(state)
      return value === null ? 5 : above(INTENSITY_FROM, value)
    }
    case 'deviation':
      return DEVIATIONS.indexOf(state.deviation)
  }
}

/** The number a measure sorts and sums by. Deviation sums nothing: it is a place on a scale. */
export function amountOf(measure: Measure, state: BuildingState): number {
  switch (measure) {
    case 'intensity':
      return intensity(state) ?? -1
    case 'deviation':
      return DEVIATIONS.indexOf(state.deviation)
    default:
      return state[measure]
  }
}

/** The class of a building of which the board says nothing. */
export const quietClass = (measure: Measure) =>
  measure === 'deviation' ? DEVIATIONS.indexOf('usual') : 0

/** How many buildings are in each class of the measure, in the order of the legend. */
export function legendOf(measure: Measure, classes: Iterable<number>): number[] {
  const counts = CLASSES[measure].map(() => 0)
  for (const position of classes) counts[position] = (counts[position] ?? 0) + 1
  return counts
}
