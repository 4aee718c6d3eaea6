import { type LiveEvent, LiveFrame, LivePing } from '#server/contract/live.ts'

/** Longer than the server's ping of 15 s: nothing heard for so long means that nothing is heard. */
const SILENT_MS = 20_000
/** A restart of the server passes without a word; what lasts longer is said. */
const LOST_MS = 4000
const EVENTS = 60
const RETRY_MS = [1000, 8000] as const

export interface Live {
  /** `connecting`: nothing heard yet. `stale`: the connection is lost and is being tried again. */
  link: 'connecting' | 'live' | 'stale'
  /** What the server says of itself; null before its first word. */
  server: LiveFrame['state'] | null
  /** The server's clock at its last word, UTC ms; null before it. */
  heardAt: number | null
  /** The newest frame; its counts are the city's. */
  frame: LiveFrame | null
  /** Newest first, at most 60. */
  events: readonly LiveEvent[]
}

/** The part of EventSource that is used. */
export interface Source {
  addEventListener(
    type: string,
    listen: (event: { data?: unknown; lastEventId?: string }) => void,
  ): void
  close(): void
}

export interface FeedOptions {
  connect: (url: string) => Source
  /** Milliseconds that only grow. */
  clock: () => number
  random: () => number
  onFrame?: (frame: LiveFrame) => void
  onHeard?: (serverNow: number) => void
}

export interface Feed {
  get(): Live
  subscribe(listener: () => void): () => void
  /** Looks at the clock; called each second. */
  tick(): void
  close(): void
}

const NOTHING: Live = { link: 'connecting', server: null, heardAt: null, frame: null, events: [] }

/**
 * What changed, as the server tells it. The browser's own reconnecting is not trusted alone: a connection that says nothing is
 * closed and opened anew, and goes on after the last message it heard.
 */
export function createFeed({ connect, clock, random, onFrame, onHeard }: FeedOptions): Feed {
  const listeners = new Set<() => void>()
  let live = NOTHING
  let source: Source | null = null
  let lastId: string | null = null
  let heard = clock()
  let lostSince: number | null = null
  let retryAt: number | null = null
  let failures = 0
  let closed = false

  const set = (change: Partial<Live>) => {
    live = { ...live, ...change }
    for (const listener of listeners) listener()
  }

  function open() {
    retryAt = null
    const mine = connect(lastId === null ? '/live' : `/live?last=${encodeURIComponent(lastId)}`)
    source = mine
    const listen = (
      type: string,
      take: (event: { data?: unknown; lastEventId?: string }) => void,
    ) =>
      mine.addEventListener(type, (event) => {
        if (source === mine) take(event)
      })
    listen('message', (event) => {
      const frame = LiveFrame.safeParse(parsed(event.data))
      if (!frame.success) return
      lastId = event.lastEventId || lastId
      word(frame.data.at)
      const known = frame.data.kind === 'reset' ? [] : live.events
      set({
        link: 'live',
        server: frame.data.state,
        heardAt: frame.data.at,
        frame: frame.data,
        events: [...frame.data.events, ...known].slice(0, EVENTS),
      })
      onFrame?.(frame.data)
    })
    listen('ping', (event) => {
      const ping = LivePing.safeParse(parsed(event.data))
      if (!ping.success) return
      word(ping.data.at)
      set({ link: 'live', server: ping.data.state, heardAt: ping.data.at })
    })
    listen('error', () => {
      lostSince ??= clock()
      again()
    })
  }

  function word(serverNow: number) {
    heard = clock()
    lostSince = null
    failures = 0
    onHeard?.(serverNow)
  }

  /** Later and later, and never many screens at once. */
  function again() {
    source?.close()
    source = null
    const pause = Math.min(RETRY_MS[1], RETRY_MS[0] * 2 ** failures++)
    retryAt = clock() + pause * (0.5 + random())
  }

  heard = clock()
  open()
  return {
    get: () => live,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    tick() {
      if (closed) return
      const now = clock()
      if (source && now - heard > SILENT_MS) {
        lostSince ??= heard
        heard = now
        again()
      }
      if (lostSince !== null && now - lostSince > LOST_MS && live.link !== 'stale')
        set({ link: 'stale' })
      if (retryAt !== null && now >= retryAt) open()
    },
    close() {
      closed = true
      source?.close()
      source = null
      listeners.clear()
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
