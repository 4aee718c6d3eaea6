import { DEVIATIONS, type Deviation } from '#server/contract/geometry.ts'
import type { Colour } from '#web/ui/theme.ts'

export const MEASURES = [
  ...(['open', 'overdue', 'emergency', 'intensity'] as const),
  ...(['change', 'deviation', 'silence'] as const),
] as const
export type Measure = (typeof MEASURES)[number]

/** Measures of an instant, which can be laid beside an earlier one. */
export const OF_AN_INSTANT = ['open', 'overdue', 'emergency', 'intensity'] as const
export type InstantMeasure = (typeof OF_AN_INSTANT)[number]
export const isOfAnInstant = (measure: Measure): measure is InstantMeasure =>
  OF_AN_INSTANT.some((one) => one === measure)

/** What a colour means: a measure, or how far it has moved since an earlier instant. */
export type Scale = Measure | 'difference' | 'rateDifference'

/** What the map knows of one building. */
export interface BuildingState {
  open: number
  overdue: number
  emergency: number
  emergencyOverdue: number
  apartments: number | null
  /** Of its inflow, by the measure that is shown. */
  deviation: Deviation
  /** It can be compared with an earlier period, where that is asked. */
  comparable: boolean
  /** null = nothing can be expected of it. */
  silent: boolean | null
  /** Of the measure, since the instant compared with. */
  difference: number
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
  /** The legend names it only where there are some. */
  rare?: boolean
}

const NONE: MapClass = { word: 'none', colour: 'map-building', quiet: true }

const DEVIATING: readonly [MapClass, ...MapClass[]] = [
  { word: 'less', colour: 'better-2', stroke: 'better-3' },
  { word: 'usual', colour: 'map-building', quiet: true },
  { word: 'slightly', colour: 'worse-1', stroke: 'worse-3' },
  { word: 'more', colour: 'worse-2', stroke: 'worse-3' },
  { word: 'much', colour: 'worse-3', stroke: 'worse-3' },
]
const moved = (words: readonly [string, string, string, string]): [MapClass, ...MapClass[]] => [
  { word: words[0], colour: 'better-3', stroke: 'better-3' },
  { word: words[1], colour: 'better-1', stroke: 'better-3' },
  { word: 'same', colour: 'map-building', quiet: true },
  { word: words[2], colour: 'worse-1', stroke: 'worse-3' },
  { word: words[3], colour: 'worse-3', stroke: 'worse-3' },
]

/** Fixed limits, not quantiles: a colour means the same today and tomorrow. */
export const CLASSES: Readonly<Record<Scale, readonly [MapClass, ...MapClass[]]>> = {
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
    { word: 'unknown', colour: 'map-land', stroke: 'volume-3', quiet: true, rare: true },
  ],
  change: [
    ...DEVIATING,
    { word: 'notCompared', colour: 'map-land', stroke: 'volume-2', quiet: true, rare: true },
  ],
  deviation: DEVIATING,
  silence: [
    { word: 'heard', colour: 'map-building', quiet: true },
    // Hollow: nothing is heard. No colour of good or bad, for nobody knows which it is.
    { word: 'silent', colour: 'map-land', stroke: 'ink' },
    { word: 'notExpected', colour: 'map-land', stroke: 'volume-2', quiet: true, rare: true },
  ],
  difference: moved(['minusMany', 'minusFew', 'plusFew', 'plusMany']),
  rateDifference: moved(['rateMinusMany', 'rateMinusFew', 'ratePlusFew', 'ratePlusMany']),
}

const NOT_COMPARED = DEVIATING.length
const COUNT_FROM = [1, 2, 4, 8]
const INTENSITY_FROM = [Number.MIN_VALUE, 1, 2, 4]
const above = (limits: readonly number[], value: number) =>
  limits.filter((limit) => value >= limit).length

/** Open requests per 100 apartments; null where the number of apartments is not known. */
export const intensity = (state: BuildingState) =>
  state.apartments ? (100 * state.open) / state.apartments : null

/** Position of a building in CLASSES[scale]. */
export function classOf(scale: Scale, state: BuildingState): number {
  switch (scale) {
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
    case 'change':
      return state.comparable ? DEVIATIONS.indexOf(state.deviation) : NOT_COMPARED
    case 'deviation':
      return DEVIATIONS.indexOf(state.deviation)
    case 'silence':
      return state.silent === null ? 2 : state.silent ? 1 : 0
    case 'difference':
      return stepOf(state.difference, 4)
    case 'rateDifference':
      return stepOf(state.difference, 2)
  }
}

/** Two steps down, none, two up. */
const stepOf = (difference: number, many: number) =>
  difference <= -many ? 0 : difference < 0 ? 1 : difference === 0 ? 2 : difference < many ? 3 : 4

/** The number a measure sorts and sums by: requests; of the judged ones, a place on a scale. */
export function amountOf(measure: Measure, state: BuildingState): number {
  switch (measure) {
    case 'intensity':
      return intensity(state) ?? -1
    case 'change':
    case 'deviation':
      return DEVIATIONS.indexOf(state.deviation)
    case 'silence':
      return state.silent ? 1 : 0
    default:
      return state[measure]
  }
}

const QUIET: Readonly<Partial<Record<Scale, number>>> = {
  change: DEVIATIONS.indexOf('usual'),
  deviation: DEVIATIONS.indexOf('usual'),
  difference: 2,
  rateDifference: 2,
}
/** The class of a building of which nothing is said. */
export const quietClass = (scale: Scale) => QUIET[scale] ?? 0

/** How many buildings are in each class, in the order of the legend. */
export function legendOf(scale: Scale, classes: Iterable<number>): number[] {
  const counts = CLASSES[scale].map(() => 0)
  for (const position of classes) counts[position] = (counts[position] ?? 0) + 1
  return counts
}
