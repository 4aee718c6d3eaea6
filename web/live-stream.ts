import { LiveLeaving, type Topic } from '#server/contract/live.ts'
import type { Word } from './live-feed.ts'

/** Longer than the server's ping of 15 s: nothing heard for so long means that nothing is heard. */
const SILENT_MS = 20_000
const RETRY_MS = [1000, 6000] as const

/** The part of EventSource that is used. */
export interface Source {
  addEventListener(
    type: string,
    listen: (event: { data?: unknown; lastEventId?: string }) => void,
  ): void
  close(): void
}

export interface StreamOptions {
  connect: (url: string) => Source
  /** Milliseconds that only grow. */
  clock: () => number
  random: () => number
  /** The id after which a new connection goes on; null = from the beginning. */
  position: () => string | null
  hear: (word: Word) => void
}

export interface Stream {
  topics(): ReadonlySet<Topic>
  /** Opens, or opens anew with other topics. */
  follow(topics: ReadonlySet<Topic>): void
  /** Looks at the clock; called each second. */
  tick(): void
  close(): void
}

/**
 * One connection for as long as anybody wants it. The browser's own reconnecting is not trusted alone: a connection that says
 * nothing is closed and opened anew, from then on with air after each message, should something on the way hold them back.
 */
export function createStream({ connect, clock, random, position, hear }: StreamOptions): Stream {
  let topics: ReadonlySet<Topic> = new Set()
  let source: Source | null = null
  let heard = clock()
  let retryAt: number | null = null
  let failures = 0
  let padded = false

  function open() {
    retryAt = null
    heard = clock()
    const query = new URLSearchParams([...topics].map((topic) => ['topic', topic]))
    const last = position()
    if (last !== null) query.set('last', last)
    if (padded) query.set('pad', '1')
    const mine = connect(`/live?${query}`)
    source = mine
    const listen = (
      type: string,
      take: (event: { data?: unknown; lastEventId?: string }) => void,
    ) =>
      mine.addEventListener(type, (event) => {
        if (source === mine) take(event)
      })
    for (const type of ['message', 'ping'] as const)
      listen(type, ({ data, lastEventId }) => {
        heard = clock()
        failures = 0
        hear({ type, data: String(data), ...(lastEventId && { id: lastEventId }) })
      })
    listen('leaving', ({ data }) => {
      const leaving = LiveLeaving.safeParse(parsed(data))
      if (leaving.success) lose(leaving.data.afterMs)
    })
    listen('error', () => lose(RETRY_MS[0]))
  }

  /** Later and later, and never many screens at once. */
  function lose(first: number) {
    source?.close()
    source = null
    const pause = Math.max(first, Math.min(RETRY_MS[1], RETRY_MS[0] * 2 ** failures++))
    retryAt = clock() + (first > RETRY_MS[0] ? pause + 1000 * random() : pause * (0.5 + random()))
    hear({ type: 'lost' })
  }

  return {
    topics: () => topics,
    follow(wanted) {
      topics = wanted
      // One that has just been lost is not tried more often because somebody else listens too.
      if (retryAt !== null) return
      source?.close()
      open()
    },
    tick() {
      const now = clock()
      if (source && now - heard > SILENT_MS) {
        padded = true
        lose(RETRY_MS[0])
      }
      if (retryAt !== null && now >= retryAt) open()
    },
    close() {
      source?.close()
      source = null
      retryAt = null
    },
  }
}

function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    return null
  }
}
