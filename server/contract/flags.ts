import { JUDGED } from './measures/shape.ts'

/** What the nightly evaluation judges: the measures that count, and the pace of closing against the city's hazard. */
export const EVALUATED = [...JUDGED, 'pace'] as const
export type Evaluated = (typeof EVALUATED)[number]

/** What a flag can be about: one of them, or two together (method, section 6, level C). */
export const FLAGGED = [...EVALUATED, 'composite'] as const
export type Flagged = (typeof FLAGGED)[number]

/** Grounds for an inspection: unusual among peers, beyond tolerance, two measures together. */
export const FLAG_LEVELS = ['inspectA', 'inspectB', 'inspectC'] as const
export type FlagLevel = (typeof FLAG_LEVELS)[number]

/** proposed: the organization may reply; issued: met again; withdrawn: two clear evaluations, or an inspector's word. */
export const FLAG_STATUSES = ['proposed', 'issued', 'withdrawn'] as const
export type FlagStatus = (typeof FLAG_STATUSES)[number]

/** Why a flag ended by itself: not met at the next evaluation, calm for long enough, or its organization has begun anew. */
export const WITHDRAWN_REASONS = ['notAgain', 'calm', 'restarted'] as const

/** What an inspector says: it is withdrawn; an inspection is ordered; the reply explains it, and it stands as explained. */
export const FLAG_DECISIONS = ['withdrawn', 'inspection', 'explained'] as const
export type FlagDecision = (typeof FLAG_DECISIONS)[number]

export const REPLY_MAX = 4000

export const flagIdOf = (measure: Flagged, organization: string) => `${measure}.${organization}`
