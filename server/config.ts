import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { NORM_STARTS, type NormStart } from './contract/norms.ts'
import { ROLES, type Role } from './contract/roles.ts'
import type { Words } from './contract/vocabulary.ts'

/** A city, from `city.json` in the data folder. */
export interface City {
  name: { kk?: string; ru?: string; en?: string }
  /** IANA zone; all local dates of the facts are in it. */
  zone: string
  languages: readonly ('kk' | 'ru' | 'en')[]
  centre: [lon: number, lat: number]
  /** What its sources are called on screen, by the id they send; a source without a name is shown by its id. */
  sources?: Readonly<Record<string, Words>>
  /** Norm packs by id, shipped ones or `norms/*.json` of the data folder; of two equally specific norms the earlier pack's stands. */
  norms?: readonly string[]
  /** Id of the organization that takes complaints about companies; absent = the first inspectorate, else department. */
  authority?: string
  /** Id of the region that norms of a country's pack may be for. */
  region?: string
  /** Where sources disagree about the start of a clock, the one that the city chose: `"ru/eliminated": "accident"`. */
  normStarts?: Readonly<Record<string, NormStart>>
  /** A PMTiles archive in the data folder, drawn under everything on the map. */
  basemap?: string
}

/** What the operator set wrongly: names the setting and says what it may be. */
export class SettingError extends Error {}

/** What the environment says of the ways out to people; it stands above `notices.json`. */
export interface NoticesEnvironment {
  smtpUrl: string | null
  smtpFrom: string | null
  telegramToken: string | null
  publicUrl: string | null
}

export interface Config {
  /** Absolute path. */
  dataDir: string
  port: number
  host: string
  /** Names that the server answers to beside those of this machine. */
  allowedHosts: readonly string[]
  /** Live streams of one address; null = the usual bound. */
  streamsPerAddress: number | null
  /** A pinned clock, UTC epoch milliseconds; null = the machine's. */
  now: number | null
  /** The key of the ingest endpoint; null = the one in the data folder. */
  key: string | null
  /** What an empty data folder becomes on `npm start`; null = stays empty. */
  demo: 'demo' | 'city' | 'stress' | null
  /** What everybody who opens the pages may see of people; there is no login. */
  role: Role
  /** How people are written to; `notices.json` of the data folder says the rest. */
  notices: NoticesEnvironment
}

const knownZone = (zone: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

const name = z.string().trim().min(1).max(200).exactOptional()
const names = z
  .strictObject({ kk: name, ru: name, en: name })
  .refine((words) => Object.keys(words).length > 0, 'give the name in at least one language')
const City = z
  .object({
    name: names,
    zone: z.string().refine(knownZone, 'not an IANA time zone such as "Asia/Almaty"'),
    languages: z.array(z.enum(['kk', 'ru', 'en'])).min(1),
    centre: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
    sources: z.record(z.string(), names).exactOptional(),
    norms: z.array(z.string().min(1).max(60)).max(20).exactOptional(),
    authority: z.string().min(1).max(128).exactOptional(),
    region: z.string().min(1).max(60).exactOptional(),
    normStarts: z.record(z.string(), z.enum(NORM_STARTS)).exactOptional(),
    basemap: z
      .string()
      .regex(/^[\w-][\w.-]*\.pmtiles$/, 'the name of a .pmtiles file in the data folder')
      .exactOptional(),
  })
  .readonly()

const Environment = z.object({
  DOMOVOI_DATA: z
    .string()
    .default('data')
    .transform((path) => resolve(path)),
  PORT: z.coerce.number('not a port number').int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  ALLOWED_HOSTS: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .pipe(
      z.array(
        z
          .string()
          .regex(
            /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])$/i,
            'host names without scheme and port, separated by commas, such as domovoi.city.example',
          ),
      ),
    ),
  STREAMS_PER_ADDRESS: z.coerce
    .number('not a number of streams')
    .int()
    .min(1)
    .max(12_000)
    .optional(),
  DOMOVOI_NOW: z.iso
    .datetime({
      offset: true,
      error: 'not an instant with an offset, such as 2016-01-12T22:22:00-05:00',
    })
    .transform((instant) => Date.parse(instant))
    .optional(),
  DOMOVOI_KEY: z.string().min(16, 'a key has at least 16 characters').max(200).optional(),
  DOMOVOI_DEMO: z.enum(['demo', 'city', 'stress', 'off']).default('demo'),
  DOMOVOI_ROLE: z.enum(ROLES).default('official'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'not smtp://USER:PASSWORD@HOST:PORT or smtps://…' })
    .optional(),
  SMTP_FROM: z.string().min(3).max(200).optional(),
  TELEGRAM_TOKEN: z.string().min(5).max(200).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'not an http or https address' }).optional(),
})

export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.entries(environment).filter(([, value]) => value?.trim())
  const parsed = Environment.safeParse(Object.fromEntries(set))
  if (!parsed.success) throw new SettingError(sentence(parsed.error, 'the environment'))
  const {
    DOMOVOI_DATA,
    PORT,
    HOST,
    ALLOWED_HOSTS,
    STREAMS_PER_ADDRESS,
    DOMOVOI_NOW,
    DOMOVOI_KEY,
    DOMOVOI_DEMO,
    DOMOVOI_ROLE,
    SMTP_URL,
    SMTP_FROM,
    TELEGRAM_TOKEN,
    PUBLIC_URL,
  } = parsed.data
  return {
    dataDir: DOMOVOI_DATA,
    port: PORT,
    host: HOST,
    allowedHosts: ALLOWED_HOSTS,
    streamsPerAddress: STREAMS_PER_ADDRESS ?? null,
    now: DOMOVOI_NOW ?? null,
    key: DOMOVOI_KEY ?? null,
    demo: DOMOVOI_DEMO === 'off' ? null : DOMOVOI_DEMO,
    role: DOMOVOI_ROLE,
    notices: {
      smtpUrl: SMTP_URL ?? null,
      smtpFrom: SMTP_FROM ?? null,
      telegramToken: TELEGRAM_TOKEN ?? null,
      publicUrl: PUBLIC_URL ?? null,
    },
  }
}

const cityFile = (dataDir: string) => join(dataDir, 'city.json')

/** The city of a data folder; undefined when the folder has none yet. */
export function readCity(dataDir: string): City | undefined {
  const file = cityFile(dataDir)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw new SettingError(`${file} cannot be read: ${(cause as Error).message}`, { cause })
  }
  const parsed = City.safeParse(content)
  if (!parsed.success) throw new SettingError(sentence(parsed.error, file))
  return parsed.data
}

/** Writes `city.json` unless the folder has one; returns the city that stands. */
export function ensureCity(dataDir: string, city: City): City {
  const known = readCity(dataDir)
  if (known) return known
  writeFileSync(cityFile(dataDir), `${JSON.stringify(city, null, 2)}\n`)
  chmodSync(cityFile(dataDir), 0o644)
  return city
}

function sentence(error: z.ZodError, where: string): string {
  const faults = error.issues.map((issue) => `${issue.path.join('.') || 'value'}: ${issue.message}`)
  return `${where} is not right: ${faults.join('; ')}`
}
