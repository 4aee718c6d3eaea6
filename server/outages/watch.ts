import { isRequestEvent, type Recorded } from '#server/contract/events.ts'
import type { Registry } from '#server/domain/registry.ts'
import type { Log } from '#server/log/log.ts'
import { bitsOf } from '#server/store/closing.ts'
import type { Engine } from '#server/store/engine.ts'
import type { Commit, Projector } from '#server/store/projector.ts'
import { houseOf } from '#server/store/rows.ts'
import { openTestPeriods } from '#server/store/test-periods.ts'
import type { DeclaredOutage } from './declared.ts'
import { createDetector, type Dismissed, type Local } from './detector.ts'
import { apartmentOf, arrivalsIn, scannedCategories } from './history.ts'
import type { Place } from './places.ts'
import type { Suspicion } from './suspicions.ts'

/** Outages that are announced and that calls tell of, as the facts have them. */
export interface OutageWatch {
  /** The history has been read: until then nothing is suspected and nothing is excluded. */
  ready(): boolean
  suspicions(): readonly Suspicion[]
  declared(): readonly DeclaredOutage[]
  dismissal(suspicion: string): Dismissed | undefined
  place(building: number): Place | undefined
  places(): readonly Place[]
  /** Ratio from which a scan is a signal today. */
  threshold(): number
}

export interface OutageWatching extends OutageWatch {
  /** Reads the history, then follows; resolves when it has caught up. */
  start(): Promise<void>
  /** Resolves when all that was committed has been taken in. */
  settle(): Promise<void>
  stop(): void
}

interface WatchOptions {
  engine: Engine
  registry: Registry
  projector: Projector
  log: Log
  local: Local
  now: () => number
  report: (where: string, cause: unknown) => void
  /** Calls back after so many milliseconds. */
  after?: (milliseconds: number, run: () => void) => void
  /** Milliseconds that only grow. */
  elapsed?: () => number
}

const RETRY_MS = 1000
/** Milliseconds at a stretch, in which nobody is answered. */
const STRETCH_MS = 10
const breath = () => new Promise<void>((resolve) => setImmediate(resolve))

/** The detector beside the board: changed only after the facts have committed, so that a page and its lists agree. */
export function watchOutages(options: WatchOptions): OutageWatching {
  const { engine, registry, projector, log, local, now, report } = options
  const after = options.after ?? ((milliseconds, run) => void setTimeout(run, milliseconds).unref())
  const elapsed = options.elapsed ?? (() => performance.now())
  let detector = createDetector(registry, local, now)
  let testPeriods = openTestPeriods()
  const waiting: Commit[] = []
  /** Numbers that the history held; while it is being read, commits wait. */
  let known = new Set<string>()
  let reading = true
  let draining = false
  let stretchedSince = elapsed()
  let ready = false
  let stopped = false
  let unfollow = () => {}
  let scanned: { revision: number; categories: Map<number, number> } | undefined

  function categories() {
    if (scanned?.revision !== registry.revision())
      scanned = { revision: registry.revision(), categories: scannedCategories(registry) }
    return scanned.categories
  }

  function tell(event: Recorded) {
    if (event.type === 'source.test_mode_changed') testPeriods.apply(event)
    else if (event.type.startsWith('outage.'))
      detector.tell(event as Parameters<typeof detector.tell>[0])
  }

  function register(event: Extract<Recorded, { type: 'request.registered' }>) {
    const category = registry.categoryById(event.category ?? '')
    const resource = category && categories().get(category.key)
    if (resource === undefined) return
    if (event.test || testPeriods.inTest(event.source, event.occurredAt)) return
    const { request: number, subjectId, building, place } = event
    const key = log.key(`request:${number}`) ?? 0
    detector.take({
      number,
      at: event.occurredAt,
      receivedAt: event.recordedAt,
      resource,
      building: houseOf(building, place, registry),
      apartment: apartmentOf(subjectId === undefined ? 0 : bitsOf(subjectId), key),
    })
  }

  function hear(event: Recorded) {
    if (!isRequestEvent(event)) tell(event)
    else if (event.type === 'request.registered' && !known.has(event.request)) register(event)
  }

  const isLong = () => elapsed() - stretchedSince >= STRETCH_MS
  async function rest() {
    await breath()
    stretchedSince = elapsed()
  }

  /** Takes in what waits, in its order; a short commit at once, a long one in stretches. */
  async function drain() {
    if (draining || reading) return
    draining = true
    stretchedSince = elapsed()
    for (let commit = waiting.shift(); commit; commit = waiting.shift())
      for (const event of commit.events) {
        if (stopped) return
        try {
          hear(event)
        } catch (cause) {
          report('outages', cause)
        }
        if (isLong()) await rest()
      }
    draining = false
  }

  async function read() {
    reading = true
    detector = createDetector(registry, local, now)
    testPeriods = openTestPeriods()
    waiting.length = 0
    known = new Set()
    for (const event of log.registry()) tell(event)
    stretchedSince = elapsed()
    for await (const arrivals of arrivalsIn(engine, registry, now()))
      for (const arrival of arrivals) {
        if (stopped) return
        known.add(arrival.number)
        detector.take(arrival)
        if (isLong()) await rest()
      }
    reading = false
    await drain()
    known = new Set()
    ready = true
  }

  return {
    async start() {
      unfollow = projector.follow((commit) => {
        waiting.push(commit)
        void drain()
      })
      while (!stopped && !ready)
        try {
          await read()
        } catch (cause) {
          report('outages', cause)
          await new Promise<void>((resolve) => after(RETRY_MS, resolve))
        }
    },
    async settle() {
      while (!stopped && (draining || (ready && waiting.length > 0))) await breath()
    },
    stop() {
      stopped = true
      unfollow()
    },
    ready: () => ready,
    suspicions: () => (ready ? detector.suspicions() : []),
    declared: () => detector.declared(),
    dismissal: (id) => detector.dismissal(id),
    place: (building) => detector.places().at(building),
    places: () => detector.places().all(),
    threshold: () => detector.threshold(),
  }
}
