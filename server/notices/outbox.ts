import { z } from 'zod'
import {
  MESSAGE_KINDS,
  MESSAGE_STATES,
  NOTICE_CHANNELS,
  type NoticeChannel,
} from '#server/contract/notices.ts'
import type { NoticesDatabase } from './database.ts'
import { MessageBody } from './message.ts'

const MessageRow = z.object({
  id: z.string(),
  recipient: z.string(),
  channel: z.enum(NOTICE_CHANNELS),
  rule: z.string().nullable(),
  kind: z.enum(MESSAGE_KINDS),
  danger: z.number(),
  body: z.string(),
  state: z.enum(MESSAGE_STATES),
  created_at: z.number(),
  failed: z.number(),
  next_at: z.number(),
  ended_at: z.number().nullable(),
  reason: z.string().nullable(),
})
const AttemptRow = z.object({
  at: z.number(),
  result: z.enum(['sent', 'failed', 'dead', 'again']),
  latency_ms: z.number(),
  detail: z.string(),
  by: z.string().nullable(),
})

/** One message to one recipient. Its id is the key by which a receiver knows it again. */
export interface Message {
  id: string
  recipient: string
  channel: NoticeChannel
  rule: string | null
  kind: (typeof MESSAGE_KINDS)[number]
  danger: boolean
  body: MessageBody
  state: (typeof MESSAGE_STATES)[number]
  createdAt: number
  /** Attempts since it was put in or sent again. */
  failed: number
  nextAt: number
  endedAt: number | null
  reason: string | null
}

export interface Attempt {
  at: number
  result: 'sent' | 'failed' | 'dead' | 'again'
  latencyMs: number
  detail: string
  /** Who sent it again. */
  by: string | null
}

export interface ChannelState {
  channel: NoticeChannel
  waiting: number
  dead: number
  sent: number
  lastSentAt: number | null
  lastFailure: { at: number; detail: string } | null
}

function messageOf(row: unknown): Message {
  const { body, danger, created_at, next_at, ended_at, ...rest } = MessageRow.parse(row)
  return {
    ...rest,
    danger: danger === 1,
    body: MessageBody.parse(JSON.parse(body)),
    createdAt: created_at,
    nextAt: next_at,
    endedAt: ended_at,
  }
}

/** Messages that are to be sent, were sent or could not be: put in with the state that caused them, so that none is lost or doubled. */
export function keepOutbox({ db, together }: NoticesDatabase) {
  const put = db.prepare(
    "INSERT INTO message VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', ?, 0, ?, NULL, NULL)",
  )
  const due = db.prepare(
    `SELECT * FROM (
      SELECT *, row_number() OVER (PARTITION BY recipient ORDER BY danger DESC, created_at, id) AS nth
      FROM message WHERE state = 'waiting' AND next_at <= ?)
    WHERE nth = 1 ORDER BY danger DESC, created_at, id`,
  )
  const next = db.prepare("SELECT min(next_at) AS at FROM message WHERE state = 'waiting'")
  const one = db.prepare('SELECT * FROM message WHERE id = ?')
  const list = db.prepare(
    'SELECT * FROM message WHERE created_at <= ? ORDER BY created_at DESC, id LIMIT ?',
  )
  const dead = db.prepare(
    "SELECT * FROM message WHERE state = 'dead' ORDER BY created_at DESC, id LIMIT ?",
  )
  const note = db.prepare(
    'INSERT INTO attempt (message, at, channel, result, latency_ms, detail, by) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const attempts = db.prepare(
    'SELECT at, result, latency_ms, detail, by FROM attempt WHERE message = ? ORDER BY id',
  )
  const sent = db.prepare(
    "UPDATE message SET state = 'sent', ended_at = ?, reason = NULL WHERE id = ?",
  )
  const later = db.prepare('UPDATE message SET failed = failed + 1, next_at = ? WHERE id = ?')
  const die = db.prepare(
    "UPDATE message SET state = 'dead', failed = failed + 1, ended_at = ?, reason = ? WHERE id = ?",
  )
  const revive = db.prepare(
    "UPDATE message SET state = 'waiting', failed = 0, next_at = ?, ended_at = NULL, reason = NULL WHERE id = ? AND state = 'dead'",
  )
  const waitingOf = db.prepare("SELECT id FROM message WHERE recipient = ? AND state = 'waiting'")
  const counts = db.prepare(
    'SELECT channel, state, count(*) AS n, max(ended_at) AS at FROM message GROUP BY channel, state',
  )
  const failures = db.prepare(`
    SELECT channel, at, detail FROM attempt
    WHERE id IN (SELECT max(id) FROM attempt WHERE result IN ('failed', 'dead') GROUP BY channel)`)
  const forget = db.prepare("DELETE FROM message WHERE state <> 'waiting' AND created_at < ?")
  const forgetAttempts = db.prepare('DELETE FROM attempt WHERE at < ?')

  return {
    put(message: Omit<Message, 'state' | 'failed' | 'nextAt' | 'endedAt' | 'reason'>) {
      const { id, recipient, channel, rule, kind, danger, body, createdAt } = message
      const text = JSON.stringify(body)
      put.run(id, recipient, channel, rule, kind, danger ? 1 : 0, text, createdAt, createdAt)
    },
    /** The next message of each recipient: danger first, then the oldest. */
    due: (now: number): Message[] => due.all(now).map(messageOf),
    nextAt(): number | null {
      const at = next.get()?.at
      return typeof at === 'number' ? at : null
    },
    one(id: string): Message | undefined {
      const row = one.get(id)
      return row && messageOf(row)
    },
    newest: (before: number, limit: number): Message[] => list.all(before, limit).map(messageOf),
    dead: (limit: number): Message[] => dead.all(limit).map(messageOf),
    waitingOf: (recipient: string): string[] =>
      waitingOf.all(recipient).map(({ id }) => String(id)),
    attempts: (message: string): Attempt[] =>
      attempts.all(message).map((row) => {
        const { latency_ms, ...rest } = AttemptRow.parse(row)
        return { ...rest, latencyMs: latency_ms }
      }),
    sent({ id, channel }: Message, at: number, latencyMs: number, detail: string) {
      together(() => {
        note.run(id, at, channel, 'sent', latencyMs, detail, null)
        sent.run(at, id)
      })
    },
    later(message: Message, at: number, latencyMs: number, detail: string, nextAt: number) {
      together(() => {
        note.run(message.id, at, message.channel, 'failed', latencyMs, detail, null)
        later.run(nextAt, message.id)
      })
    },
    die(
      { id, channel }: Pick<Message, 'id' | 'channel'>,
      at: number,
      latency: number,
      why: string,
    ) {
      together(() => {
        note.run(id, at, channel, 'dead', latency, why, null)
        die.run(at, why, id)
      })
    },
    /** A dead letter is sent again under the same key; false where it is none. */
    again({ id, channel }: Message, at: number, by: string): boolean {
      return together(() => {
        if (revive.run(at, id).changes === 0) return false
        note.run(id, at, channel, 'again', 0, '', by)
        return true
      })
    },
    channels(): ChannelState[] {
      const rows = counts.all()
      const last = failures.all()
      return NOTICE_CHANNELS.map((channel) => {
        const of = (state: string) =>
          rows.find((row) => row.channel === channel && row.state === state)
        const failed = last.find((row) => row.channel === channel)
        return {
          channel,
          waiting: Number(of('waiting')?.n ?? 0),
          dead: Number(of('dead')?.n ?? 0),
          sent: Number(of('sent')?.n ?? 0),
          lastSentAt: of('sent') ? Number(of('sent')?.at) : null,
          lastFailure: failed ? { at: Number(failed.at), detail: String(failed.detail) } : null,
        }
      })
    },
    forget(before: number) {
      together(() => {
        forget.run(before)
        forgetAttempts.run(before)
      })
    },
  }
}
export type Outbox = ReturnType<typeof keepOutbox>
