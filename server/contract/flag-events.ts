import { z } from 'zod'
import { Instant, id, reason } from './event-fields.ts'
import { FLAG_DECISIONS, FLAG_LEVELS, FLAGGED, REPLY_MAX } from './flags.ts'

/** `measure.organization`: one stream for all that is ever said of one organization by one measure. */
const flag = z.string().min(3).max(160)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower hexadecimal figures')

/** The evaluation by which it was said: enough to compute it again from the log and to compare. */
const said = {
  flag,
  organization: id,
  measure: z.enum(FLAGGED),
  /** The instant at which things are judged; `occurredAt` is the same. */
  cut: Instant,
  policy: z.strictObject({ version: z.number().int().positive(), hash: sha256 }),
  /** `seq` of the last event of the log that was known to the evaluation. */
  head: z.number().int().nonnegative(),
  /** Of the frozen table of requests by organization, quarter and stratum. */
  inputs: sha256,
  /** Of the dossier as canonical JSON. */
  dossier: sha256,
  /** Evaluated after its time, from a history that was there before the city watched it. */
  afterwards: z.literal(true).optional(),
}

/** What is said of an organization, and what it answers. A flag is a ground for inspection, never a finding. */
export const flagBodies = {
  'flag.proposed': { ...said, level: z.enum(FLAG_LEVELS) },
  'flag.issued': { ...said, level: z.enum(FLAG_LEVELS) },
  /** Two evaluations in a row were clear. */
  'flag.withdrawn': { ...said, reason: z.enum(['clear']) },
  /** The organization's own words; a phone or an e-mail in them is refused at the desk, and names are asked not to be told. */
  'flag.replied': { flag, organization: id, text: z.string().trim().min(1).max(REPLY_MAX) },
  /** By an inspector. */
  'flag.decided': { flag, organization: id, decision: z.enum(FLAG_DECISIONS), reason },
} as const
