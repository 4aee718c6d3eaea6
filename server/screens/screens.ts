import { createHash } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { KEPT_DAYS, SCENES, ScreenSetting } from '#server/contract/screens.ts'
import { createGuesses } from './guesses.ts'

/** A screen that waits to be let in shows its code; whoever knows the code stands before it. */
export interface Waiting {
  code: string
  /** Only the screen itself knows it; it is what the approval is handed out for. */
  secret: string
  /** UTC ms. */
  until: number
}

export interface Screen {
  id: string
  name: string
  setting: ScreenSetting
  approvedAt: number
  revokedAt: number | null
  /** When it last said that it lives, and which scene it showed; null before that. */
  seenAt: number | null
  shows: string | null
}

export type Claim =
  | { state: 'waiting' }
  | { state: 'expired' }
  | { state: 'approved'; token: string }

export type Approval =
  | { state: 'approved'; screen: Screen }
  /** No screen shows the code. */
  | { state: 'wrong' }
  /** Too many wrong codes: right or wrong, none is looked at for so long. */
  | { state: 'wait'; milliseconds: number }

export interface Screens {
  /** Null where too many wait, in all or from one address. */
  ask(from: string): Waiting | null
  /** Lets in the screen that shows the code. */
  approve(code: string, called: { name: string; setting: ScreenSetting }, from: string): Approval
  /** What became of a screen that asked. The token is handed out once. */
  claim(secret: string): Claim
  /** A screen says that it lives; null when its token is unknown or revoked. */
  hear(token: string, shows: string | null): Screen | null
  /** Newest first; those that are over stay for {@link KEPT_DAYS}. */
  roster(): Screen[]
  change(id: string, called: { name: string; setting: ScreenSetting }): Screen | null
  revoke(id: string): Screen | null
  close(): void
}

interface ScreensOptions {
  file: string
  now: () => number
  random: (bytes: number) => Buffer
}

const CODE_LASTS_MS = 10 * 60_000
/** More than stand in any city hall; who asks without end finds the door shut, not the memory full. */
const WAITING = 200
/** From one address, which may be a proxy before a whole city hall: one machine cannot shut the door for the others. */
const WAITING_OF_ONE = 20
const CODES = 1_000_000
const DAY_MS = 86_400_000
const PRUNED_EACH_MS = 3_600_000

const Row = z.object({
  id: z.string(),
  name: z.string(),
  setting: z.string(),
  approved_at: z.number(),
  revoked_at: z.number().nullable(),
  seen_at: z.number().nullable(),
  shows: z.string().nullable(),
})

/** The screens on walls: tokens of devices, never of people. Of a token only its hash is kept. */
export function openScreens({ file, now, random }: ScreensOptions): Screens {
  const db = new DatabaseSync(file)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000;
    CREATE TABLE IF NOT EXISTS screen (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, token BLOB NOT NULL UNIQUE, setting TEXT NOT NULL,
      approved_at INTEGER NOT NULL, revoked_at INTEGER, seen_at INTEGER, shows TEXT
    ) STRICT`)
  const COLUMNS = 'id, name, setting, approved_at, revoked_at, seen_at, shows'
  const all = db.prepare(`SELECT ${COLUMNS} FROM screen ORDER BY approved_at DESC, id`)
  const byId = db.prepare(`SELECT ${COLUMNS} FROM screen WHERE id = ?`)
  const byToken = db.prepare(`SELECT ${COLUMNS} FROM screen WHERE token = ? AND revoked_at IS NULL`)
  const insert = db.prepare(
    'INSERT INTO screen (id, name, token, setting, approved_at) VALUES (?, ?, ?, ?, ?)',
  )
  const update = db.prepare('UPDATE screen SET name = ?, setting = ? WHERE id = ?')
  const seen = db.prepare('UPDATE screen SET seen_at = ?, shows = ? WHERE id = ?')
  const end = db.prepare('UPDATE screen SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?')
  const old = db.prepare(`DELETE FROM screen WHERE revoked_at < ?
    OR (revoked_at IS NULL AND seen_at IS NULL AND approved_at < ?)
    OR (revoked_at IS NULL AND seen_at < ?)`)
  const guesses = createGuesses(now)

  let prunedAt = Number.NEGATIVE_INFINITY
  /** The roster is a record of who was let in; what is over is not kept for ever. */
  const prune = () => {
    if (now() - prunedAt < PRUNED_EACH_MS && now() >= prunedAt) return
    prunedAt = now()
    const before = (days: number) => prunedAt - days * DAY_MS
    old.run(before(KEPT_DAYS.revoked), before(KEPT_DAYS.neverHeard), before(KEPT_DAYS.silent))
  }

  /** By secret; `token` is there once it is approved. */
  const waiting = new Map<string, Waiting & { from: string; token?: string }>()
  const forget = () => {
    for (const [secret, { until }] of waiting) if (until <= now()) waiting.delete(secret)
  }
  const unusedCode = () => {
    const used = new Set([...waiting.values()].map(({ code }) => code))
    for (;;) {
      const code = String(random(6).readUIntBE(0, 6) % CODES).padStart(6, '0')
      if (!used.has(code)) return code
    }
  }
  const find = (id: string) => {
    const row = byId.get(id)
    return row ? screenOf(row) : null
  }

  return {
    ask(from) {
      forget()
      const own = [...waiting.values()].filter((one) => one.from === from)
      if (waiting.size >= WAITING || own.length >= WAITING_OF_ONE) return null
      const one = {
        code: unusedCode(),
        secret: random(32).toString('base64url'),
        until: now() + CODE_LASTS_MS,
      }
      waiting.set(one.secret, { ...one, from })
      return one
    },
    approve(code, { name, setting }, from) {
      forget()
      const milliseconds = guesses.waitOf(from)
      if (milliseconds > 0) return { state: 'wait', milliseconds }
      const one = [...waiting.values()].find((other) => other.code === code && !other.token)
      if (!one) {
        guesses.wrong(from)
        return { state: 'wrong' }
      }
      one.token = random(32).toString('base64url')
      const id = `screen-${random(6).toString('hex')}`
      insert.run(id, name, hashOf(one.token), JSON.stringify(setting), now())
      const screen = find(id)
      return screen ? { state: 'approved', screen } : { state: 'wrong' }
    },
    claim(secret) {
      forget()
      const one = waiting.get(secret)
      if (!one) return { state: 'expired' }
      if (!one.token) return { state: 'waiting' }
      waiting.delete(secret)
      return { state: 'approved', token: one.token }
    },
    hear(token, shows) {
      const row = byToken.get(hashOf(token))
      if (!row) return null
      const screen = screenOf(row)
      const at = now()
      seen.run(at, shows, screen.id)
      return { ...screen, seenAt: at, shows }
    },
    roster() {
      prune()
      return all.all().map(screenOf)
    },
    change(id, { name, setting }) {
      update.run(name, JSON.stringify(setting), id)
      return find(id)
    },
    revoke(id) {
      end.run(now(), id)
      return find(id)
    },
    close: () => db.close(),
  }
}

function screenOf(row: unknown): Screen {
  const { setting, approved_at, revoked_at, seen_at, ...rest } = Row.parse(row)
  return {
    ...rest,
    setting: settingOf(setting),
    approvedAt: approved_at,
    revokedAt: revoked_at,
    seenAt: seen_at,
  }
}

/** Screens that were let in when all scenes stood equally long keep their scenes. */
const EarlierSetting = z.object({
  scenes: z.array(z.enum(SCENES)),
  seconds: z.number(),
  languages: ScreenSetting.shape.languages,
  scheme: ScreenSetting.shape.scheme,
})

function settingOf(text: string): ScreenSetting {
  const stored: unknown = JSON.parse(text)
  const earlier = EarlierSetting.safeParse(stored)
  if (!earlier.success) return ScreenSetting.parse(stored)
  const { scenes, seconds, ...rest } = earlier.data
  return { ...rest, district: null, scenes: scenes.map((scene) => ({ scene, seconds })) }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest()
