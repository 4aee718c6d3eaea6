import type { LiveFrame, LiveLeaving, LivePing, Topic } from '#server/contract/live.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Board } from './board.ts'
import { createChanges } from './changes.ts'
import { createReaders, type Sink } from './readers.ts'

export interface HubOptions {
  board: Board
  registry: Registry
  now: () => number
  state: () => LiveFrame['state']
  /** Grows when what people are told of changed. */
  notices?: () => number
  /** Different in each process, so that a reader from before a restart is recognised. */
  epoch: string
  /** Calls back once after so many milliseconds. */
  after?: (milliseconds: number, run: () => void) => void
}

export interface Wish {
  /** `city` without any. */
  topics?: readonly Topic[]
  /** The id of the last message heard. */
  lastId?: string | null
  /** Something on the way holds small messages back: each is followed by so much air that it is let through. */
  padded?: boolean
}

export interface Hub {
  /** Sends what the reader missed since its last message, then everything new; returns how to leave. */
  join(sink: Sink, wish?: Wish): () => void
  readers(): number
  measures(): Readonly<HubMeasures>
  /** Asks the readers to come back, each at a moment of its own, and lets them go. */
  close(): void
}
export interface HubMeasures {
  /** Readers that take their bytes too slowly and are told in one what they miss meanwhile. */
  late: number
  dropped: number
  frames: number
  bytes: number
  resets: number
  resumed: number
}

const CITY: readonly Topic[] = ['city']
const FRAME_MS = 500
const PING_MS = 15_000
const TICK_MS = 5000
/** First messages that are kept for the next who comes: of a thousand topics nobody shares many. */
const MADE = 256
/** Between the first and the last reader that comes back after a stop; few readers need less. */
const RETURN = { afterMs: 1000, eachMs: 2, withinMs: 10_000 }
/** Some proxies and browsers look at the first bytes before they let any through; others gather four thousand. */
const PRELUDE = new TextEncoder().encode(`:${' '.repeat(2048)}\n`)
const AIR = new TextEncoder().encode(`:${' '.repeat(4096)}\n\n`)

/** Streams of changes by topic, each message serialised once for all its readers. The leading edge is immediate. */
export function createHub({ board, registry, now, state, epoch, ...rest }: HubOptions): Hub {
  const after = rest.after ?? ((milliseconds, run) => void setTimeout(run, milliseconds).unref())
  const changes = createChanges({ board, registry, now, state, notices: rest.notices })
  const readers = createReaders({ air: AIR })
  let joined = 0
  let resets = 0
  let resumed = 0
  let dirty = false
  let resting = false
  let closed = false

  const bytesOf = (message: LiveFrame) =>
    encode(`id: ${epoch}-${changes.number()}\ndata: ${JSON.stringify(message)}\n\n`)

  /** What readers who come at the same time need is the same: thousands do after a restart. */
  let made = new Map<string, { at: number; kind: LiveFrame['kind']; bytes: Uint8Array }>()
  function whole(topic: Topic, from: number | null) {
    // Whoever names a number that nobody was told is sent the same as who names none.
    const since = from !== null && changes.keeps(from) ? from : null
    const key = `${since} ${topic}`
    const known = made.get(key)
    if (known && now() - known.at < FRAME_MS && now() >= known.at) return known
    const frame = changes.whole(topic, since)
    const fresh = { at: now(), kind: frame.kind, bytes: bytesOf(frame) }
    if (made.size >= MADE) made = new Map()
    made.set(key, fresh)
    return fresh
  }

  /** Sends what changed since the last frame. Without a change nothing is sent. */
  function flush() {
    dirty = false
    if (!changes.next()) return
    made = new Map()
    const before = changes.number() - 1
    readers.tell(before, (topic, told) =>
      changes.concern(topic) ? bytesOf(changes.after(topic, told)) : null,
    )
  }

  const catchUp = () => readers.catchUp((topic, since) => whole(topic, since).bytes)

  function wake() {
    if (closed || resting) return
    catchUp()
    if (dirty) flush()
    resting = true
    after(FRAME_MS, () => {
      resting = false
      if (dirty || readers.late() > 0) wake()
    })
  }
  const change = () => {
    dirty = true
    wake()
  }

  const unfollow = board.follow((told) => {
    changes.hear(told)
    change()
  })
  const repeat = (milliseconds: number, run: () => void) =>
    after(milliseconds, () => {
      if (closed) return
      run()
      repeat(milliseconds, run)
    })
  // With the minute requests become overdue though nothing is reported.
  repeat(TICK_MS, () => {
    made = new Map()
    change()
  })
  repeat(PING_MS, () => {
    readers.dropStalled()
    catchUp()
    const ping: LivePing = { at: now(), state: state(), revision: board.revision() }
    const id = `${epoch}-${changes.number()}`
    readers.ping(encode(`id: ${id}\nevent: ping\ndata: ${JSON.stringify(ping)}\n\n`))
  })

  return {
    join(sink, { topics = CITY, lastId = null, padded = false } = {}) {
      if (closed) {
        sink.end(false)
        return () => {}
      }
      const since = numberIn(lastId, epoch)
      // Readers who lose the same server come back at different moments, even where nobody could ask them to.
      const retry = 1000 + ((joined++ * 619) % 2000)
      const first = topics.map((topic) => whole(topic, since))
      if (first.some(({ kind }) => kind === 'reset')) resets++
      else resumed++
      return readers.add(
        { sink, topics, padded },
        [PRELUDE, encode(`retry: ${retry}\n`), ...first.map(({ bytes }) => bytes)],
        changes.number(),
      )
    },
    readers: readers.count,
    measures: () => ({ ...readers.measures(), resets, resumed }),
    close() {
      closed = true
      unfollow()
      const within = Math.min(RETURN.withinMs, readers.count() * RETURN.eachMs)
      readers.leave((place) => {
        const leaving: LiveLeaving = { afterMs: RETURN.afterMs + Math.round(place * within) }
        return encode(
          `retry: ${leaving.afterMs}\nevent: leaving\ndata: ${JSON.stringify(leaving)}\n\n`,
        )
      })
    },
  }
}

const encoder = new TextEncoder()
const encode = (text: string) => encoder.encode(text)

function numberIn(lastId: string | null, epoch: string): number | null {
  const [, own, number] = /^(.*)-(\d{1,15})$/.exec(lastId ?? '') ?? []
  return own === epoch ? Number(number) : null
}
