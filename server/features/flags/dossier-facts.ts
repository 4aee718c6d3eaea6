import type { Evaluated, Flagged } from '#server/contract/flags.ts'
import type { Indicator } from '#server/contract/integrity.ts'
import type { Level } from '#server/contract/measures/shape.ts'
import type { Words } from '#server/contract/vocabulary.ts'

/** Above 1 is worse for every measure: O / E of a share, E / O of pace. `lower` and `upper` are its 95 % interval. */
export interface Ratio {
  ratio: number
  lower: number
  upper: number
}
export interface Happened {
  /** Requests that were judged. */
  n: number
  /** What happened: returns, lateness; closings of pace. */
  observed: number
  /** What the city would have had on the same mix. */
  expected: number
}

/**
 * The same question asked otherwise (method, section 8): as accepted; by the logistic model; without the building, then the week,
 * that weigh most; by the net clock; with the requests of one incident each for itself.
 */
export const VARIANTS = [
  'accepted',
  'logistic',
  'withoutBuilding',
  'withoutWeek',
  'netClock',
  'duplicatesApart',
] as const
export type Variant = (typeof VARIANTS)[number]

export interface VariantFacts {
  variant: Variant
  /** The building that was left out. */
  building?: Words | null
  /** Monday of the week that was left out, `2026-03-02`. */
  week?: string
  /** Null where the question has no answer: nothing is left, or the measure has no clock. */
  figures: (Happened & Ratio) | null
}

export interface NormFacts {
  ref: string
  name: Words
  /** Act and paragraph. */
  citation: Words
  /** Who signed it off, and when; null = not verified by a lawyer. */
  verified: { by: string; on: string } | null
  /** Judged requests whose due time it set. */
  requests: number
}

export interface PartFacts extends Happened {
  id: string | null
  name: Words | null
  /** Ratio of the part itself (a category), or of the rest without it (a building). */
  ratio: Ratio | null
}

/**
 * Everything that a dossier says, frozen: plain data of one flag at one cut, in no language. The same facts give the same
 * dossier for ever. Days are local dates `YYYY-MM-DD`, ranges half-open, instants UTC epoch milliseconds.
 */
export interface DossierFacts {
  flag: string
  flagged: Flagged
  /** Whose figures these are: the flag's own measure, or the one that weighs most in a composite flag. */
  measure: Evaluated
  /** Version of the measure's definition. */
  version: number
  level: Level
  /** By which path of the policy the level was met: a unusual among peers, b beyond tolerance, c together with other measures. */
  path: 'a' | 'b' | 'c' | null
  organization: { id: string; name: string; kind: string }
  city: Words
  zone: string
  period: { from: string; to: string; cut: number }
  figures: Happened & Ratio & { variance: number }
  /** Share of `observed` in `n` with its interval; null of pace. */
  share: { share: number; lower: number; upper: number } | null
  /** The whole city, nothing adjusted. */
  whole: { n: number; observed: number }
  /** Strata in which the organization has requests. */
  strata: number
  z: number
  zDispersed: number
  /** One-sided chance of a ratio as far out for an average organization. */
  pChance: number
  pDispersed: number
  /** False-discovery rate over all tests of the evaluation; null where it was not tested. */
  q: number | null
  /** Tests in that family. */
  tested: number
  /** What the policy asks for. */
  thresholds: { z: number; q: number; excess: number }
  peers: {
    organizations: number
    judged: number
    /** How many of them would lie as far out after ordinary differences. */
    thisFar: number
    /** Ordinary differences, a variance on the square-root scale. */
    tau2: number
    /** Everybody with whom it was compared, itself left out, as on the funnel. */
    points: { expected: number; ratio: number }[]
    names: { id: string; name: string; n: number }[]
  }
  /** Its other measures at the same cut. */
  others: (Happened & Ratio & { measure: Evaluated; level: Level; zDispersed: number })[]
  quarters: (Happened & Ratio & { from: string; to: string })[]
  variants: VariantFacts[]
  categories: PartFacts[]
  buildings: PartFacts[]
  norms: NormFacts[]
  /**
   * Public numbers, in order: those that count (of pace, those that wait still), those of pace that closed after the horizon
   * and count as waiting, and the other judged ones. Together they are `n`.
   */
  requests: { events: string[]; beyond: string[]; others: string[] }
  /** Of the strata of `requests.beyond` the shortest and the longest horizon, in seconds; null where there are none. */
  horizon: { least: number; most: number } | null
  /** Numbers of the policy by which the expectation was made. */
  expectation: { maxStratumShare: number; minStratum: number; borrowed: number; horizon: number }
  /** Rules by which it was judged. */
  policy: { version: number; validFrom: string; hash: string }
  /** Number of the last event of the log that was known, and the hash of the frozen inputs. */
  data: { seq: number; hash: string }
  /** Why it is watched besides its figures: the first day of the week of an early signal, and what it is asked about its data. */
  warned: { week: string | null; doubts: readonly Indicator[] } | null
  /** Evaluated after its time, when nobody could reply in time any more. */
  afterwards: boolean
  proposedOn: string | null
  /** The last day on which the organization may reply, and the day of the next evaluation; null where no reply is awaited. */
  replyUntil: string | null
  nextOn: string | null
}
