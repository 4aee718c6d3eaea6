import { z } from 'zod'
import { DEVIATIONS } from '#server/contract/geometry.ts'
import { RESOURCES } from '#server/contract/vocabulary.ts'

/**
 * All that a wall can ever be told. No field can hold a name of a person, a phone, a flat, a text or the number of a request;
 * what a source adds later does not pass, because outputs are cut to these shapes.
 */
const Words = z.object({
  kk: z.string().optional(),
  ru: z.string().optional(),
  en: z.string().optional(),
})
const Band = z.tuple([z.number(), z.number()])
/** `usual`: eight in ten of the same weekdays; null where the history is too short. */
const Measured = z.object({ value: z.number(), usual: Band.nullable() })

/** Of the whole city, or of the district with this id. */
export const WallAsked = z
  .object({ district: z.string().min(1).max(128).nullable().default(null) })
  .default({ district: null })

export const WallCity = z.object({
  name: Words,
  /** null = the whole city. */
  district: Words.nullable(),
  /** The minute all numbers are true at, UTC ms; the city's local day of it. */
  now: z.number(),
  today: z.number(),
  open: Measured,
  /** null where no open request has a due time. */
  overdue: Measured.nullable(),
  /** `known` is false where the sources mark no emergencies: its 0 says nothing. */
  emergency: Measured.extend({ overdue: z.number(), known: z.boolean() }),
  /** The emergency longest past its limit: where. */
  worst: z.object({ address: Words, lateSince: z.number() }).nullable(),
  /** Local day of the newest registration where none came for days; null while they come. */
  noNewSince: z.number().nullable(),
  /** Since midnight; `usual` and `median` are of the same time of day. */
  registered: Measured.extend({ median: z.number().nullable() }),
  hour: Measured,
  line: z.object({
    /** Registered in the hour before each quarter of an hour that has passed, from 0:00; the first is of midnight. */
    today: z.array(z.number()),
    /** The same for 97 quarters of usual days. */
    usual: z.object({ low: z.array(z.number()), high: z.array(z.number()) }).nullable(),
  }),
  sources: z.array(
    z.object({
      source: z.string(),
      /** As `city.json` calls it; null = by its id. */
      name: Words.nullable(),
      newestAt: z.number(),
      silentTooLong: z.boolean(),
    }),
  ),
})
export type WallCity = z.output<typeof WallCity>

/** An emergency, or an outage: announced, or suspected. */
const OutageRow = z.object({
  kind: z.enum(['late', 'suspected', 'accident', 'planned', 'emergency']),
  resource: z.enum(RESOURCES).nullable(),
  /** Of an emergency: what it is about. */
  category: Words.nullable(),
  heatingPoint: z.string().nullable(),
  address: Words.nullable(),
  district: Words.nullable(),
  houses: z.number(),
  /** Apartments that called; null = nobody counted. */
  called: z.number().nullable(),
  usual: z.number().nullable(),
  windowMin: z.number().nullable(),
  since: z.number(),
  promised: z.number().nullable(),
})

export const WallMap = z.object({
  now: z.number(),
  /** Hours of the window in which concentrations are looked for, and the requests of it. */
  hours: z.number(),
  requests: z.number(),
  concentrations: z.array(
    z.object({
      category: Words,
      /** A building where most of it is, else the district. */
      building: Words.nullable(),
      district: Words.nullable(),
      observed: z.number(),
      expected: z.number(),
      buildings: z.number(),
      lon: z.number().nullable(),
      lat: z.number().nullable(),
      /** Open emergencies past their limit among them. */
      emergencyOverdue: z.number(),
    }),
  ),
  /** Concentrations beyond those told. One that is an outage is told as the outage. */
  more: z.number(),
  /** Outages that stand, suspected ones first, with their outlines. */
  outages: z.array(
    OutageRow.extend({ outline: z.array(z.tuple([z.number(), z.number()])).nullable() }),
  ),
  deviating: z.array(z.object({ building: z.number(), deviation: z.enum(DEVIATIONS) })),
  /** Map keys of the district's buildings, which the picture is drawn around; null = the whole city. */
  around: z.array(z.number()).nullable(),
  buildings: z.number(),
  byChance: z.number(),
  tooEarly: z.boolean(),
})
export type WallMap = z.output<typeof WallMap>

export const WallToday = z.object({
  now: z.number(),
  /** The city's local day. */
  today: z.number(),
  /** Local day of the newest registration where none came for days; null while they come. */
  noNewSince: z.number().nullable(),
  registered: Measured,
  /** Comparable days that say what is usual, and of which kind they are: a holiday is compared with holidays and Sundays. */
  days: z.number(),
  kind: z.enum(['weekday', 'holiday', 'working']),
  /** Registered in each of 24 hours; hours to come are 0. */
  hours: z.array(z.number()),
  usual: z
    .object({
      /** Of each of 24 hours, and from midnight to each of 25 full hours. */
      hours: z.object({ low: z.array(z.number()), high: z.array(z.number()) }),
      cumulative: z.object({ low: z.array(z.number()), high: z.array(z.number()) }),
      /** The whole day, as usual. */
      total: z.number(),
    })
    .nullable(),
  /** By midnight, eight in ten; the hours to come with it. null where too little is known. */
  expected: z
    .object({
      total: z.number(),
      interval: Band,
      hours: z.array(z.number().nullable()),
    })
    .nullable(),
})
export type WallToday = z.output<typeof WallToday>

export const WallOutages = z.object({
  now: z.number(),
  /** false = the calls of the last weeks are still being read. */
  ready: z.boolean(),
  /** Emergencies past their limit, suspected outages and those in force, worst first. */
  rows: z.array(OutageRow),
  /** Of all, also those without room. */
  late: z.number(),
  suspected: z.number(),
  announced: z.number(),
  /** Open emergencies within their limit. */
  inTime: z.number(),
  /** false = the sources mark no emergencies. */
  emergenciesKnown: z.boolean(),
})
export type WallOutages = z.output<typeof WallOutages>

export const WallOrganizations = z.object({
  measure: z.enum(['reopened', 'late']),
  from: z.string(),
  to: z.string(),
  cut: z.number(),
  /** Organizations beyond the limits, and where these are few the largest of those that are as expected. */
  rows: z.array(
    z.object({
      name: z.string(),
      ratio: z.number(),
      lower: z.number(),
      upper: z.number(),
      level: z.enum(['inspect', 'watch', 'none', 'good']),
      n: z.number(),
    }),
  ),
  counts: z.object({
    inspect: z.number(),
    watch: z.number(),
    good: z.number(),
    none: z.number(),
    insufficient: z.number(),
  }),
})
export type WallOrganizations = z.output<typeof WallOrganizations>
