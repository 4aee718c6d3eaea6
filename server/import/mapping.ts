import { readFileSync } from 'node:fs'
import { z } from 'zod'
import {
  CATEGORY_ABOUT,
  CHANNELS,
  KINDS,
  LANGUAGES,
  ORGANIZATION_KINDS,
  PRIORITIES,
} from '#server/contract/vocabulary.ts'
import { ENCODINGS } from './bytes.ts'
import { faultOfFormat } from './dates.ts'
import { DELIMITERS } from './records.ts'
import { ImportRefusal } from './refusal.ts'
import { STEPS } from './steps.ts'

const column = z.string().trim().min(1).max(200)
/** A bare column name stands for `{ "column": name }`. */
const columnOr = <T extends z.ZodType>(shape: T) =>
  z.preprocess((value) => (typeof value === 'string' ? { column: value } : value), shape)

const text = columnOr(
  z.strictObject({
    column,
    /** `whole number`: 351061.0 is 351061. `street address`: a house on a street, written in Russian in any of the usual ways. */
    as: z.enum(['text', 'whole number', 'street address']).default('text'),
    /** What a value is called here; a value that is not listed stays as it is. */
    values: z.record(z.string(), z.string()).optional(),
  }),
)
const format = z.string().superRefine((value, context) => {
  const fault = faultOfFormat(value)
  if (fault) context.addIssue({ code: 'custom', message: `date format "${value}": ${fault}` })
})
const time = columnOr(
  z.strictObject({
    column,
    dates: z.union([format.transform((it) => [it]), z.array(format).min(1)]).optional(),
  }),
)
const number = columnOr(z.strictObject({ column }))
const word = <const T extends readonly [string, ...string[]]>(words: T) =>
  z.union([
    z.strictObject({ always: z.enum(words) }),
    z.strictObject({ column, values: z.record(z.string(), z.enum(words)) }),
  ])

const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
const name = z.string().trim().min(1).max(200)
const words = z
  .strictObject({ kk: name.exactOptional(), ru: name.exactOptional(), en: name.exactOptional() })
  .refine((told) => Object.keys(told).length > 0, 'give the name in at least one language')
const city = z.strictObject({
  name: words,
  languages: z
    .array(z.enum(LANGUAGES))
    .min(1)
    .default([...LANGUAGES]),
  centre: position.optional(),
})

const everyMapping = {
  /** Begins the id of every event; two files of one source must agree on it. */
  source: z.string().regex(/^[a-z0-9][a-z0-9-]{1,23}$/, 'use a-z, 0-9 and "-", 2 to 24 signs'),
  /** What the source is called on screen. */
  sourceName: words.optional(),
  /** In which the file writes its wall-clock times. */
  zone: z.string().refine(isZone, 'not an IANA time zone such as "Asia/Almaty"'),
  /** In which the file writes names and addresses. */
  language: z.enum(LANGUAGES),
  /** Becomes city.json where the data folder has none. */
  city: city.optional(),
  dates: z.array(format).min(1).default(['iso']),
  /** Words that stand around a street address beside the name of the city, such as the country. */
  around: z.array(z.string().trim().min(1)).default([]),
  /** Values that mean "not filled in", beside nothing at all. */
  empty: z.array(z.string()).default([]),
  encoding: z.enum(ENCODINGS).optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  /** Positions that the source gives when it knows none, [lon, lat]. */
  nowhere: z.array(position).default([]),
  /** A position outside is left out: [west, south, east, north]. */
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  district: z.strictObject({ id: text, name: text.optional() }).optional(),
}

const requests = z.strictObject({
  kind: z.literal('requests'),
  ...everyMapping,
  number: text,
  registered: time,
  /** A due date without a time ends with that day; any other date without a time is the beginning of its day. */
  due: time.optional(),
  steps: z.partialRecord(z.enum(STEPS), time).default({}),
  /**
   * What the request is doing, by the file: `open`, or a step. Where the step has no time of its own, it is stored with the
   * date of the file and the mark that its time is unknown.
   */
  status: z
    .strictObject({ column, values: z.record(z.string(), z.enum(['open', ...STEPS])) })
    .optional(),
  closingNote: text.optional(),
  building: z
    .strictObject({
      id: text,
      address: text.optional(),
      lon: number.optional(),
      lat: number.optional(),
      /** Addresses that begin so are of a building only where no row has a better one. */
      weak: z.array(z.string().min(1)).default([]),
      /** Addresses that begin so are near a building, not at it: kept as the place of the request. */
      near: z.array(z.string().min(1)).default([]),
    })
    .optional(),
  /** Who answers for the request, where the file itself says so. */
  organization: z
    .strictObject({ id: text, name: text.optional(), kind: word(ORGANIZATION_KINDS).optional() })
    .optional(),
  category: z
    .strictObject({
      id: text,
      name: text.optional(),
      group: text.optional(),
      /** Whether complaints of the category go past the company that they are about; untold, its words decide. */
      about: word(CATEGORY_ABOUT).optional(),
    })
    .optional(),
  channel: word(CHANNELS).optional(),
  priority: word(PRIORITIES).optional(),
  requestKind: word(KINDS).optional(),
  place: text.optional(),
  lon: number.optional(),
  lat: number.optional(),
  entrance: number.optional(),
})

const register = z.strictObject({
  kind: z.literal('register'),
  ...everyMapping,
  /** Cities by region (the name of the file without its date), where they differ from `city`; `zone` too. */
  regions: z
    .record(z.string(), city.extend({ zone: z.string().refine(isZone, 'not an IANA time zone') }))
    .default({}),
  building: z.strictObject({
    id: text,
    address: text,
    lon: number.optional(),
    lat: number.optional(),
    year: number.optional(),
    series: text.optional(),
    floors: number.optional(),
    entrances: number.optional(),
    apartments: number.optional(),
    area: number.optional(),
    lifts: number.optional(),
    heatingPoint: text.optional(),
    /** Share of its area that the city owns: from 0 to 1, or in percent. */
    cityShare: columnOr(
      z.strictObject({ column, as: z.enum(['share', 'percent']).default('share') }),
    ).optional(),
  }),
  /** Who answers for the building on the date of the file. */
  organization: z
    .strictObject({
      id: text,
      name: text.optional(),
      /** By how its name begins; the first that fits. */
      kinds: z.array(z.tuple([z.string(), z.enum(ORGANIZATION_KINDS)])).default([]),
    })
    .optional(),
  /** Since when it does. */
  since: time.optional(),
})

/**
 * How the columns of a CSV file become events; a preset is one, and `--mapping FILE.json` gives any other.
 * `docs/import-mapping.example.json` is one. Two kinds of file:
 *
 * - `requests`: one row is one request with its number, times, building, organization and category. The number is kept as
 *   it is and must be unique in the product; events are `<source>:<number>:<step>`, so a newer file of the same source adds
 *   only what is new.
 * - `register`: one row is one building with what is known of it and who answers for it on the date of the file
 *   (`--as-of`, or a date in the file's name). A newer file of the same region adds changes of the register.
 *
 * A field is the name of a column, or an object with the column and how to read it. Every column that is named must be in
 * the header. Times without an offset are wall-clock times of `zone`.
 */
const Mapping = z.discriminatedUnion('kind', [requests, register])
export type Mapping = z.output<typeof Mapping>
export type RequestsMapping = z.output<typeof requests>
export type RegisterMapping = z.output<typeof register>
export type TextField = z.output<typeof text>
export type TimeField = z.output<typeof time>
export type NumberField = z.output<typeof number>
export type WordField<W extends string> =
  | { always: W }
  | { column: string; values: Record<string, W> }

export function parseMapping(value: unknown, where: string): Mapping {
  const parsed = Mapping.safeParse(value)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`,
  )
  throw new ImportRefusal(`${where} is not a mapping: ${faults.join('; ')}`)
}

export function readMapping(file: string): Mapping {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new ImportRefusal(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
  return parseMapping(value, file)
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/** Fields that a mapping of a kind cannot be without; whoever lacks the column of another deletes it from the mapping. */
export const neededFields = (kind: Mapping['kind']): string[] =>
  Object.entries((kind === 'requests' ? requests : register).shape).flatMap(([field, shape]) =>
    shape.safeParse(undefined).success ? [] : [field],
  )

/** Every column that a mapping names, each once. */
export function columnsOf(value: unknown): string[] {
  const found = new Set<string>()
  const visit = (part: unknown, key?: string) => {
    if (key === 'values') return
    if (key === 'column' && typeof part === 'string') found.add(part)
    else if (part !== null && typeof part === 'object')
      for (const [name, inner] of Object.entries(part)) visit(inner, name)
  }
  visit(value)
  return [...found]
}
