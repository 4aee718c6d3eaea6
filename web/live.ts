import type { QueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { LiveFrame, LivePing, Topic } from '#server/contract/live.ts'
import { serverNow, setServerTime } from './clock.ts'
import type { Live } from './live-feed.ts'
import { piece } from './piece.ts'

/** Answers on the screen are asked anew at whole multiples of this by the server's clock, so that all screens share one answer. */
const REFRESH_MS = 5000
/** What happens outside of the page's topic is on the page after this. */
const ELSEWHERE_MS = 60_000

interface Opened {
  feed: { get(): Live }
  follow(topic: Topic): void
}

const waiting: Live = { link: 'connecting', server: null, heardAt: null, frame: null, events: [] }
const missing: Live = { ...waiting, link: 'missing' }
let opened: Opened | null = null
let topic: Topic = 'city'
/** The first frame of another topic follows upon the questions of another page. */
let turned = false
const followers = new Set<(frame: LiveFrame) => void>()
const listeners = new Set<() => void>()

/** Called for each frame of the page's topic, e.g. to patch what is drawn; returns how to stop. */
export function followFrames(follower: (frame: LiveFrame) => void): () => void {
  followers.add(follower)
  return () => followers.delete(follower)
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
const get = () => opened?.feed.get() ?? waiting
const tell = () => {
  for (const listener of listeners) listener()
}

/** The live state of the page's topic: `useLive((live) => live.frame?.open)`. */
export const useLive = <T>(select: (live: Live) => T): T =>
  useSyncExternalStore(subscribe, () => select(get()))

/** What this page is about; null leaves it as it is. Frames of nothing else reach it. */
export function useLiveTopic(wanted: Topic | null) {
  useEffect(() => {
    if (wanted === null || wanted === topic) return
    topic = wanted
    turned = true
    opened?.follow(wanted)
  }, [wanted])
}

/**
 * Opens the live feed of this page; `alone` = with a stream of its own, whatever other tabs do. A query with
 * `meta: { live: false }` is left alone when something changes.
 */
export async function startLive(
  queryClient: QueryClient,
  { pinned, alone, random }: { pinned: () => boolean; alone: boolean; random: () => number },
): Promise<void> {
  const refresh = createRefresh(queryClient)
  const come = await piece(() => import('./live-open.ts')).catch(() => null)
  if (!come) {
    opened = { feed: { get: () => missing }, follow: () => {} }
    return tell()
  }
  const live = come.openLive({
    topic,
    alone,
    random,
    onFrame(frame) {
      setServerTime(frame.at, pinned())
      for (const follower of followers) follower(frame)
      if (frame.kind === 'reset' && !turned) refresh.now()
      else refresh.soon()
      turned = false
    },
    onPing({ at, revision }: LivePing) {
      setServerTime(at, pinned())
      if (revision !== get().frame?.revision) refresh.elsewhere()
    },
  })
  opened = live
  live.feed.subscribe(tell)
}

function createRefresh(queryClient: QueryClient) {
  let planned = false
  let behind = false
  let elsewhereAt = 0
  const run = () => {
    planned = false
    behind = document.hidden
    if (behind) return
    void queryClient.invalidateQueries({ predicate: ({ meta }) => meta?.live !== false })
  }
  document.addEventListener('visibilitychange', () => {
    if (behind && !document.hidden) run()
  })
  function soon() {
    if (planned) return
    planned = true
    setTimeout(run, REFRESH_MS - (serverNow() % REFRESH_MS))
  }
  return {
    now: run,
    soon,
    elsewhere() {
      if (performance.now() - elsewhereAt < ELSEWHERE_MS) return
      elsewhereAt = performance.now()
      soon()
    },
  }
}
