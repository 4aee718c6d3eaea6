/** Every measure of the product has one id, one name and one definition, in tiles, tables, walls, exports and reports. */
export const MEASURE_IDS = [
  'open',
  'overdue',
  'late',
  'withinNorm',
  'reopened',
  'reopenedTold',
  'confirmed',
  'responseMedian',
  'responseP90',
  'resolutionMedian',
  'resolutionP90',
] as const
export type MeasureId = (typeof MEASURE_IDS)[number]

/** Measures by which an organization is compared with the city on its own mix of requests. */
export const JUDGED = ['reopened', 'late'] as const satisfies readonly MeasureId[]
export type Judged = (typeof JUDGED)[number]

/**
 * Where an organization stands. inspect: beyond chance and ordinary differences; watch: beyond chance only; good: as far
 * below; none: as expected; insufficient: too little to judge, or nobody to compare with.
 */
export const LEVELS = ['inspect', 'watch', 'good', 'none', 'insufficient'] as const
export type Level = (typeof LEVELS)[number]

// A type, not an interface: the keys of an interface are not seen by the types of i18next.
export type MeasureWords = {
  name: string
  /** One sentence: the legend of the chart and the tooltip. */
  definition: string
  numerator: string
  denominator: string
  excluded: string
}
export type Measures = Record<MeasureId, MeasureWords>
