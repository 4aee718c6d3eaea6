/** Measures that count requests, in the order and the groups of the dictionary. */
export const COUNTED_GROUPS = {
  volume: ['registered', 'incidents', 'open', 'closed', 'emergencyOpen'],
  inflow: ['inflowPerFlats', 'inflowPerArea'],
  inTime: [
    'overdue',
    'late',
    'withinNorm',
    'onTime',
    'onTimeOfClosed',
    'onTimeOfClosedAndOverdue',
    'onTimeSoFar',
  ],
  returns: ['reopened', 'reopenedTold', 'hiddenRepeats', 'rework'],
  residents: ['confirmed', 'confirmedOfAnswered', 'answered', 'closedNoResponse'],
  endings: ['refused', 'cancelled', 'forwarded', 'duplicates'],
  routes: ['misdirected', 'transferred', 'downgraded'],
  data: ['appeals', 'messages', 'unaddressed', 'marked'],
} as const
export type CountedId = (typeof COUNTED_GROUPS)[keyof typeof COUNTED_GROUPS][number]
export const COUNTED_IDS: readonly CountedId[] = Object.values(COUNTED_GROUPS).flat()

/** Measures that are estimated with censoring: times, and the share done in time. */
export const TIME_IDS = [
  'onTimeEstimated',
  'responseMedian',
  'responseP90',
  'resolutionMedian',
  'resolutionP90',
  'pace',
] as const

/** Measures of a building against its like (server/judgement/buildings.ts). */
export const BUILDING_IDS = ['buildingIntensity', 'buildingSilence'] as const

/** Every measure of the product has one id, one name and one definition, in tiles, tables, walls, exports and reports. */
export type MeasureId = CountedId | (typeof TIME_IDS)[number] | (typeof BUILDING_IDS)[number]
export const MEASURE_IDS: readonly MeasureId[] = [...COUNTED_IDS, ...TIME_IDS, ...BUILDING_IDS]

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
