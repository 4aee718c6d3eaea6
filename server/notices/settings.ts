import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type NoticesEnvironment, SettingError } from '#server/config.ts'

export const NO_ENVIRONMENT: NoticesEnvironment = {
  smtpUrl: null,
  smtpFrom: null,
  telegramToken: null,
  publicUrl: null,
}

/**
 * `always`: TLS or nothing. `maybe`: TLS where the server offers it. `never`: plain, for a relay on this machine. An `smtps:` address
 * begins with TLS in any case.
 */
const TLS = ['always', 'maybe', 'never'] as const
const webAddress = z.url({ protocol: /^https?$/, error: 'is not an http or https address' })
const smtpAddress = z.string().refine((text) => {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return /^smtps?:$/.test(protocol) && hostname !== ''
}, 'is not smtp://USER:PASSWORD@HOST:PORT or smtps://…')

const Smtp = z.strictObject({
  url: smtpAddress.optional(),
  /** Who writes: `Domovoi <domovoi@city.example>`. */
  from: z.string().min(3).max(200).optional(),
  tls: z.enum(TLS).optional(),
  /** File of certificates of the city's own authority. */
  ca: z.string().optional(),
})
const Telegram = z.strictObject({
  token: z.string().min(5).max(200).optional(),
  /** Another server of the same protocol, such as one within the city's network. */
  base: webAddress.optional(),
})
const Webhook = z.strictObject({
  /** Host, with its port where it is not the usual one: only those that are named here are written to. */
  host: z.string().regex(/^[a-z0-9.-]+(?::\d{1,5})?$|^\[[0-9a-f:.]+\](?::\d{1,5})?$/i),
  /** Signs the bodies: Standard Webhooks. */
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'is not whsec_ and base64'),
  /** It may stand in a private network or on this machine. */
  privateNetwork: z.boolean().optional(),
  /** It may be written to without TLS. */
  http: z.boolean().optional(),
})
const File = z.strictObject({
  smtp: Smtp.optional(),
  telegram: Telegram.optional(),
  webhooks: z.array(Webhook).max(50).optional(),
  /** Where people open the pages, for links in messages. */
  publicUrl: webAddress.optional(),
})

export interface SmtpSettings {
  url: string
  from: string
  tls: (typeof TLS)[number]
  ca: string | null
}
export interface TelegramSettings {
  token: string
  base: string
}
export type WebhookSettings = z.output<typeof Webhook>
export interface NoticesSettings {
  smtp: SmtpSettings | null
  telegram: TelegramSettings | null
  webhooks: readonly WebhookSettings[]
  /** Without a slash at its end. */
  publicUrl: string | null
}

const TELEGRAM = 'https://api.telegram.org'

/** Reads `notices.json` of a data folder under the environment. Throws SettingError with the field, never with a value. */
export function readNoticesSettings(dataDir: string, given: NoticesEnvironment): NoticesSettings {
  const file = join(dataDir, 'notices.json')
  const { smtp, telegram, webhooks, publicUrl } = whole(file)
  const url = given.smtpUrl ?? smtp?.url
  if (url !== undefined && !smtpAddress.safeParse(url).success)
    throw new SettingError('SMTP_URL is not smtp://USER:PASSWORD@HOST:PORT or smtps://…')
  const token = given.telegramToken ?? telegram?.token
  const link = given.publicUrl ?? publicUrl
  if (link !== undefined && !webAddress.safeParse(link).success)
    throw new SettingError('PUBLIC_URL is not an http or https address')
  return {
    smtp: url === undefined ? null : smtpOf(url, given.smtpFrom ?? smtp?.from, smtp),
    telegram: token === undefined ? null : { token, base: bare(telegram?.base ?? TELEGRAM) },
    webhooks: webhooks ?? [],
    publicUrl: link === undefined ? null : bare(link),
  }
}

const bare = (url: string) => url.replace(/\/+$/, '')

function smtpOf(url: string, from: string | undefined, more: z.output<typeof Smtp> | undefined) {
  const { hostname, username } = new URL(url)
  // A password is never sent in the clear unless somebody wrote that it may be.
  const tls = more?.tls ?? (username ? 'always' : 'maybe')
  return { url, from: from ?? `Domovoi <domovoi@${hostname}>`, tls, ca: more?.ca ?? null }
}

function whole(file: string): z.output<typeof File> {
  if (!existsSync(file)) return {}
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    // The parser's own message may quote a secret.
    throw new SettingError(`${file} is not JSON`, { cause: causeWithoutText(cause) })
  }
  const found = File.safeParse(content)
  if (found.success) return found.data
  const faults = found.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new SettingError(`${file} is not right: ${faults.join('; ')}`)
}

const causeWithoutText = (cause: unknown) => (cause instanceof Error ? cause.name : 'not JSON')
