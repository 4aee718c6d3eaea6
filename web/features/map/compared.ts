import type { ComparedDays } from '#server/contract/geometry.ts'

/** Words of each span that can be compared with: as a choice, as an instant, as a period. */
export const COMPARED = {
  7: { choice: 'vs.week', instant: 'vs.thenWeek', period: 'vs.periodWeek' },
  28: { choice: 'vs.month', instant: 'vs.thenMonth', period: 'vs.periodMonth' },
  364: { choice: 'vs.year', instant: 'vs.thenYear', period: 'vs.periodYear' },
} as const satisfies Record<ComparedDays, Record<'choice' | 'instant' | 'period', string>>
