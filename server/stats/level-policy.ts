/** The numbers that decide a level; they are published before the period they apply to. */
export interface LevelPolicy {
  /** Least expected events and requests for any level. */
  minExpected: number
  minRequests: number
  /** More of its own requests than this in what it is compared with: there is nobody to compare with. */
  maxOwnShare: number
  /** Only units with so many expected events tell how much units ordinarily differ. */
  minExpectedForSpread: number
  /** From so many expected events on the normal distribution holds; below, the negative binomial, and watch at most. */
  normalFrom: number
  /** Share winsorised on each side. */
  trim: number
  /** One-sided limits of z: acting, and warning after ordinary differences. */
  zAct: number
  zWarn: number
  /** False-discovery rate. */
  qAct: number
  /** The lower end of the ratio's interval must lie above: unusual among peers, beyond tolerance, together, to be watched. */
  excess: { a: number; b: number; c: number; watch: number }
  /** Quarters of the year that were worse than expected, at least. */
  quartersAbove: number
  /** Measures that are also judged together (path C), and their quarters that were worse, at least; null: none are. */
  together: { measures: readonly [string, string]; quartersAbove: number } | null
}

/** Method, sections 0 and 6. */
export const LEVEL_POLICY: LevelPolicy = {
  minExpected: 10,
  minRequests: 100,
  maxOwnShare: 0.5,
  minExpectedForSpread: 5,
  normalFrom: 10,
  trim: 0.1,
  zAct: 3.09,
  zWarn: 1.645,
  qAct: 0.05,
  excess: { a: 1.1, b: 1.25, c: 1.1, watch: 1.05 },
  quartersAbove: 3,
  together: { measures: ['reopened', 'late'], quartersAbove: 6 },
}
