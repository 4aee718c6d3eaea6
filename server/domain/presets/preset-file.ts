import { z } from 'zod'
import { COUNTED_IDS } from '#server/contract/measures/shape.ts'
import { KINDS, PRIORITIES } from '#server/contract/vocabulary.ts'

const text = z.string().trim().min(1).max(600)
const Words = z.strictObject({ ru: text, kk: text, en: text })
const id = z.string().regex(/^[a-z0-9-]{2,40}$/, 'expected small letters, digits and dashes')
const share = z.number().min(0).max(1)
const months = z.number().int().min(1).max(36)

/** What of the requests of an organization is counted: a measure of the dictionary, narrowed. */
const counted = {
  measure: z.enum(COUNTED_IDS),
  priority: z.array(z.enum(PRIORITIES)).default([]),
  kinds: z.array(z.enum(KINDS)).default([]),
}

const zoned = {
  id,
  name: Words,
  /** Whether more of it is better or fewer. */
  better: z.enum(['more', 'fewer']),
  /** Where the green zone begins, and where the yellow one ends. */
  green: share,
  yellow: share,
  /** Fewer of what it is a share of give no zone. */
  least: z.number().int().min(1),
}
/** What the register of the city knows of an organization besides its requests. */
export const REGISTERED = ['complaintsPerFlat', 'passportFields', 'prescriptions'] as const

const Indicator = z.union([
  z.strictObject({ ...zoned, ...counted }),
  z.strictObject({ ...zoned, registered: z.enum(REGISTERED) }),
])

/** An indicator of the definition that no request tells: said, not guessed. */
const Missing = z.strictObject({ name: Words, why: Words })

const rule = z.discriminatedUnion('kind', [
  /** As red as its reddest indicator, or red from so many red ones on. */
  z.strictObject({
    kind: z.literal('zones'),
    indicators: z.array(Indicator).min(1).max(12),
    missing: z.array(Missing).default([]),
    reds: z.number().int().min(1).max(12),
  }),
  /** So many times as much as in the period before, or in the same one a year ago. */
  z.strictObject({
    kind: z.literal('growth'),
    ...counted,
    /** Only of those whose identity was verified. */
    identified: z.boolean(),
    times: z.number().min(1).max(20),
    /** Guard of small counts: fewer now give no mark, nor does a growth that chance explains. */
    least: z.number().int().min(1),
  }),
  /** So many, and so many to a hundred apartments, in the time looked back on. */
  z.strictObject({
    kind: z.literal('countAndRatio'),
    ...counted,
    count: z.number().int().min(1),
    per100Flats: z.number().positive(),
  }),
])

/** A definition that officials know, as data: what it counts, over what time, and where its limits lie. */
export const PresetFile = z.strictObject({
  type: z.literal('preset'),
  id,
  version: z.number().int().positive(),
  name: Words,
  /** Who uses it, and what of it is known. */
  about: Words,
  source: z.strictObject({ title: text, seen: z.enum(['source', 'secondary', 'nowhere']) }),
  /** Whether a lawyer has signed the limits off. */
  verified: z.strictObject({ by: text, on: z.iso.date() }).nullable(),
  /** Months that it looks back on; the other lengths that are as reasonable. */
  months,
  otherMonths: z.array(months).max(4).default([]),
  rule,
})
export type Preset = z.output<typeof PresetFile>
export type Registered = (typeof REGISTERED)[number]
export type Zone = 'red' | 'yellow' | 'green' | 'few'
