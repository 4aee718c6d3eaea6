import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { localClock } from '#server/domain/local-time.ts'
import type { Context } from '#server/trpc.ts'
import { type FetchPeer, peerFetch } from './peer-fetch.ts'
import { type Counts, pollPeer } from './poll.ts'
import type { Peer, Sources } from './sources.ts'

const count = z.number().int()
const instant = z.number().nullable()
const Kept = z.object({
  caughtUpTo: instant,
  lastSuccessAt: instant,
  lastEventAt: instant,
  lastError: z.object({ at: z.number(), message: z.string() }).nullable(),
  /** Rounds that failed one after another. */
  failures: count,
  problems: z.array(z.object({ id: z.string(), why: z.string() })),
  /** By local day of the city, days since 1970-01-01; in = stored + known + quarantined. */
  days: z.record(
    z.string(),
    z.object({ in: count, stored: count, known: count, quarantined: count }),
  ),
})
type Kept = z.output<typeof Kept>

/** How a source is doing, for the screen of sources. */
export interface PeerHealth extends Omit<Kept, 'caughtUpTo' | 'failures'> {
  name: string
  kind: 'open311'
  caughtUpTo: number | null
  /** The next round begins no earlier. */
  nextAt: number
}

export interface Poller {
  /** Asks every peer whose time has come. */
  round(): Promise<void>
  start(): void
  stop(): void
  health(): PeerHealth[]
}

interface PollerOptions {
  context: Pick<Context, 'log' | 'registry' | 'now' | 'city' | 'report'>
  dataDir: string
  sources: () => Sources
  fetchOf?: (peer: Peer) => FetchPeer
}

const LOOK_EVERY_MS = 10_000
const LONGEST_WAIT_S = 3600
const DAYS_KEPT = 60
const FRESH: Kept = {
  ...{ caughtUpTo: null, lastSuccessAt: null, lastEventAt: null, lastError: null },
  ...{ failures: 0, problems: [], days: {} },
}

export function createPoller(options: PollerOptions): Poller {
  const {
    context,
    dataDir,
    sources,
    fetchOf = ({ privateNetwork }) => peerFetch({ privateNetwork }),
  } = options
  const { now, report } = context
  const file = join(dataDir, 'open311-peers.json')
  const kept = readKept(file)
  const nextAt = new Map<string, number>()
  const dayOf = localClock(context.city.zone)
  let running = false
  let timer: NodeJS.Timeout | undefined

  async function ask(peer: Peer) {
    const before = kept.get(peer.name) ?? FRESH
    const { caughtUpTo } = before
    const done = await pollPeer(context, { peer, caughtUpTo, fetch: fetchOf(peer) })
    const at = now()
    const failures = done.fault ? before.failures + 1 : 0
    kept.set(peer.name, {
      caughtUpTo: done.caughtUpTo,
      lastSuccessAt: done.fault ? before.lastSuccessAt : at,
      lastEventAt: Math.max(before.lastEventAt ?? 0, done.lastEventAt ?? 0) || null,
      lastError: done.fault ? { at, message: done.fault.message } : before.lastError,
      failures,
      problems: done.problems,
      days: added(before.days, dayOf(at).day, done),
    })
    const waitSeconds = Math.min(LONGEST_WAIT_S, peer.everySeconds * 2 ** Math.min(failures, 10))
    const wanted = done.fault?.retryAfterSeconds ?? 0
    nextAt.set(peer.name, at + Math.max(waitSeconds, peer.everySeconds, wanted) * 1000)
    if (done.fault) report(`open311 ${peer.name}`, done.fault)
    writeKept(file, kept)
  }

  const poller: Poller = {
    async round() {
      if (running) return
      running = true
      try {
        for (const peer of sources().peers)
          if ((nextAt.get(peer.name) ?? 0) <= now())
            await ask(peer).catch((cause) => {
              nextAt.set(peer.name, now() + peer.everySeconds * 1000)
              report(`open311 ${peer.name}`, cause)
            })
      } catch (cause) {
        report('open311', cause)
      } finally {
        running = false
      }
    },
    start() {
      timer ??= setInterval(() => void poller.round(), LOOK_EVERY_MS).unref()
      void poller.round()
    },
    stop: () => clearInterval(timer),
    health: () =>
      sources().peers.map(({ name }) => {
        const { failures: _, ...told } = kept.get(name) ?? FRESH
        return { name, kind: 'open311', nextAt: nextAt.get(name) ?? 0, ...told }
      }),
  }
  return poller
}

function added(days: Kept['days'], day: number, round: Counts): Kept['days'] {
  const today = days[day] ?? { in: 0, stored: 0, known: 0, quarantined: 0 }
  const recent = Object.entries(days).filter(([known]) => Number(known) > day - DAYS_KEPT)
  return {
    ...Object.fromEntries(recent),
    [day]: {
      in: today.in + round.in,
      stored: today.stored + round.stored,
      known: today.known + round.known,
      quarantined: today.quarantined + round.quarantined,
    },
  }
}

/** Lost or damaged, it is begun anew: asking again stores nothing twice. */
function readKept(file: string): Map<string, Kept> {
  if (!existsSync(file)) return new Map()
  try {
    return new Map(
      Object.entries(z.record(z.string(), Kept).parse(JSON.parse(readFileSync(file, 'utf8')))),
    )
  } catch {
    return new Map()
  }
}

function writeKept(file: string, kept: ReadonlyMap<string, Kept>) {
  writeFileSync(`${file}.new`, `${JSON.stringify(Object.fromEntries(kept))}\n`)
  renameSync(`${file}.new`, file)
}
