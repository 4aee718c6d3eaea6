import * as z from 'zod/mini'
import { HIDDEN } from './hidden.ts'
import { LANGUAGES, RESOURCES } from './vocabulary.ts'

/** What a rule watches. */
export const NOTICE_KINDS = [
  'emergencyOpen',
  'emergencyAge',
  'outageSuspected',
  'sourceSilent',
  'overdueGrowth',
  'openAboveUsual',
] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** `danger`: people are in danger; it is told at once and, where the recipient wants it, at night. */
export const SEVERITIES = ['danger', 'watch', 'news'] as const
export type Severity = (typeof SEVERITIES)[number]

export const SCOPES = ['city', 'district', 'organization'] as const
export type ScopeOf = (typeof SCOPES)[number]

/** Where a rule of a kind may look. */
export const SCOPES_OF = {
  emergencyOpen: ['city', 'district', 'organization'],
  emergencyAge: ['city', 'district', 'organization'],
  outageSuspected: ['city', 'district'],
  sourceSilent: ['city'],
  overdueGrowth: ['city', 'district', 'organization'],
  openAboveUsual: ['city', 'district', 'organization'],
} as const satisfies Record<NoticeKind, readonly ScopeOf[]>

/** Measures of which a lower recovery threshold makes sense; the others are over when what they tell of is over. */
export const RECOVERS: Readonly<Record<NoticeKind, boolean>> = {
  emergencyOpen: true,
  emergencyAge: false,
  outageSuspected: false,
  sourceSilent: false,
  overdueGrowth: true,
  openAboveUsual: true,
}

const someId = z.string().check(z.minLength(1), z.maxLength(128))
const plain = (longest: number) =>
  z.string().check(
    z.trim(),
    z.maxLength(longest),
    z.refine((text) => !HIDDEN.test(text), 'holds characters that are not seen'),
  )

export const RuleDraft = z
  .object({
    /** Empty: the rule is called by what it watches. */
    name: plain(80),
    kind: z.enum(NOTICE_KINDS),
    /** Of districts or organizations each is watched by itself; an empty list means all of them. */
    scope: z.object({ of: z.enum(SCOPES), ids: z.array(someId).check(z.maxLength(200)) }),
    /** Reached or passed: requests, minutes, houses, requests above usual, percent above usual. */
    threshold: z.number().check(z.gte(1), z.lte(100_000)),
    /** Over once the value is below this; not above the threshold. */
    recovery: z.number().check(z.gte(0), z.lte(100_000)),
    /** So long without a break before it is told. */
    holdMinutes: z.int().check(z.gte(0), z.lte(1440)),
    severity: z.enum(SEVERITIES),
    recipients: z.array(someId).check(z.maxLength(50)),
  })
  .check(
    z.refine(({ recovery, threshold }) => recovery <= threshold, {
      message: 'the threshold of recovery lies above the threshold',
      path: ['recovery'],
    }),
    z.refine(({ kind, scope }) => (SCOPES_OF[kind] as readonly ScopeOf[]).includes(scope.of), {
      message: 'this cannot be watched by such parts of the city',
      path: ['scope'],
    }),
  )
export type RuleDraft = z.output<typeof RuleDraft>

export const NOTICE_CHANNELS = ['email', 'telegram', 'webhook'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]

const EMAIL = /^[^\s@<>(),;:"\\[\]]{1,64}@[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/i
const CHAT = /^(?:-?\d{1,20}|@[A-Za-z]\w{3,31})$/
const isAddress: Readonly<Record<NoticeChannel, (text: string) => boolean>> = {
  email: (text) => EMAIL.test(text),
  telegram: (text) => CHAT.test(text),
  webhook: (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
}
const timeOfDay = z.string().check(z.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/))

export const RecipientDraft = z
  .object({
    /** Who it is in the city's words: a post, not a person. */
    name: plain(80).check(z.minLength(1)),
    channel: z.enum(NOTICE_CHANNELS),
    /** Mail address, chat id or https address; empty when a known recipient is changed and keeps its own. */
    address: plain(300),
    language: z.enum(LANGUAGES),
    /** In the city's zone, half-open; over midnight where `from` is the later. null = none. */
    quiet: z.nullable(z.object({ from: timeOfDay, to: timeOfDay })),
    /** Danger to people is told in quiet hours too. */
    dangerAnyway: z.boolean(),
    /** The first message waits so long for more of the same. */
    waitSeconds: z.int().check(z.gte(0), z.lte(3600)),
    /** Between two messages about one rule. */
    intervalMinutes: z.int().check(z.gte(1), z.lte(1440)),
    /** What nobody has acknowledged is told again; 0 = never. */
    repeatMinutes: z.int().check(z.gte(0), z.lte(10_080)),
    /** That it is over is told too. */
    tellsOver: z.boolean(),
  })
  .check(
    z.refine(({ channel, address }) => address === '' || isAddress[channel](address), {
      message: 'is not an address of this channel',
      path: ['address'],
    }),
    z.refine(({ quiet }) => quiet === null || quiet.from !== quiet.to, {
      message: 'begin and end are the same',
      path: ['quiet'],
    }),
  )
export type RecipientDraft = z.output<typeof RecipientDraft>

/** Who acts at a screen; there is no login, so they say who they are. */
export const Who = plain(80).check(z.minLength(2))

const words = z.object({
  kk: z.optional(z.string()),
  ru: z.optional(z.string()),
  en: z.optional(z.string()),
})
const named = z.nullable(z.object({ id: z.string(), name: words }))

/** What a notice rests on. No field can hold a resident: numbers of requests, addresses of houses, counts. */
export const Evidence = z.object({
  value: z.number(),
  threshold: z.number(),
  /** Part of the city that it is about; null = the city. */
  district: named,
  organization: named,
  building: named,
  request: z.nullable(z.string()),
  category: z.nullable(words),
  source: named,
  resource: z.nullable(z.enum(RESOURCES)),
  /** Heating point, where most of the houses hang on one. */
  point: z.nullable(z.string()),
  /** Counts behind a comparison: what there is, what is usual at most. */
  count: z.nullable(z.number()),
  usual: z.nullable(z.number()),
})
export type Evidence = z.output<typeof Evidence>

export const NO_EVIDENCE: Evidence = {
  value: 0,
  threshold: 0,
  district: null,
  organization: null,
  building: null,
  request: null,
  category: null,
  source: null,
  resource: null,
  point: null,
  count: null,
  usual: null,
}

export interface NoticeLine {
  kind: NoticeKind
  severity: Severity
  evidence: Evidence
  firedAt: number
  overAt: number | null
}

export const MESSAGE_STATES = ['waiting', 'sent', 'dead'] as const
export const MESSAGE_KINDS = ['news', 'repeat', 'test'] as const
