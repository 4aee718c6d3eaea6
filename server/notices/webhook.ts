import { createHmac } from 'node:crypto'
import { payloadOf } from './payload.ts'
import { NotAllowed, post } from './post.ts'
import { failed, refused, type Send, sent, told } from './sender.ts'
import type { NoticesSettings, WebhookSettings } from './settings.ts'

interface WebhookOptions {
  settings: () => NoticesSettings
  zone: string
  now: () => number
  milliseconds?: number
}

/** Why an address may not be written to; otherwise the entry of `notices.json` that allows it. */
export function allowedHost(
  address: string,
  webhooks: readonly WebhookSettings[],
): WebhookSettings | string {
  if (!URL.canParse(address)) return 'is not a web address'
  const url = new URL(address)
  if (url.username || url.password) return 'an address holds no password'
  const found = webhooks.find(({ host }) => host.toLowerCase() === url.host.toLowerCase())
  if (!found) return `"${url.host}" is not among the webhooks of notices.json`
  if (url.protocol === 'http:' && !found.http)
    return `"${url.host}" is to be written to with https; set "http": true if plain http is meant`
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'only http and https are sent'
  return found
}

/** Standard Webhooks 1.0: HMAC-SHA256 of `id.timestamp.body`; the id is the key of the message, the same at each attempt. */
export function signed(secret: string, id: string, seconds: number, body: string) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
    'idempotency-key': id,
  }
}

export const webhookSender =
  ({ settings, zone, now, milliseconds }: WebhookOptions): Send =>
  async ({ message, recipient }) => {
    const { webhooks, publicUrl } = settings()
    const host = allowedHost(recipient.address, webhooks)
    if (typeof host === 'string') return refused(host)
    const body = JSON.stringify(
      payloadOf(message, { language: recipient.language, zone, publicUrl }),
    )
    const headers = signed(host.secret, message.id, Math.floor(now() / 1000), body)
    const url = new URL(recipient.address)
    const secrets = [host.secret, url.pathname.length > 1 ? url.pathname : '', url.search]
    try {
      const { status, retryAfterMs } = await post(url, body, {
        ...{ headers, privateNetwork: host.privateNetwork ?? false },
        ...(milliseconds && { milliseconds }),
      })
      if (status >= 200 && status < 300) return sent(`HTTP ${status}`)
      if (status >= 300 && status < 400)
        return refused(`HTTP ${status}: it redirects, and redirects are not followed`)
      // What is wrong with the message stays wrong; being asked to slow down or to wait does not.
      const passing = status === 408 || status === 425 || status === 429 || status >= 500
      return passing ? failed(`HTTP ${status}`, retryAfterMs) : refused(`HTTP ${status}`)
    } catch (cause) {
      const { message: why } = cause as Error
      return cause instanceof NotAllowed ? refused(why) : failed(told(why, secrets))
    }
  }
