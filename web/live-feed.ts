import { type LiveEvent, LiveFrame, LivePing, type Topic } from '#server/contract/live.ts'

/** A restart of the server passes without a word; what lasts longer is said. */
const LOST_MS = 4000
const EVENTS = 60
const TOLD = 40

export interface Live {
  /** `connecting`: nothing heard yet. `stale`: the connection is lost and is being tried again. `missing`: the code that listens did not come. */
  link: 'connecting' | 'live' | 'stale' | 'missing'
  /** What the server says of itself; null before its first word. */
  server: LiveFrame['state'] | null
  /** The server's clock at its last word, UTC ms; null before it. */
  heardAt: number | null
  /** The newest frame; its counts are those of its topic. */
  frame: LiveFrame | null
  /** Newest first, at most 60. */
  events: readonly LiveEvent[]
}

/** What is heard on a stream, as it came; `lost` is said by whoever holds the stream. */
export interface Word {
  type: 'message' | 'ping' | 'lost'
  id?: string
  data?: string
}

export interface FeedOptions {
  topic: Topic
  /** Milliseconds that only grow. */
  clock: () => number
  onFrame?: (frame: LiveFrame) => void
  onPing?: (ping: LivePing) => void
}

export interface Feed {
  get(): Live
  subscribe(listener: () => void): () => void
  hear(word: Word): void
  /** From now on of another topic; what was heard of the last is forgotten. */
  follow(topic: Topic): void
  /** How things stand, for somebody who listens from now on; null while that is not known. */
  whole(): Word | null
  /** Looks at the clock; called each second. */
  tick(): void
}

const NOTHING_HEARD: Live = {
  link: 'connecting',
  server: null,
  heardAt: null,
  frame: null,
  events: [],
}

/**
 * What a page knows of its topic. Words may come twice, or from two streams while one tab takes over from another: each
 * change is told once, and where one is missing the frame is made a reset, so that everything is asked anew.
 */
export function createFeed({ clock, onFrame, onPing, ...options }: FeedOptions): Feed {
  const listeners = new Set<() => void>()
  let { topic } = options
  let live = NOTHING_HEARD
  let own: Place | null = null
  let lostSince: number | null = null

  const set = (change: Partial<Live>) => {
    live = { ...live, ...change }
    for (const listener of listeners) listener()
  }

  function hearFrame(frame: LiveFrame, id: string | undefined) {
    const place = placeOf(id)
    const follows = own !== null && own.epoch === place?.epoch && frame.since <= own.number
    if (frame.kind === 'changes' && follows && own && place && place.number <= own.number) return
    const whole = frame.kind === 'reset' || !follows
    const known = new Set(whole ? [] : live.events.map(({ seq }) => seq))
    const events = frame.events.filter(({ seq }) => !known.has(seq))
    const told: LiveFrame = whole
      ? { ...frame, kind: 'reset', since: 0, buildings: [] }
      : { ...frame, events }
    own = place
    set({
      link: 'live',
      server: frame.state,
      heardAt: frame.at,
      frame: told,
      events: [...events, ...(whole ? [] : live.events)].slice(0, EVENTS),
    })
    onFrame?.(told)
  }

  return {
    get: () => live,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hear({ type, id, data }) {
      if (type === 'lost') {
        lostSince ??= clock()
        return
      }
      const said = parsed(data)
      if (type === 'ping') {
        const ping = LivePing.safeParse(said)
        if (!ping.success) return
        lostSince = null
        set({ link: 'live', server: ping.data.state, heardAt: ping.data.at })
        onPing?.(ping.data)
        return
      }
      if (!isOf(said, topic)) return
      const frame = LiveFrame.safeParse(said)
      if (!frame.success) return
      lostSince = null
      hearFrame(frame.data, id)
    },
    follow(other) {
      if (other === topic) return
      topic = other
      own = null
      set({ frame: null, events: [] })
    },
    whole() {
      const { link, frame, events, heardAt } = live
      if (link !== 'live' || lostSince !== null || !frame || !own) return null
      const whole = { kind: 'reset', since: 0, at: heardAt, buildings: [] }
      const told = { ...frame, ...whole, events: events.slice(0, TOLD) }
      return { type: 'message', id: `${own.epoch}-${own.number}`, data: JSON.stringify(told) }
    },
    tick() {
      if (lostSince !== null && clock() - lostSince > LOST_MS && live.link !== 'stale')
        set({ link: 'stale' })
    },
  }
}

/** Where a word stands: the life of the server, and a number that grows in it. */
export interface Place {
  epoch: string
  number: number
}
export function placeOf(id: string | undefined): Place | null {
  const [, epoch, number] = /^(.*)-(\d+)$/.exec(id ?? '') ?? []
  return epoch === undefined ? null : { epoch, number: Number(number) }
}

const isOf = (said: unknown, topic: Topic) =>
  typeof said === 'object' && said !== null && 'topic' in said && said.topic === topic

function parsed(data: unknown): unknown {
  try {
    return JSON.parse(String(data))
  } catch {
    return null
  }
}
