import type { NoticeChannel } from '#server/contract/notices.ts'
import type { Message } from './outbox.ts'
import type { Recipient } from './rule.ts'

/** What became of one attempt. `detail` is for a person and holds neither secrets nor addresses of recipients. */
export type Result =
  | { ok: true; detail: string }
  | { ok: false; final: boolean; retryAfterMs: number | null; detail: string }

export interface Letter {
  message: Pick<Message, 'id' | 'kind' | 'body' | 'rule'>
  recipient: Recipient
}
/** One way out. Never throws and never waits longer than it is allowed to. */
export type Send = (letter: Letter) => Promise<Result>
export type Senders = Readonly<Record<NoticeChannel, Send>>

export const sent = (detail: string): Result => ({ ok: true, detail })
/** Trying again may help. */
export const failed = (detail: string, retryAfterMs: number | null = null): Result => ({
  ...{ ok: false, final: false, retryAfterMs, detail },
})
/** Trying again will not help before somebody changes something. */
export const refused = (detail: string): Result => ({
  ...{ ok: false, final: true, retryAfterMs: null, detail },
})

const LONGEST = 300

/** What a receiver answered, in one line and without what must not be kept. */
export function told(text: string, secrets: readonly string[]): string {
  let line = text.replaceAll(/\p{Cc}+/gu, ' ').trim()
  for (const secret of secrets) if (secret.length >= 3) line = line.replaceAll(secret, '…')
  // Mail servers repeat the address that they refuse.
  return line.replaceAll(/[^\s<>"'(]+@[^\s<>"')]+/g, '…').slice(0, LONGEST)
}
