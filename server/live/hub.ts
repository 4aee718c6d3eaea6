import type { LiveEvent, LiveFrame, LivePing } from '#server/contract/live.ts'
import { PRIORITIES } from '#server/contract/vocabulary.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Board, Counts, PublicEvent } from './board.ts'

export interface HubOptions {
  board: Board
  registry: Registry
  now: () => number
  state: () => LiveFrame['state']
  /** Different in each process, so that a reader from before a restart is recognised. */
  epoch: string
  /** Calls back once after so many milliseconds. */
  after?: (milliseconds: number, run: () => void) => void
}

/** Where one reader's bytes go. */
export interface Sink {
  write(bytes: Uint8Array): void
  /** Bytes written and not taken yet. */
  pending(): number
  /** Nothing more is sent; `slow` = what was not taken is not worth keeping either. */
  end(slow: boolean): void
}

export interface Hub {
  /** Sends what the reader missed since its last message, then everything new; returns how to leave. */
  join(sink: Sink, lastId: string | null): () => void
  readers(): number
  close(): void
}

const FRAME_MS = 500
const PING_MS = 15_000
const TICK_MS = 5000
const EVENTS = 40
/** A reader who has not taken so much, or anything from one ping to the next, is dropped; it comes back and is told what it missed. */
const CAP_BYTES = 256 * 1024

/** One stream of changes, serialised once for all readers. Frames are numbered; the leading edge is immediate. */
export function createHub({ board, registry, now, state, epoch, ...rest }: HubOptions): Hub {
  const after = rest.after ?? ((milliseconds, run) => void setTimeout(run, milliseconds).unref())
  const sinks = new Set<Sink>()
  /** Those that had bytes to take at the last ping. */
  let behind = new Set<Sink>()
  const changedIn = new Map<number, number>()
  let number = 0
  let shown: ReadonlyMap<number, Counts> = board.byBuilding(now())
  let told = ''
  // A reader who comes after a restart sees what the board remembers.
  let recent: { frame: number; event: PublicEvent }[] = board
    .events()
    .slice(0, EVENTS)
    .map((event) => ({ frame: 0, event }))
  let fresh: PublicEvent[] = []
  let dirty = false
  let resting = false
  let closed = false

  function frame(kind: LiveFrame['kind'], since: number): LiveFrame {
    const at = now()
    const buildings: LiveFrame['buildings'] = []
    if (kind === 'changes')
      for (const [key, changed] of changedIn) {
        const { open, overdue, emergency } = shown.get(key) ?? NONE
        if (changed > since) buildings.push([key, open, overdue, emergency])
      }
    buildings.sort(([one], [other]) => one - other)
    const missed = kind === 'reset' ? recent : recent.filter((one) => one.frame > since)
    return {
      kind,
      state: state(),
      revision: board.revision(),
      at,
      ...board.totals(at),
      registeredToday: board.registeredToday(at),
      buildings,
      events: missed.slice(0, EVENTS).map(({ event }) => liveEvent(event, registry)),
      sources: [...board.sources()].map(([name, times]) => ({ name, ...times })),
    }
  }

  const bytesOf = (message: LiveFrame) => encode(`id: ${epoch}-${number}\n`, message)

  /** Takes what changed since the last frame into the next one and sends it. Without a change nothing is sent. */
  function flush() {
    dirty = false
    const counts = board.byBuilding(now())
    const changed = differences(shown, counts)
    const heading = JSON.stringify([state(), board.revision(), board.totals(now())])
    if (changed.length === 0 && heading === told) return
    told = heading
    number++
    shown = counts
    for (const key of changed) changedIn.set(key, number)
    recent = [...fresh.map((event) => ({ frame: number, event })), ...recent].slice(0, EVENTS)
    fresh = []
    if (sinks.size > 0) broadcast(bytesOf(frame('changes', number - 1)))
  }

  function broadcast(bytes: Uint8Array) {
    for (const sink of sinks)
      if (sink.pending() <= CAP_BYTES) sink.write(bytes)
      else drop(sink)
  }

  function drop(sink: Sink) {
    sinks.delete(sink)
    sink.end(true)
  }

  function dropStalled() {
    const now = [...sinks].filter((sink) => sink.pending() > 0)
    for (const sink of now) if (behind.has(sink)) drop(sink)
    behind = new Set(now)
  }

  function wake() {
    if (closed || resting) return
    flush()
    resting = true
    after(FRAME_MS, () => {
      resting = false
      if (dirty) wake()
    })
  }

  const unfollow = board.follow((change) => {
    fresh = [...change.events, ...fresh].slice(0, EVENTS)
    dirty = true
    wake()
  })
  // With the minute requests become overdue though nothing is reported.
  const repeat = (milliseconds: number, run: () => void) =>
    after(milliseconds, () => {
      if (closed) return
      run()
      repeat(milliseconds, run)
    })
  repeat(TICK_MS, () => {
    dirty = true
    wake()
  })
  repeat(PING_MS, () => {
    dropStalled()
    const ping: LivePing = { at: now(), state: state() }
    broadcast(encode('event: ping\n', ping))
  })

  let joined = 0
  return {
    join(sink, lastId) {
      // Readers who lost the same server come back at different moments.
      const retry = 1000 + ((joined++ * 619) % 2000)
      const since = numberIn(lastId, epoch)
      const known = since !== null && since <= number
      const first = known ? frame('changes', since) : frame('reset', 0)
      sink.write(encode(`retry: ${retry}\nid: ${epoch}-${number}\n`, first))
      sinks.add(sink)
      return () => sinks.delete(sink)
    },
    readers: () => sinks.size,
    close() {
      closed = true
      unfollow()
      for (const sink of sinks) sink.end(false)
      sinks.clear()
    },
  }
}

const NONE = { open: 0, overdue: 0, emergency: 0 }
const encoder = new TextEncoder()
const encode = (head: string, message: object) =>
  encoder.encode(`${head}data: ${JSON.stringify(message)}\n\n`)

function numberIn(lastId: string | null, epoch: string): number | null {
  const [, own, number] = /^(.*)-(\d{1,15})$/.exec(lastId ?? '') ?? []
  return own === epoch ? Number(number) : null
}

function differences(before: ReadonlyMap<number, Counts>, after: ReadonlyMap<number, Counts>) {
  const changed: number[] = []
  for (const [key, now] of after) {
    const was = before.get(key)
    if (was?.open !== now.open || was.overdue !== now.overdue || was.emergency !== now.emergency)
      changed.push(key)
  }
  for (const key of before.keys()) if (!after.has(key)) changed.push(key)
  return changed
}

function liveEvent(event: PublicEvent, registry: Registry): LiveEvent {
  const building = registry.building(event.building)
  const organization = registry.organization(event.organization)
  const category = registry.category(event.category)
  return {
    seq: event.seq,
    type: event.type,
    request: event.request,
    key: event.building,
    building: building?.id ?? null,
    address: building?.address ?? null,
    district: (building && registry.district(building.district)?.id) ?? null,
    organization: organization?.id ?? null,
    organizationName: organization?.name ?? null,
    category: category?.id ?? null,
    categoryName: category?.name ?? null,
    priority: PRIORITIES[event.priority] ?? 'ordinary',
    occurredAt: event.occurredAt,
    recordedAt: event.recordedAt,
    tookS: event.tookS,
  }
}
