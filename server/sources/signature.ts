import { createHmac, timingSafeEqual } from 'node:crypto'

/** Seconds that a message may be older or newer than our clock. */
const TOLERANCE_S = 300

export interface SignedHeaders {
  id: string
  /** Seconds since 1970, as they were sent: part of what is signed. */
  timestamp: string
  /** `v1,BASE64`, several separated by spaces while a secret is being replaced. */
  signature: string
}

/** Why a message is not taken; the sender reads it. */
export class SignatureFault extends Error {}

/**
 * Proves that one of the secrets signed exactly these bytes, and lately. Standard Webhooks 1.0: HMAC-SHA256 of
 * `id.timestamp.body` under the bytes behind `whsec_`. Throws SignatureFault.
 */
export function prove(
  { id, timestamp, signature }: SignedHeaders,
  body: Uint8Array,
  secrets: readonly string[],
  now: number,
): void {
  if (!/^\d{1,12}$/.test(timestamp))
    throw new SignatureFault('webhook-timestamp is not in whole seconds since 1970')
  const age = now / 1000 - Number(timestamp)
  if (age > TOLERANCE_S) throw new SignatureFault('webhook-timestamp is more than 5 minutes old')
  if (age < -TOLERANCE_S)
    throw new SignatureFault('webhook-timestamp is more than 5 minutes in the future')
  const given = signature
    .split(' ')
    .slice(0, 10)
    .flatMap((part) => (part.startsWith('v1,') ? [Buffer.from(part.slice(3), 'base64')] : []))
  let proven = false
  for (const secret of secrets) {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    const right = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
    for (const one of given)
      if (one.length === right.length) proven = timingSafeEqual(one, right) || proven
  }
  if (!proven) throw new SignatureFault('webhook-signature does not match the body')
}
