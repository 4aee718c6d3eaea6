/** No word for so long: the server is asked whether it lives. */
const ASK_AFTER_MS = 5000
/** An answer later than this is none. */
export const ANSWER_WITHIN_MS = 4000
/** No word for so long, and no answer: said aloud. */
const SILENT_MS = 10_000
/** Two clocks of one machine differ by more only after a sleep, or when one of them was set. */
const JUMP_MS = 5000

export interface Beat {
  /** The server says nothing: what is shown is of the past. */
  lost: boolean
  /** The server's clock at its last word, UTC ms; null before any. */
  since: number | null
}

interface HeartbeatOptions {
  /** Milliseconds that only grow; they stand still while the machine sleeps. */
  clock: () => number
  /** The machine's idea of the time, UTC ms; may jump. */
  wallClock: () => number
  /** Asks the server whether it lives; resolves with its clock. */
  ask: () => Promise<number>
  /** When the kept picture that is shown before the first word was taken; null where none is. */
  kept: number | null
}

export interface Heartbeat {
  /** Any word of the server, by any way, at its clock. */
  hear(serverNow: number): void
  /** Called each second. */
  look(): void
  get(): Beat
  subscribe(listener: () => void): () => void
}

/**
 * Whether the server lives, whatever the way its words come: a proxy may hold the stream and let questions pass. Silence alone is
 * not loss, because nothing may have happened; silence with a question that nobody answered is.
 */
export function createHeartbeat({ clock, wallClock, ask, kept }: HeartbeatOptions): Heartbeat {
  const listeners = new Set<() => void>()
  let heardAt: number | null = null
  /** Milliseconds of sleep since the last word, which the growing clock does not know. */
  let slept = 0
  let failed = false
  let asking = false
  let askedAt = Number.NEGATIVE_INFINITY
  let last = { clock: clock(), wall: wallClock() }
  let beat: Beat = { lost: kept !== null, since: kept }

  const settle = (since: number | null) => {
    const silent = heardAt === null ? Number.POSITIVE_INFINITY : clock() - heardAt + slept
    const lost = heardAt === null ? failed || kept !== null : failed && silent >= SILENT_MS
    if (lost === beat.lost && since === beat.since) return
    beat = { lost, since }
    for (const listener of listeners) listener()
  }
  const hear = (serverNow: number) => {
    heardAt = clock()
    slept = 0
    failed = false
    settle(serverNow)
  }
  const askNow = () => {
    if (asking) return
    asking = true
    askedAt = clock()
    ask().then(
      (serverNow) => {
        asking = false
        hear(serverNow)
      },
      () => {
        asking = false
        // A word that came meanwhile is worth more than an answer that did not.
        if (heardAt === null || heardAt < askedAt) failed = true
        settle(beat.since)
      },
    )
  }
  return {
    hear,
    look() {
      const now = { clock: clock(), wall: wallClock() }
      const jump = now.wall - last.wall - (now.clock - last.clock)
      last = now
      if (Math.abs(jump) > JUMP_MS) {
        slept += Math.max(0, jump)
        askNow()
      }
      const silent = heardAt === null ? Number.POSITIVE_INFINITY : now.clock - heardAt + slept
      if (silent >= ASK_AFTER_MS && now.clock - askedAt >= ASK_AFTER_MS) askNow()
      settle(beat.since)
    },
    get: () => beat,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
