import * as z from 'zod/mini'
import type { Rows } from './measures/counted.ts'

/** What may be gaming of numbers, each a count against what the city's mix gives (method, section 9). */
export const INDICATORS = [
  'unproven',
  'premature',
  'bunching',
  'excessMass',
  'heaping',
  'massClosing',
  'night',
  'afterTheFact',
  'scanReuse',
  'duplicateAbuse',
  'reworkLoop',
  'downgrading',
  'dropping',
] as const
export type Indicator = (typeof INDICATORS)[number]

/** How an indicator is tested: a share against the city's, a limit, a curve, the minutes of the clock, or a minute of one account. */
export type Test = 'ratio' | 'limit' | 'mass' | 'heap' | 'burst'

export interface IntegrityRules {
  version: number
  leastEvents: number
  leastRequests: number
  q: number
  ratio: number
  ratioOfTimes: number
  maxOwnShare: number
  limit: { p: number; beyond: number; leastShare: number }
  mass: number
  heap: { p: number; v: number }
  burst: { p: number; closings: number; minutes: readonly number[]; leastShare: number }
  outlier: { z: number; most: number }
}

/** The numbers by which a question is asked, where the policy does not say others. */
export const INTEGRITY_RULES: IntegrityRules = {
  version: 1,
  /** Least events, that happened or were expected, for any word about an organization. */
  leastEvents: 40,
  /** Least requests looked at. */
  leastRequests: 100,
  /** Benjamini and Hochberg over all organizations and indicators of one evaluation. */
  q: 0.01,
  /** Lower end of the ratio's interval. */
  ratio: 1.25,
  /** The same for closings at night and told after the fact. */
  ratioOfTimes: 1.5,
  /** More of its own requests than this in what it is compared with: there is nobody to compare with. */
  maxOwnShare: 0.5,
  /** Chance of so many before the limit, and how far the lower bound lies above the city's share. */
  limit: { p: 0.001, beyond: 0.05, leastShare: 0.5 },
  /** Excess over the mean of the curve. */
  mass: 1,
  heap: { p: 1e-4, v: 0.15 },
  /** In a minute, or in ten by the clock; all of them together at least this share of what it closed. */
  burst: { p: 1e-6, closings: 5, minutes: [1, 10], leastShare: 0.01 },
  /** Stands out by itself, and is left out of what all are compared with: chance of one in a million. */
  outlier: { z: 4.75, most: 0.1 },
}

/** Of an indicator, the requests that were looked at and those that count: the same filter gives SQL and opens them. */
export interface Indicated {
  test: Test
  among: Rows
  events: Rows
}

const CLOSINGS = ['sound', 'kept', 'incidentHead', 'closedByCompany'] as const
const DONE = ['confirmed', 'closed_no_response', 'closed'] as const
const is = (...words: NonNullable<Rows['is']>): Rows => ({ is: words })
const MATURE = ['mature', 'incidentHead'] as const

export const INDICATED: Record<Indicator, Indicated> = {
  unproven: {
    test: 'ratio',
    among: { is: [...MATURE], outcome: [...DONE] },
    events: { is: [...MATURE, 'withoutScan'], outcome: ['closed_no_response', 'closed'] },
  },
  premature: { test: 'ratio', among: is(...MATURE), events: is(...MATURE, 'cameBackSoon') },
  bunching: {
    test: 'limit',
    among: is(...CLOSINGS, 'closedNearDue'),
    events: is(...CLOSINGS, 'closedJustBeforeDue'),
  },
  excessMass: {
    test: 'mass',
    among: is(...CLOSINGS, 'closedAroundDue'),
    events: is(...CLOSINGS, 'closedJustBeforeDue'),
  },
  heaping: { test: 'heap', among: is(...CLOSINGS), events: is(...CLOSINGS) },
  massClosing: { test: 'burst', among: is(...CLOSINGS), events: is(...CLOSINGS) },
  night: { test: 'ratio', among: is(...CLOSINGS), events: is(...CLOSINGS, 'closedAtNight') },
  afterTheFact: {
    test: 'ratio',
    among: is(...CLOSINGS),
    events: is(...CLOSINGS, 'closedHeardLate'),
  },
  scanReuse: { test: 'ratio', among: is('withScan'), events: is('withScan', 'scanReused') },
  duplicateAbuse: {
    test: 'ratio',
    among: {},
    events: is('duplicateByCompany', 'duplicateOfNothing'),
  },
  reworkLoop: { test: 'ratio', among: is(...MATURE), events: is(...MATURE, 'looped') },
  downgrading: {
    test: 'ratio',
    among: is('emergencyAtFirst', 'sound'),
    events: is('emergencyAtFirst', 'sound', 'downgraded'),
  },
  dropping: {
    test: 'limit',
    among: is('droppedNearDue', 'sound'),
    events: is('droppedJustBeforeDue', 'sound'),
  },
}

/** ask: there is something to ask the organization about. insufficient: too little to look at, or nobody to compare with. */
export const INTEGRITY_LEVELS = ['ask', 'none', 'insufficient'] as const
export type IntegrityLevel = (typeof INTEGRITY_LEVELS)[number]

/** The address of the page: which question is open. */
export const IntegritySearch = z.object({
  /** Id of the organization; not `organization`, which is a list of the filter wherever an address says it. */
  who: z.optional(z.string().check(z.maxLength(128))),
  indicator: z.optional(z.enum(INDICATORS)),
})
export type IntegritySearch = z.output<typeof IntegritySearch>
