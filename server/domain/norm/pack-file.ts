import { z } from 'zod'
import { id, words } from '#server/contract/event-fields.ts'
import { NORM_ENDS, NORM_PAUSES, NORM_STARTS } from '#server/contract/norms.ts'
import { KINDS, PRIORITIES } from '#server/contract/vocabulary.ts'
import { Sentences, TimeOfDay } from './calendar-file.ts'

const Id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'an id has small letters, digits and hyphens')
const MonthDay = z
  .string()
  .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'expected a day of the year such as "11-01"')
const filled = <T extends z.ZodType>(item: T) => z.array(item).min(1)

const Citation = z.strictObject({
  title: words,
  paragraph: z.string().min(1).max(120).optional(),
  link: z.url({ protocol: /^https?$/ }).optional(),
  /** Where the value was read: in a source that quotes the act, in one secondary source, or nowhere yet. */
  seen: z.enum(['source', 'secondary', 'nowhere']),
  /** Where it was seen. */
  where: z.string().min(1).max(200).optional(),
})
export type Citation = z.output<typeof Citation>

const Norm = z.strictObject({
  id: Id,
  name: words,
  /** Only in a city whose `region` it is. */
  region: Id.optional(),
  /** Absent = any. */
  groups: filled(Id).optional(),
  categories: filled(id).optional(),
  priorities: filled(z.enum(PRIORITIES)).optional(),
  kinds: filled(z.enum(KINDS)).optional(),
  start: z.enum(NORM_STARTS),
  /** Sources disagree: `normStarts` of city.json chooses. */
  otherStarts: filled(
    z.strictObject({ start: z.enum(NORM_STARTS), citation: Citation }),
  ).optional(),
  end: z.enum(NORM_ENDS),
  duration: z.strictObject({
    amount: z.number().positive().max(100_000),
    unit: z.enum(['minute', 'hour', 'day']),
  }),
  /** `working` counts in the calendar of the pack. */
  calendar: z.enum(['calendar', 'working']),
  /** The clock stands outside these hours of the day; only for minutes and hours of the calendar. */
  window: z.strictObject({ from: TimeOfDay, to: TimeOfDay }).optional(),
  /** A season of the pack in which the start must fall. */
  season: Id.optional(),
  /** The states in which the net clock may stand. */
  pauses: z.array(z.enum(NORM_PAUSES)).default([]),
  /** Local dates, half-open; null = since when, or until when, is not established. */
  validFrom: z.iso.date().nullable(),
  validTo: z.iso.date().nullable(),
  citations: filled(Citation),
  verified: z.strictObject({ by: z.string().min(1).max(200), on: z.iso.date() }).nullable(),
  note: Sentences.optional(),
})

export const PackFile = z
  .strictObject({
    type: z.literal('pack'),
    id: Id,
    name: words,
    jurisdiction: z.string().min(1).max(40),
    /** Where the whole pack holds; a city that names the pack is there. null = in the country. */
    region: words.nullable(),
    /** Names of the regions that norms of the pack are for. */
    regions: z.record(Id, words).default({}),
    /** Id of the working calendar. */
    calendar: Id,
    seasons: z
      .record(Id, z.strictObject({ name: words, from: MonthDay, to: MonthDay }))
      .default({}),
    /** Categories by their ids; `*` stands for any letters, small and large letters are the same. */
    groups: z
      .record(Id, z.strictObject({ name: words, match: filled(z.string().min(1).max(200)) }))
      .default({}),
    norms: z.array(Norm),
    /** What the law says beside the clocks of requests. */
    rules: z
      .array(
        z.strictObject({
          id: Id,
          name: words,
          text: Sentences,
          citations: filled(Citation),
          verified: z.strictObject({ by: z.string().min(1), on: z.iso.date() }).nullable(),
        }),
      )
      .default([]),
    note: Sentences.optional(),
  })
  .check(({ value: pack, issues }) => {
    const wrong = (path: (string | number)[], message: string) =>
      issues.push({ code: 'custom', path, message, input: pack })
    for (const [row, norm] of pack.norms.entries()) {
      const at = (field: string) => ['norms', row, field]
      for (const group of norm.groups ?? [])
        if (!Object.hasOwn(pack.groups, group))
          wrong(at('groups'), `the pack has no group "${group}"`)
      if (norm.region && !Object.hasOwn(pack.regions, norm.region))
        wrong(at('region'), `the pack has no region "${norm.region}"`)
      if (norm.season && !Object.hasOwn(pack.seasons, norm.season))
        wrong(at('season'), `the pack has no season "${norm.season}"`)
      if (norm.window && (norm.calendar !== 'calendar' || norm.duration.unit === 'day'))
        wrong(at('window'), 'a window goes only with minutes or hours of the calendar')
      if (norm.window && norm.window.from >= norm.window.to)
        wrong(at('window'), 'it ends before it begins; over midnight, give two norms')
      if (!Number.isInteger(norm.duration.amount) && norm.duration.unit === 'day')
        wrong(at('duration'), 'days are whole')
      if (norm.validFrom && norm.validTo && norm.validFrom >= norm.validTo)
        wrong(at('validTo'), 'it ends before it begins')
      const same = pack.norms.findIndex(
        (other, index) => index < row && other.id === norm.id && overlap(other, norm),
      )
      if (same >= 0)
        wrong(at('validFrom'), `"${norm.id}" of row ${same + 1} is in force at the same time`)
    }
  })
export type PackFile = z.output<typeof PackFile>
export type Norm = z.output<typeof Norm>

type Validity = Pick<Norm, 'validFrom' | 'validTo'>
const overlap = (a: Validity, b: Validity) =>
  (a.validFrom ?? '') < (b.validTo ?? '9999') && (b.validFrom ?? '') < (a.validTo ?? '9999')

/** Names one version of a norm: `kz/appeal@2021-07-01`; without a date where its beginning is not established. */
export const normRef = (pack: { id: string }, norm: Pick<Norm, 'id' | 'validFrom'>) =>
  `${pack.id}/${norm.id}${norm.validFrom ? `@${norm.validFrom}` : ''}`
