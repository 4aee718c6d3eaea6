import { z } from 'zod'
import { Instant, id, reason } from './event-fields.ts'
import { FLAG_DECISIONS, FLAG_LEVELS, FLAGGED, REPLY_MAX, WITHDRAWN_REASONS } from './flags.ts'
import { LEVELS } from './measures/shape.ts'

/** `measure.organization`: one stream for all that is ever said of one organization by one measure. */
const flag = z.string().min(3).max(160)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower hexadecimal figures')

/** Enough to compute an evaluation again from the log and to compare. */
const evaluation = {
  /** The instant at which things are judged; `occurredAt` is the same. */
  cut: Instant,
  policy: z.strictObject({ version: z.number().int().positive(), hash: sha256 }),
  /** `seq` of the last event of the log that was known to the evaluation. */
  head: z.number().int().nonnegative(),
  /** Of the frozen table of requests by organization, quarter and stratum. */
  inputs: sha256,
  /** Evaluated after its time, from a history that was there before the city watched it. */
  afterwards: z.literal(true).optional(),
}
const said = {
  flag,
  organization: id,
  measure: z.enum(FLAGGED),
  ...evaluation,
  /** Of the evidence as canonical JSON. */
  dossier: sha256,
}
const figure = z.number()

/** What is said of an organization, and what it answers. A flag is a ground for inspection, never a finding. */
export const flagBodies = {
  /** A monthly evaluation: everybody who was beyond what is expected, or of whom something was already said. */
  'flag.evaluated': {
    /** The last month of the judged year, `2026-10`; one evaluation for each. */
    month: z.string().regex(/^\d{4}-\d{2}$/),
    ...evaluation,
    findings: z
      .array(
        z.strictObject({
          flag,
          level: z.enum(LEVELS),
          q: figure,
          l975: figure,
          zDispersed: figure,
          urgent: z.literal(true).optional(),
          restarted: z.literal(true).optional(),
        }),
      )
      .max(20_000),
  },
  'flag.proposed': { ...said, level: z.enum(FLAG_LEVELS) },
  'flag.issued': { ...said, level: z.enum(FLAG_LEVELS) },
  'flag.withdrawn': { ...said, reason: z.enum(WITHDRAWN_REASONS) },
  /** The organization's own words; a phone or an e-mail in them is refused at the desk, and names are asked not to be told. */
  'flag.replied': { flag, organization: id, text: z.string().trim().min(1).max(REPLY_MAX) },
  /** By an inspector. */
  'flag.decided': { flag, organization: id, decision: z.enum(FLAG_DECISIONS), reason },
} as const
